"""``/zpetna-vazba``: the form, what becomes of it, and the thanks. Works without scripts and without cookies.

Only our own form is taken: it carries a seal with the time at which it was handed out, a form is one message however
often it is sent, and a browser that says that another site made it send the form is refused.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, redirect, request

from geoportal.errors import InvalidParameter, StoreUnavailable, TooManyMessages
from geoportal.feedback.draft import LONGEST, Draft, read_draft
from geoportal.feedback.notice import send_later
from geoportal.feedback.seal import Form, load_seal
from geoportal.feedback.store import Store
from geoportal.web import current
from geoportal.web.origin import is_foreign
from geoportal.web.portal.views import open_visit, page
from geoportal.web.screens.feedback import feedback_screen, thanks_screen
from geoportal.web.screens.visit import Visit

blueprint = Blueprint("feedback", __name__)
log = logging.getLogger(__name__)

PATH = "/zpetna-vazba"
PREFILLED = ("o", "stranka", "misto")
LARGEST = 64 * 1024  # bytes of a form
SOONEST_S = 3  # a person needs longer to write anything
LATEST_S = 12 * 3600
TRAP = "web"  # a field that people don't see
_STATUS = {"foreign": 403, "busy": 429, "unavailable": 503}


@blueprint.get(PATH)
def form() -> Response:
    """The form, prefilled from ``o``, ``stranka`` and ``misto``.

    A topic that the site file doesn't have is left unchosen: links to the form outlive its topics.
    """
    visit = open_visit(*PREFILLED, for_neighbours=True)
    draft = read_draft({name: visit.args.get(name, "") for name in PREFILLED})
    for name, text in (("stranka", draft.page), ("misto", draft.place)):
        if len(text) > LONGEST[name]:
            raise InvalidParameter(f"{name} has {len(text)} characters; at most {LONGEST[name]} are allowed")
    now = datetime.now(UTC)
    try:
        seal = load_seal(current.settings().feedback).issue(now)
        Store(current.settings().feedback).purge(now, visit.site.feedback.keep_days)
    except StoreUnavailable as error:
        return _unavailable(visit, draft, error)
    return _page(visit, draft, seal, {})


@blueprint.post(PATH)
def send() -> Response:
    """The thanks (303) for a message that was kept, or the form with what must be mended and all that was written."""
    request.max_content_length = LARGEST
    visit = open_visit(for_neighbours=True)
    fields = request.form
    draft = read_draft(fields)
    now = datetime.now(UTC)
    try:
        seal = load_seal(current.settings().feedback)
        given = seal.verify(fields.get("znamka", ""))
        problems = _offence(given, now) or draft.problems(_topics(visit)) or _haste(given, now)
        if fields.get(TRAP):
            problems["form"] = "trap"
        if problems or given is None:
            held = given is not None and given.age_s(now) < LATEST_S
            return _page(visit, draft, fields["znamka"] if held else seal.issue(now), problems)
        number = _keep(visit, draft, given, now)
    except StoreUnavailable as error:
        return _unavailable(visit, draft, error)
    except TooManyMessages:
        return _page(visit, draft, fields["znamka"], {"form": "busy"})
    return _uncached(redirect(visit.link(f"{PATH}/diky", cislo=str(number)), 303))  # type: ignore[arg-type]


@blueprint.get(f"{PATH}/diky")
def thanks() -> Response:
    """The page that thanks, with the number of the message."""
    visit = open_visit("cislo", for_neighbours=True)
    number = visit.args.get("cislo", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 12):
        raise InvalidParameter(f"cislo={number[:40]!r} is not the number of a message")
    return page("feedback_thanks.html", visit, thanks_screen(visit, int(number)))


def _keep(visit: Visit, draft: Draft, given: Form, now: datetime) -> int:
    """The number of the message that was kept, of which a notice is under way."""
    settings, rules = current.settings(), visit.site.feedback
    store = Store(settings.feedback)
    store.purge(now, rules.keep_days)
    number = store.add(draft, given.name, visit.language, now, rules.most_per_hour)
    if settings.smtp and settings.feedback_to:
        topic = next((one.title.cs for one in rules.topics if one.id == draft.topic), "")
        send_later(settings.smtp, settings.feedback_to, number, topic, visit.site.title.cs)
    return number


def _offence(given: Form | None, now: datetime) -> dict[str, str]:
    """What is wrong with the sending itself, as the only problem; nothing when it is in order."""
    if is_foreign():
        return {"form": "foreign"}
    return {"form": "old"} if given is None or given.age_s(now) >= LATEST_S else {}


def _haste(given: Form | None, now: datetime) -> dict[str, str]:
    """The problem of a form without mistakes that came sooner than a person could have written it."""
    return {"form": "hasty"} if given and given.age_s(now) < SOONEST_S else {}


def _topics(visit: Visit) -> list[str]:
    return [topic.id for topic in visit.site.feedback.topics]


def _unavailable(visit: Visit, draft: Draft, error: StoreUnavailable) -> Response:
    log.error("%s", error)
    return _page(visit, draft, "", {"form": "unavailable"})


def _page(visit: Visit, draft: Draft, seal: str, problems: dict[str, str]) -> Response:
    content: dict[str, Any] = feedback_screen(visit, draft, problems)
    response = page("feedback.html", visit, {**content, "seal": seal, "trap": TRAP})
    if problems:
        too_long = any(problem.endswith("_long") for problem in problems.values())
        response.status_code = _STATUS.get(problems.get("form", ""), 413 if too_long else 400)
    if response.status_code in (429, 503):
        response.headers["Retry-After"] = "3600"
    return _uncached(response)


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
