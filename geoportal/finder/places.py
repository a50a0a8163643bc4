"""The services of a snapshot as the finder asks them: by kind, by nearness, and seen at a moment."""

from __future__ import annotations

import datetime as dt
import math
from collections import deque
from functools import cached_property, lru_cache

import numpy as np

from geoportal.errors import InvalidParameter, alternatives
from geoportal.finder.answer import Nearby, Opening, Statement
from geoportal.finder.board import Board, Chosen, Offer, make_offer
from geoportal.finder.nearest import NearestIndex
from geoportal.finder.vicinity import vicinities
from geoportal.hours.clock import PRAGUE
from geoportal.hours.schedule import Schedule, State, parse_schedule
from geoportal.services.book import service_book
from geoportal.services.service import Record, Service
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Snapshot

KEPT = 8  # moments remembered: now, and a few that pages link to
CHOICES = 64  # of kinds, remembered


class Places:
    """Every service, numbered. ``stale_after_days``: the age at which a statement is called old."""

    def __init__(self, snapshot: Snapshot, stale_after_days: int) -> None:
        self.book = service_book(snapshot)
        self.services = self.book.services
        self._stale_after = dt.timedelta(days=stale_after_days)
        self._collections = snapshot.collections
        self.columns = [_column(snapshot, service) for service in self.services]
        self._statements = [self._ranked(service.records) for service in self.services]
        self._boards: deque[Board] = deque(maxlen=KEPT)
        points = np.array([(one.lon, one.lat) for one in self.services]).reshape(-1, 2)
        self._together = NearestIndex(points, vicinities(points))
        self._indexes: dict[Chosen, NearestIndex] = {}

    @cached_property
    def walk_in(self) -> frozenset[int]:
        """The services that one can go to for help."""
        kinds = {name for name, kind in self.book.kinds.items() if kind.walk_in}
        return frozenset(at for at, service in enumerate(self.services) if kinds.intersection(service.kinds))

    @cached_property
    def urgent(self) -> Chosen:
        """The kinds that are offered whenever nothing else is open."""
        return tuple(name for name, kind in self.book.kinds.items() if kind.urgent)

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """What a question may ask for: kinds, and layers of services."""
        return tuple(dict.fromkeys((*self.book.kinds, *sorted({service.layer for service in self.services}))))

    def of(self, chosen: Chosen) -> list[int]:
        """The numbers of the services of the ``chosen`` kinds or layers; without any, of those to walk into.

        Raises ``InvalidParameter`` for a kind that there is not.
        """
        for name in chosen:
            if name not in self.choices:
                raise InvalidParameter(f"kind={name[:80]!r} does not exist; {alternatives(name[:80], self.choices)}")
        if not chosen:
            return sorted(self.walk_in)
        wanted = set(chosen)
        return [at for at, one in enumerate(self.services) if one.layer in wanted or wanted.intersection(one.kinds)]

    def offer(self, chosen: Chosen, board: Board) -> Offer:
        """The services of the ``chosen`` kinds while ``board`` holds."""
        held = board.offers.get(chosen)
        if held is None:
            if len(board.offers) >= CHOICES:
                board.offers.clear()
            held = board.offers[chosen] = make_offer(board, self._index(chosen), self.of(chosen), self.walk_in)
        return held

    def _index(self, chosen: Chosen) -> NearestIndex:
        """Where the services of the ``chosen`` kinds are, and maybe others.

        Where there is a grid all share one index, so that what is asked from one position is measured once.
        """
        if self._together.grid:
            return self._together
        held = self._indexes.get(chosen)
        if held is None:
            if len(self._indexes) >= CHOICES:
                self._indexes.clear()
            held = self._indexes[chosen] = self._together.part(self.of(chosen))
        return held

    def board(self, posix: float) -> Board:
        """What is open at a POSIX time."""
        for board in self._boards:
            if board.since <= posix < board.until:
                return board
        board = self._board(dt.datetime.fromtimestamp(posix, PRAGUE))
        self._boards.appendleft(board)
        return board

    def seen(self, number: int, posix: float) -> Nearby:
        """Service ``number`` as it is at a POSIX time, without a distance."""
        return self.shown(number, self.board(posix))

    def shown(self, number: int, board: Board) -> Nearby:
        """Service ``number`` as it is while ``board`` holds, without a distance."""
        held = board.shown.get(number)
        if held is None:
            held = board.shown[number] = self._look(number, dt.datetime.fromtimestamp(board.since, PRAGUE))
        return held

    def _ranked(self, records: tuple[Record, ...]) -> tuple[tuple[Record, Schedule | None], ...]:
        """Records with their schedules, the one that decides first: it has hours and is the freshest of these.

        Of equally fresh ones the layer's own, which comes first in the book.
        """
        held = [(record, parse_schedule(record.osm) if record.osm else None) for record in records]
        origins = self.book.origins
        return tuple(sorted(held, key=lambda one: (one[1] is None, -origins[one[0].source].verified.toordinal())))

    def _board(self, at: dt.datetime) -> Board:
        told = [[schedule.state(at) if schedule else None for _, schedule in held] for held in self._statements]
        since, until = _lasts([state for states in told for state in states], at)
        states = [deciding for deciding, *_ in told]
        walk_in = self.walk_in
        return Board(
            since,
            until,
            [state is not None and state.kind == "closed" for state in states],
            [state is not None and state.kind == "open" and one in walk_in for one, state in enumerate(states)],
            [_opens(state) if one in walk_in else math.inf for one, state in enumerate(states)],
        )

    def _look(self, number: int, at: dt.datetime) -> Nearby:
        service, held = self.services[number], self._statements[number]
        states = [schedule.state(at) if schedule else None for _, schedule in held]
        statements = tuple(self._statement(*one, state, at) for one, state in zip(held, states, strict=True))
        openings = [statement.opening for statement in statements if statement.opening]
        collection = self._collections[service.layer]
        return Nearby(
            id=service.id,
            layer=service.layer,
            position=_position(collection, service),
            fid=service.fid,
            name=service.name,
            kinds=tuple(self.book.kinds[name] for name in service.kinds),
            lon=service.lon,
            lat=service.lat,
            municipality=service.municipality,
            district=service.district,
            address=service.address,
            where=service.where,
            ruian=service.ruian,
            phones=tuple(dict.fromkeys(phone for statement in statements for phone in statement.phones)),
            web=service.web,
            distance_m=None,
            travel_s=None,
            opening=openings[0] if openings else None,
            statements=statements,
            disagree=len({tuple((day.spans, day.unknown) for day in one.week) for one in openings}) > 1,
            disputed={"open", "closed"} <= {one.state for one in openings},
            stale=statements[0].old,
            hub=collection.hub,
        )

    def _statement(self, record: Record, schedule: Schedule | None, state: State | None, at: dt.datetime) -> Statement:
        origin = self.book.origins[record.source]
        return Statement(
            source=record.source,
            source_title=origin.title,
            publisher=origin.publisher,
            attribution=origin.attribution,
            url=record.url or origin.url,
            verified=origin.verified,
            old=at.date() - origin.verified > self._stale_after,
            name=record.name,
            phones=record.phones,
            opening=_opening(schedule, state, at) if schedule and state else None,
            osm=record.osm,
        )


