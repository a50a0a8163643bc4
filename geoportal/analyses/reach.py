"""How many inhabitants have an open service within reach at a moment, by unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from geoportal.analyses.seats import Members, Seats, seats_of
from geoportal.analyses.values import obec_values
from geoportal.errors import NotFound
from geoportal.finder.answer import Nearby
from geoportal.finder.places import Places, places_of
from geoportal.hours.clock import as_prague
from geoportal.site import Level, Site
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.snapshot.reader import Snapshot

Way = Literal["air", "road_km", "road"]
Certainty = Literal["open", "disputed", "closed", "unknown"]
WEEKDAY, HOUR = 6, 20  # Sunday at eight in the evening, when hardly anything is open


@dataclass(frozen=True)
class Question:
    """What is asked. ``limit``: kilometres through the air, kilometres by road, or minutes by road.

    ``people``: a count to share out.

    ``kinds`` are those of the finder; none of them means every place that one can walk into.
    """

    at: dt.datetime
    kinds: tuple[str, ...]
    way: Way
    limit: float
    level: Level
    people: IndicatorTable


@dataclass(frozen=True)
class UnitReach:
    """The people of a unit who have an open service within reach.

    ``people`` is None where nothing is known of any of its obce; ``unknown`` counts the obce of which nothing is.
    ``reached``: those with a service that is certainly open; ``doubtful``: those who have only one of which sources say
    different things. ``nearest``: the mean way of its people to the nearest certainly open one, in the unit of the
    limit; None where there is none or where some of them have no way.
    """

    code: str
    name: str
    people: float | None
    unknown: int
    reached: float
    doubtful: float
    nearest: float | None

    @property
    def share(self) -> float | None:
        """Percent of its people who have one within reach; None without people."""
        return 100 * self.reached / self.people if self.people else None

    @property
    def doubtful_share(self) -> float | None:
        """Percent of its people who may have one within reach besides."""
        return 100 * self.doubtful / self.people if self.people else None


@dataclass(frozen=True)
class Reach:
    """The answer. ``services``: all that were looked at, with what is known of each at the moment.

    ``period`` is that of the people; ``whole`` all units together. ``off_road``: services to which no way by road is
    known, so that nobody reaches them.
    """

    question: Question
    period: str
    units: tuple[UnitReach, ...]
    whole: UnitReach
    services: tuple[tuple[Nearby, Certainty], ...]
    off_road: int

    def count(self, certainty: Certainty) -> int:
        """How many services are so."""
        return sum(held == certainty for _, held in self.services)


def next_evening(now: dt.datetime) -> dt.datetime:
    """The next Sunday at 20:00 by Prague's clock."""
    local = as_prague(now)
    day = local.date() + dt.timedelta(days=(WEEKDAY - local.weekday()) % 7)
    at = as_prague(dt.datetime.combine(day, dt.time(HOUR)))
    return at if at > local else as_prague(dt.datetime.combine(day + dt.timedelta(days=7), dt.time(HOUR)))


def known_ways(snapshot: Snapshot) -> tuple[Way, ...]:
    """The ways that can be measured; without a network of roads only through the air."""
    measured: tuple[Way, ...] = ("road_km",) if seats_of(snapshot).knows_road_km else ()
    timed: tuple[Way, ...] = ("road",) if snapshot.roads else ()
    return ("air", *measured, *timed)


def counts_of_people(snapshot: Snapshot, site: Site) -> list[IndicatorTable]:
    """The counts by obec that are in the unit of the population, the population first; none where it is absent."""
    first = snapshot.indicators.get(site.search.population or "")
    if first is None or "obec" not in first.levels:
        return []
    alike = (
        table
        for table in snapshot.indicators.values()
        if table.aggregate == "sum" and table.unit == first.unit and "obec" in table.levels and table is not first
    )
    return [first, *alike]


