"""What ``/analyzy/dostupnost`` is asked, read alike from a page's address and from a program's."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from geoportal.analyses.reach import Question, Way, counts_of_people, known_ways, next_evening, usual_kind
from geoportal.analyses.seats import seats_of
from geoportal.errors import AnalysisRefused, InvalidParameter, NotFound, alternatives
from geoportal.finder.moment import Moment, read_moment
from geoportal.finder.places import places_of
from geoportal.site import Level
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.web.params import choice
from geoportal.web.screens.finder.kinds import EVERYTHING
from geoportal.web.screens.visit import Visit

USUAL_LEVEL = "orp"
USUAL: Mapping[Way, float] = {"air": 20.0, "road_km": 20.0, "road": 30.0}  # kilometres; minutes
MOST: Mapping[Way, float] = {"air": 200.0, "road_km": 300.0, "road": 240.0}
UNITS: Mapping[Way, str] = {"air": "km", "road_km": "km", "road": "min"}


@dataclass(frozen=True)
class Names:
    """What an address calls the parts of the question, and the ways."""

    kind: str
    at: str
    way: str
    limit: str
    level: str
    people: str
    ways: Mapping[str, Way]

    def query(self, question: Question) -> dict[str, str]:
        """The parameters that ask ``question``, all of them."""
        ways = {way: name for name, way in self.ways.items()}
        return {
            self.kind: ",".join(question.kinds) or EVERYTHING,
            self.at: (question.at if question.at.fold else question.at.replace(tzinfo=None)).isoformat(
                timespec="minutes"
            ),
            self.way: ways[question.way],
            self.limit: f"{question.limit:g}",
            self.level: question.level,
            self.people: question.people.id,
        }


_CZECH: Mapping[str, Way] = {"vzduch": "air", "silnice-km": "road_km", "silnice": "road"}
_ENGLISH: Mapping[str, Way] = {"air": "air", "road-km": "road_km", "road": "road"}
PAGE = Names("druh", "kdy", "jak", "do", "uroven", "koho", _CZECH)
PROGRAM = Names("kind", "at", "way", "within", "level", "people", _ENGLISH)


@dataclass(frozen=True)
class Asked:
    """The question, and the moment with what is to be known of it."""

    question: Question
    moment: Moment


def read_question(visit: Visit, given: Mapping[str, str | None], names: Names, now: dt.datetime) -> Asked:
    """The question in ``given``; what is None was not asked.

    Raises ``InvalidParameter``, ``AnalysisRefused`` for a limit that is none, ``NotFound`` without inhabitants or
    services.
    """
    people, levels, ways = people_of(visit), seats_of(visit.snapshot).levels, ways_of(visit, names)
    usual = {
        names.way: next(iter(ways)),
        names.level: USUAL_LEVEL if USUAL_LEVEL in levels else levels[0],
        names.people: next(iter(people)),
    }
    asked = {**usual, **{name: text for name, text in given.items() if text is not None}}
    way = ways[choice(names.way, ways)(asked[names.way])]
    moment = _moment(asked.get(names.at), names.at, now)
    question = Question(
        at=moment.at,
        kinds=_kinds(visit, asked.get(names.kind), names.kind),
        way=way,
        limit=_limit(asked.get(names.limit), names.limit, way),
        level=cast(Level, choice(names.level, levels)(asked[names.level])),
        people=people[choice(names.people, people)(asked[names.people])],
    )
    return Asked(question, moment)


def people_of(visit: Visit) -> dict[str, IndicatorTable]:
    """The counts of people that can be shared out, the population first. Raises ``NotFound`` where there is none."""
    held = counts_of_people(visit.snapshot, visit.site)
    if not held:
        raise NotFound("this snapshot has no count of inhabitants; see /o-datech for what is absent and why")
    return {table.id: table for table in held}


def ways_of(visit: Visit, names: Names) -> dict[str, Way]:
    """The ways that can be measured here, by their names."""
    return {name: way for name, way in names.ways.items() if way in known_ways(visit.snapshot)}


def _moment(text: str | None, name: str, now: dt.datetime) -> Moment:
    if text is None:
        return Moment(next_evening(now))
    try:
        return read_moment(text, now)
    except InvalidParameter as error:
        raise InvalidParameter(str(error).replace("at=", f"{name}=", 1)) from None


def _kinds(visit: Visit, text: str | None, name: str) -> tuple[str, ...]:
    """The chosen kinds or layers of services; none of them means all that one can walk into."""
    places = places_of(visit.snapshot, visit.site.finder.stale_after_days)
    if not places.services:
        raise NotFound("this snapshot has no services; see /o-datech for what is absent and why")
    if text is None:
        usual = usual_kind(visit.snapshot, visit.site)
        return (usual,) if usual else ()
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    allowed = (*places.choices, EVERYTHING)
    for one in chosen:
        if one not in allowed:
            raise InvalidParameter(f"{name}={one[:80]!r} is not a kind of service; {alternatives(one[:80], allowed)}")
    return () if EVERYTHING in chosen else chosen


def walk_in_kinds(visit: Visit) -> tuple[str, ...]:
    """The kinds that one can walk into, which are those looked for where none is chosen."""
    places = places_of(visit.snapshot, visit.site.finder.stale_after_days)
    return tuple(name for name, kind in places.book.kinds.items() if kind.walk_in)


def _limit(text: str | None, name: str, way: Way) -> float:
    if text is None:
        return USUAL[way]
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if 0 < value <= MOST[way]:
        return value
    raise AnalysisRefused("limit_" + UNITS[way], name=name, shown=text[:40], most=f"{MOST[way]:g}")