@lru_cache(maxsize=4)
def places_of(snapshot: Snapshot, stale_after_days: int) -> Places:
    """The services of ``snapshot``, prepared once."""
    return Places(snapshot, stale_after_days)


def _position(collection: Collection, service: Service) -> int | None:
    return collection.position(service.fid) if service.fid else None


def _column(snapshot: Snapshot, service: Service) -> int | None:
    """Where the snapshot's travel times tell of a service; None where they do not."""
    position = _position(snapshot.collections[service.layer], service)
    return None if snapshot.roads is None or position is None else snapshot.roads.column(service.layer, position)


def _opening(schedule: Schedule, state: State, at: dt.datetime) -> Opening:
    week = schedule.week(at.date())
    opens = None if state.kind == "open" else state.opens
    return Opening(state.kind, state.until, opens, state.comment, week[0], week)


def _opens(state: State | None) -> float:
    return state.opens.timestamp() if state and state.kind != "open" and state.opens else math.inf


def _lasts(states: list[State | None], at: dt.datetime) -> tuple[float, float]:
    """From when until when nothing changes: no state, and not the day."""
    midnight = dt.datetime.combine(at.date(), dt.time(), PRAGUE)
    tomorrow = dt.datetime.combine(at.date() + dt.timedelta(days=1), dt.time(), PRAGUE)
    since = [midnight, *(state.since for state in states if state and state.since)]
    until = [tomorrow, *(state.until for state in states if state and state.until)]
    return max(one.timestamp() for one in since), min(one.timestamp() for one in until)