def usual_kind(snapshot: Snapshot, site: Site) -> str | None:
    """The first kind to walk into of which the hours of some place are known."""
    places = places_of(snapshot, site.finder.stale_after_days)
    timed = {kind for one in places.services for kind in one.kinds if any(record.osm for record in one.records)}
    return next((name for name, kind in places.book.kinds.items() if kind.walk_in and name in timed), None)


def reach(snapshot: Snapshot, site: Site, question: Question) -> Reach:
    """The answer to ``question``. All people of an obec are counted at its definition point.

    A service without hours is never open. Raises ``InvalidParameter`` for a kind that there is not, ``NotFound`` for a
    way by road where the snapshot has no roads.
    """
    if question.way not in known_ways(snapshot):
        raise NotFound("this snapshot has no roads; ask as the crow flies, and see /o-datech for what is absent")
    places = places_of(snapshot, site.finder.stale_after_days)
    numbers = places.of(question.kinds)
    posix = as_prague(question.at).timestamp()
    seen = tuple((one, certainty(one)) for one in (places.seen(number, posix) for number in numbers))
    seats = seats_of(snapshot)
    ways = _ways(seats, places, numbers, question.way)
    period = question.people.periods("obec")[-1]
    ground = _Ground(
        obec_values(snapshot, question.people.id, period).values,
        _nearest(ways, [held == "open" for _, held in seen]),
        _nearest(ways, [held in ("open", "disputed") for _, held in seen]),
        question.limit,
    )
    return Reach(
        question=question,
        period=period,
        units=tuple(_by_unit(seats.members(question.level), ground)),
        whole=ground.unit(site.region.code, site.region.name.cs, np.arange(len(seats.codes))),
        services=seen,
        off_road=sum(not np.isfinite(way).any() for way in ways),
    )


def certainty(nearby: Nearby) -> Certainty:
    """Whether a place is open: ``disputed`` where its sources differ about the very moment."""
    return "disputed" if nearby.disputed else nearby.state


@dataclass(frozen=True)
class _Ground:
    """By obec: people, and the way to the nearest service that is open, or that may be."""

    people: np.ndarray
    certain: np.ndarray
    possible: np.ndarray
    limit: float

    def unit(self, code: str, name: str, obce: np.ndarray) -> UnitReach:
        """What becomes of the people of ``obce``."""
        people, certain, possible = self.people[obce], self.certain[obce], self.possible[obce]
        known = ~np.isnan(people)
        people, certain, possible = people[known], certain[known], possible[known]
        total = float(people.sum())
        reached = float(people[certain <= self.limit].sum())
        inhabited = people > 0
        mean = float(people[inhabited] @ certain[inhabited]) / total if total else np.inf
        return UnitReach(
            code=code,
            name=name,
            people=total if known.any() else None,
            unknown=int((~known).sum()),
            reached=reached,
            doubtful=float(people[possible <= self.limit].sum()) - reached,
            nearest=mean if np.isfinite(mean) else None,
        )


def _by_unit(members: Members, ground: _Ground) -> Iterator[UnitReach]:
    order = np.argsort(members.unit, kind="stable")
    bounds = np.searchsorted(members.unit[order], np.arange(len(members.codes) + 1))
    for at, (code, name) in enumerate(zip(members.codes, members.names, strict=True)):
        yield ground.unit(code, name, order[bounds[at] : bounds[at + 1]])


def _ways(seats: Seats, places: Places, numbers: Sequence[int], way: Way) -> list[np.ndarray]:
    measure = {"air": seats.km, "road_km": seats.road_km, "road": seats.minutes}[way]
    return [measure(places.services[number]) for number in numbers]


def _nearest(ways: Sequence[np.ndarray], wanted: Sequence[bool]) -> np.ndarray:
    """The shortest of the wanted ways from each obec; infinite without any."""
    held = [way for way, want in zip(ways, wanted, strict=True) if want]
    none = np.full(len(ways[0]) if ways else 0, np.inf)
    return np.minimum.reduce([none, *held])
