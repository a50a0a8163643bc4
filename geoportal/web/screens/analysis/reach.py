"""``/analyzy/dostupnost``: how many inhabitants have an open service within reach, as a finding, a map and a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from geoportal.analyses.reach import Certainty, Question, Reach, UnitReach, reach
from geoportal.errors import AnalysisRefused
from geoportal.finder.answer import Nearby
from geoportal.hours.clock import as_prague
from geoportal.query.collation import collation
from geoportal.web.screens.analysis.answer import ROOT, Field, Files, Result, Screen, cited_sources
from geoportal.web.screens.analysis.reach_asked import (
    PAGE,
    PROGRAM,
    UNITS,
    Asked,
    people_of,
    read_question,
    walk_in_kinds,
    ways_of,
)
from geoportal.web.screens.analysis.reach_map import reach_figure
from geoportal.web.screens.analysis.reach_table import reach_table
from geoportal.web.screens.analysis.reach_words import ORDER, cautions, findings, limit_words, notes, title
from geoportal.web.screens.finder.kinds import EVERYTHING, known_kinds
from geoportal.web.screens.finder.opening import Clock, moment_words, state_of
from geoportal.web.screens.visit import Visit

PATH = f"{ROOT}/dostupnost"
ENDPOINT = "/analyses/reach"
PARAMETERS = ("druh", "kdy", "jak", "do", "uroven", "koho", "razeni")
SEVERAL = ("druh",)
OTHER_TIMES = ((0, 17), (2, 2), (5, 10), (6, 17), (6, 20))  # weekday and hour: what planners compare


@dataclass(frozen=True)
class KindChoice:
    """A kind of service that can be chosen."""

    id: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class ServiceLine:
    """A service that was looked at: its name, where it is, and its state at the moment in words."""

    name: str
    place: str
    state: str
    certainty: Certainty


def reach_screen(visit: Visit, now: dt.datetime) -> tuple[Screen, dict[str, Any]]:
    """The page at ``now``, and what its own template shows besides: kinds, moment, other times, services.

    Without a result where what was written as the limit is none. Raises ``InvalidParameter``; ``NotFound`` without
    inhabitants or services.
    """
    given = {**visit.args, PAGE.limit: visit.args.get(PAGE.limit, "").replace(",", ".") or None}  # as people write it
    prompt = ""
    try:
        asked = read_question(visit, given, PAGE, now)
    except AnalysisRefused as error:
        prompt = visit.say("analysis.refused." + error.key, **error.values)
        asked = read_question(visit, {**given, PAGE.limit: None}, PAGE, now)
    question, known = asked.question, known_kinds(visit)
    found = reach(visit.snapshot, visit.site, question)
    chosen = question.kinds or walk_in_kinds(visit)
    answered = None if prompt else reach_result(visit, asked, found)
    return Screen(_fields(visit, question), answered, prompt), {
        "kinds": [KindChoice(one, title, one in chosen) for one, (title, _) in known.items()],
        "at": question.at.strftime("%Y-%m-%dT%H:%M"),
        "others": list(_other_times(visit, question, now)),
        "services": _services(visit, found),
    }


def reach_result(visit: Visit, asked: Asked, found: Reach) -> Result:
    """The answer in the words of ``visit``."""
    say, question = visit.say, asked.question
    headline, cited = title(visit, question), _cited(visit, found)
    figure = reach_figure(visit, found, headline)
    return Result(
        title=headline,
        findings=tuple(findings(visit, found)),
        cautions=tuple(cautions(visit, asked, found)),
        notes=tuple(notes(visit, found)),
        table=reach_table(visit, found, figure),
        sources=cited_sources(visit, cited),
        files=Files(ENDPOINT, PROGRAM.query(question), f"dostupnost-{question.level}"),
        cited=cited,
        asked=PAGE.query(question),
        figure=figure,
        about=((say("analysis.how"), say("analysis.method.dostupnost")),),
        told=_told(visit, found),
    )


def _cited(visit: Visit, found: Reach) -> tuple[str, ...]:
    """The sources of the people, of the hours and of the roads."""
    names = [*found.question.people.entry["sources"]]
    names += [statement.source for one, _ in found.services for statement in one.statements]
    roads = visit.snapshot.roads
    network = visit.snapshot.collections.get(roads.network) if roads and found.question.way != "air" else None
    names += [network.entry["source"]] if network else []
    return tuple(name for name in dict.fromkeys(names) if name in visit.snapshot.manifest["sources"])


def _told(visit: Visit, found: Reach) -> dict[str, object]:
    question = found.question
    return {
        **PROGRAM.query(question),
        PROGRAM.limit: question.limit,
        "unit": UNITS[question.way],
        "at": question.at.isoformat(),
        "kind": list(question.kinds) or [EVERYTHING],
        "period": found.period,
        "whole": _whole(found.whole),
        "services": [
            {"id": one.id, "name": one.name, "lon": one.lon, "lat": one.lat, "state": held}
            for one, held in found.services
        ],
        "snapshot": visit.snapshot.id,
    }


def _whole(unit: UnitReach) -> dict[str, object]:
    return {
        "code": unit.code, "name": unit.name, "people": unit.people, "reached": unit.reached, "share": unit.share,
        "doubtful": unit.doubtful, "doubtful_share": unit.doubtful_share, "nearest": unit.nearest,
    }  # fmt: skip


def _fields(visit: Visit, question: Question) -> tuple[Field, ...]:
    say = visit.say
    people = [(one.id, visit.into(one.title)) for one in people_of(visit).values()]
    ways = [(name, say("analysis.reach.way." + way)) for name, way in ways_of(visit, PAGE).items()]
    levels = [(level, say("level." + level)) for level in visit.snapshot.units]
    chosen = PAGE.query(question)
    return (
        Field(PAGE.way, say("analysis.reach.way_label"), chosen[PAGE.way], [("", ways)], long=True),
        Field(PAGE.limit, say("analysis.reach.limit"), limit_words(visit, question.limit)),
        Field(PAGE.level, say("atlas.level"), question.level, [("", levels)]),
        Field(PAGE.people, say("analysis.reach.people_label"), question.people.id, [("", people)], long=True),
    )


def _other_times(visit: Visit, question: Question, now: dt.datetime) -> Iterator[tuple[str, str]]:
    """Words and addresses of the same question at other times of the week to come."""
    monday = as_prague(now).date() - dt.timedelta(days=as_prague(now).weekday())
    for weekday, hour in OTHER_TIMES:
        day = monday + dt.timedelta(days=weekday)
        at = dt.datetime.combine(day, dt.time(hour))
        at = at if as_prague(at) > as_prague(now) else at + dt.timedelta(days=7)
        if as_prague(at) != question.at:
            words = moment_words(visit, Clock(as_prague(at), live=False))
            yield words, visit.here(kdy=at.isoformat(timespec="minutes"), razeni=None)


def _services(visit: Visit, found: Reach) -> tuple[ServiceLine, ...]:
    """The services, those that are open first."""
    clock = Clock(found.question.at, live=False)

    def line(one: Nearby, held: Certainty) -> ServiceLine:
        return ServiceLine(_named(visit, one), one.municipality, state_of(visit, one, clock).text, held)

    held = sorted(found.services, key=lambda pair: (ORDER.index(pair[1]), collation(pair[0].municipality), pair[0].id))
    return tuple(line(*pair) for pair in held)


def _named(visit: Visit, one: Nearby) -> str:
    kinds = ", ".join(visit.into(kind.title) for kind in one.kinds)
    return f"{one.name} ({kinds})"
