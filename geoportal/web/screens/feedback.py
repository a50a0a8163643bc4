"""``/zpetna-vazba``: the form with what was written, what must be mended, and what becomes of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoportal.feedback.draft import LONGEST, Draft
from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class Mistake:
    """What must be mended in the field whose id is ``field``; ``form`` for what concerns none of them."""

    field: str
    text: str


def feedback_screen(visit: Visit, draft: Draft, problems: dict[str, str]) -> dict[str, Any]:
    """What the form shows; ``problems`` are names of fields with the offence."""
    rules, publisher = visit.site.feedback, visit.site.publisher
    return {
        "draft": draft,
        "topics": [(topic.id, visit.into(topic.title)) for topic in rules.topics],
        "longest": LONGEST,
        "mistakes": {field: _mistake(visit, field, problem) for field, problem in problems.items()},
        "controller": rules.controller or visit.say("privacy.publisher", name=publisher.name, ico=publisher.ico),
        "officer": visit.into(rules.officer) if rules.officer else "",
        "days": rules.keep_days,
    }


def thanks_screen(visit: Visit, number: int) -> dict[str, Any]:
    """What the page of thanks shows."""
    return {"number": number, "days": visit.site.feedback.keep_days}


def _mistake(visit: Visit, field: str, problem: str) -> Mistake:
    return Mistake(field, visit.say("feedback.wrong." + problem, longest=visit.say.number(LONGEST.get(field, 0))))
