"""The answer to a question for help."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from geoportal.finder.answer import Answer, Nearby, Question, Remark
from geoportal.finder.nearest import Sight
from geoportal.finder.places import Places, places_of
from geoportal.finder.remarks import about_offer, about_position, about_roads
from geoportal.hours.clock import as_prague
from geoportal.site import Site
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.road_times import Travel

OFFERED = 3  # of what opens next
URGENT = 2

Ranked = list[tuple[int, float]]


@dataclass(frozen=True)
class Found:
    """An answer in numbers: pairs of a service and its distance in metres, for each list of the answer."""

    search: Search
    nearest: Ranked
    next_to_open: Ranked
    urgent: Ranked
    remarks: tuple[Remark, ...]


def find(snapshot: Snapshot, site: Site, question: Question, remarks: tuple[Remark, ...] = ()) -> Answer:
    """The nearest services that ``question`` asks for, and what to do where none of them is open.

    ``remarks`` (on the moment, say) stand before its own. Raises ``InvalidParameter`` for a kind that there is not.
    """
    found = look(snapshot, site, question, remarks)
    dressed = found.search.dressed
    return Answer(
        question=replace(question, at=as_prague(question.at)),
        nearest=dressed(found.nearest),
        next_to_open=dressed(found.next_to_open),
        urgent=dressed(found.urgent),
        emergency=site.finder.emergency,
        remarks=found.remarks,
        by_road=found.search.travel is not None,
    )


def look(snapshot: Snapshot, site: Site, question: Question, remarks: tuple[Remark, ...] = ()) -> Found:
    """The same in numbers, for who writes many answers a second."""
    places = places_of(snapshot, site.finder.stale_after_days)
    search = Search(places, snapshot, question)
    kinds, board = question.kinds, search.board
    nearest = search.nearest(kinds, question.limit, board.open.__getitem__ if question.only_open else None)
    first = search.nearest(kinds, 1, board.open.__getitem__)
    near = bool(first) and first[0][1] <= site.finder.far_km * 1000
    more = (*about_offer(places, kinds, first, near), *about_roads(snapshot, search.travel))
    return Found(
        search=search,
        nearest=nearest,
        next_to_open=[] if near else search.opening_next(kinds),
        urgent=search.nearest(places.urgent, URGENT, lambda one: not board.closed[one]) if places.urgent else [],
        remarks=(*remarks, *about_position(snapshot, site, question), *more),
    )


def directory(
    snapshot: Snapshot, site: Site, at: dt.datetime, district: str | None = None, kind: str | None = None
) -> tuple[Nearby, ...]:
    """The services of a ``district`` (by name) and a ``kind`` (or layer), by municipality and name, as of ``at``.

    Without a kind those that one can walk into. Raises ``InvalidParameter`` for a kind that there is not.
    """
    places = places_of(snapshot, site.finder.stale_after_days)
    posix = as_prague(at).timestamp()
    shown = [places.seen(number, posix) for number in places.of((kind,) if kind else ())]
    held = [one for one in shown if district in (None, one.district)]
    return tuple(sorted(held, key=lambda one: (one.municipality, one.name, one.id)))


class Search:
    """Services seen from one position at one moment."""

    def __init__(self, places: Places, snapshot: Snapshot, question: Question) -> None:
        self.places = places
        self._lon, self._lat = question.lon, question.lat
        self._posix = as_prague(question.at).timestamp()
        self.board = places.board(self._posix)
        self._sights: dict[tuple[str, ...], tuple[list[int], Sight]] = {}
        self.travel: Travel | None = snapshot.roads.from_point(self._lon, self._lat) if snapshot.roads else None

    def nearest(self, kinds: tuple[str, ...], limit: int, accept: Callable[[int], bool] | None = None) -> Ranked:
        """The nearest services of ``kinds`` whose number ``accept`` lets through."""
        numbers, sight = self._sight(kinds)
        found = sight.nearest(limit, accept and (lambda position: accept(numbers[position])))
        return [(numbers[position], metres) for position, metres in found]

    def opening_next(self, kinds: tuple[str, ...]) -> Ranked:
        """Those of ``kinds`` that open first; of several at one time the nearest."""
        numbers, sight = self._sight(kinds)
        opens = self.board.opens
        times = sorted(opens[number] for number in numbers if opens[number] < math.inf)[:OFFERED]
        if not times:
            return []
        soon = [
            (opens[number], sight.distance(at), number)
            for at, number in enumerate(numbers)
            if opens[number] <= times[-1]
        ]
        return [(number, metres) for _, metres, number in sorted(soon)[:OFFERED]]

    def dressed(self, ranked: Ranked) -> tuple[Nearby, ...]:
        """Services with their distance, and their travel time where there is one."""
        shown = [(self.seen(number), metres) for number, metres in ranked]
        return tuple(replace(one, distance_m=metres, travel_s=self.travel_s(one)) for one, metres in shown)

    def seen(self, number: int) -> Nearby:
        """A service at the moment of the search, without a distance."""
        return self.places.seen(number, self._posix)

    def travel_s(self, nearby: Nearby) -> float | None:
        """Seconds by road, or None where no road is loaded or leads there."""
        rows = self.travel.seconds.get(nearby.layer) if self.travel else None
        if rows is None or nearby.position is None:
            return None
        seconds = float(rows[nearby.position])
        return seconds if seconds < math.inf else None

    def _sight(self, kinds: tuple[str, ...]) -> tuple[list[int], Sight]:
        held = self._sights.get(kinds)
        if held is None:
            numbers, index = self.places.index(kinds)
            held = self._sights[kinds] = numbers, index.sight(self._lon, self._lat)
        return held
