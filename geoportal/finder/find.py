"""The answer to a question for help."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import NamedTuple

from geoportal.finder.answer import Answer, Nearby, Question, Remark
from geoportal.finder.board import OFFERED, Offer
from geoportal.finder.nearest import NearestIndex, Ranked, Sight
from geoportal.finder.places import Places, places_of
from geoportal.finder.remarks import about_offer, about_position, about_roads
from geoportal.hours.clock import as_prague
from geoportal.site import Site
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.road_times import Travel

URGENT = 2


class Found(NamedTuple):
    """An answer in numbers: pairs of a distance in metres and a service, for each list of the answer."""

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
    offer = places.offer(question.kinds, search.board)
    nearest = search.among(offer, question.limit, offer.open if question.only_open else offer.every)
    first = next((one for one in nearest if one[1] in offer.open), None) or search.first_open(offer)
    near = first is not None and first[0] <= site.finder.far_km * 1000
    more = (*about_offer(places, offer, first, near), *about_roads(snapshot, search.travel))
    urgent = places.offer(places.urgent, search.board) if places.urgent else None
    return Found(
        search=search,
        nearest=nearest,
        next_to_open=[] if near else search.opening_next(offer),
        urgent=search.among(urgent, URGENT, urgent.maybe) if urgent else [],
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
        self.posix = question.at.timestamp()
        self.board = places.board(self.posix)
        self._sights: dict[NearestIndex, Sight] = {}
        self.travel: Travel | None = snapshot.roads.from_point(self._lon, self._lat) if snapshot.roads else None

    def nearest(self, kinds: tuple[str, ...], limit: int) -> Ranked:
        """The nearest services of ``kinds``."""
        offer = self.places.offer(kinds, self.board)
        return self.among(offer, limit, offer.every)

    def among(self, offer: Offer, limit: int, among: frozenset[int] | None) -> Ranked:
        """The nearest services of ``offer``, only those ``among`` where it is given."""
        sight = self._sights.get(offer.index)
        if sight is None:
            sight = self._sights[offer.index] = offer.index.sight(self._lon, self._lat)
        return sight.nearest(limit, among)

    def first_open(self, offer: Offer) -> tuple[float, int] | None:
        """The nearest one of ``offer`` that is open."""
        return next(iter(self.among(offer, 1, offer.open)), None) if offer.open else None

    def opening_next(self, offer: Offer) -> Ranked:
        """Those of ``offer`` that open first; of several at one time the nearest."""
        found: Ranked = []
        for together in offer.soonest:
            found += self.among(offer, OFFERED - len(found), together)
        return found

    def dressed(self, ranked: Ranked) -> tuple[Nearby, ...]:
        """Services with their distance, and their travel time where there is one."""
        return tuple(
            replace(self.places.shown(number, self.board), distance_m=metres, travel_s=self.travel_s(number, metres))
            for metres, number in ranked
        )

    def travel_s(self, number: int, metres: float) -> float | None:
        """Seconds by road to a service ``metres`` away, or None where no road is loaded or leads there."""
        column = self.places.columns[number]
        if self.travel is None or column is None:
            return None
        seconds = self.travel.seconds(column, metres)
        return seconds if seconds < math.inf else None
