"""``/pristupnost``: the declaration that Act 99/2019 Sb., section 8, and Decision (EU) 2018/1523 ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoportal.web.screens.visit import Visit

GAPS = ("shapes", "labels", "colours", "english")
METHODS = ("axe", "contrast", "narrow", "scripts", "keyboard")


@dataclass(frozen=True)
class Contact:
    """A way to write about a barrier; without ``words`` it is still to be filled in."""

    kind: str
    words: str
    address: str = ""


def accessibility_screen(visit: Visit) -> dict[str, Any]:
    """What the declaration says."""
    known = visit.site.accessibility
    return {
        "gaps": [(visit.say("gap." + gap), visit.say("gap_instead." + gap)) for gap in GAPS],
        "methods": [visit.say("method." + method) for method in METHODS],
        "prepared": visit.say.date(known.prepared.isoformat()) if known.prepared else "",
        "reviewed": visit.say.date(known.reviewed.isoformat()) if known.reviewed else "",
        "contacts": _contacts(visit),
        "enforcement": known.enforcement,
        "form": visit.link("/zpetna-vazba", o=_topic(visit)),
    }


def _contacts(visit: Visit) -> list[Contact]:
    known = visit.site.accessibility
    return [
        Contact(visit.say("accessibility.email"), known.email or "", f"mailto:{known.email}"),
        Contact(visit.say("accessibility.phone"), known.phone or "", f"tel:{(known.phone or '').replace(' ', '')}"),
        Contact(visit.say("accessibility.post"), known.post or ""),
    ]


def _topic(visit: Visit) -> str | None:
    """The topic of the form that is about accessibility, where the site has one of that name."""
    return next((topic.id for topic in visit.site.feedback.topics if topic.id == "pristupnost"), None)
