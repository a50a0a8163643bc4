"""A schedule: opening hours that can be asked what holds at a moment, on a day, in a week."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from geoportal.hours.clock import DAY_MINUTES, as_prague, clock, edge, minutes, moment_at
from geoportal.hours.engine import Engine, Stretch
from geoportal.hours.holidays import YEARS, holiday
from geoportal.hours.rules import Kind, Minutes, Rule
from geoportal.schema import Text

SEARCHED_DAYS = 400  # a little more than a year: no season is missed
DAYS_KEPT = 1024
STATES_KEPT = 4096
OPENNESS: tuple[Kind, ...] = ("closed", "unknown", "open")
NOTHING = Stretch(0, DAY_MINUTES, "closed", "")


class Span(NamedTuple):
    """Local times ``HH:MM``; ``end`` is on the next day where it is not after ``start``, ``24:00`` is midnight."""

    start: str
    end: str

    @property
    def minutes(self) -> Minutes:
        """From the midnight with which the day of ``start`` begins."""
        start, end = minutes(self.start), minutes(self.end)
        return start, end if end > start else end + DAY_MINUTES


@dataclass(frozen=True, slots=True)
class State:
    """What holds at a moment, since when and until when; None: for more than 400 days, or not known.

    ``opens`` is the first moment, from the one asked about on, at which it is certainly open. ``comment`` is what the
    source says about just this time.
    """

    kind: Kind
    since: dt.datetime | None
    until: dt.datetime | None
    opens: dt.datetime | None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """The spans that begin on ``date``, which may go on past midnight, and those of which it is not known.

    A day with neither is closed. ``holiday`` is the name of the public holiday, ``note`` what the source says.
    """

    date: dt.date
    spans: tuple[Span, ...]
    unknown: tuple[Span, ...]
    holiday: Text | None
    note: str

    @property
    def kind(self) -> Kind:
        """Whether the day has hours, has none, or may have some."""
        return "open" if self.spans else "unknown" if self.unknown else "closed"


class _Change(NamedTuple):
    """From the POSIX time ``at`` on ``kind`` holds."""

    at: int
    kind: Kind
    comment: str


@dataclass(frozen=True)
class Schedule:
    """Opening hours in Europe/Prague with Czech public holidays; two with the same ``osm`` text are equal.

    Made by ``parse_schedule``. Nothing is told of years whose holidays are not known: there it is ``unknown``.
    """

    osm: str
    engine: Engine = field(compare=False, repr=False)
    _days: dict[dt.date, tuple[_Change, ...]] = field(default_factory=dict, compare=False, repr=False)
    _states: dict[tuple[dt.date, int], State] = field(default_factory=dict, compare=False, repr=False)

    @property
    def rules(self) -> tuple[Rule, ...] | None:
        """The rules of the text, or None where it has more than they can say."""
        return self.engine.rules

    def state(self, at: dt.datetime) -> State:
        """What holds at ``at``; without a zone it is taken as Prague's."""
        local = as_prague(at)
        day, posix = local.date(), int(local.timestamp())
        if day.year not in YEARS:
            return State("unknown", None, None, None)
        index = bisect_right(self._changes(day), posix, key=itemgetter(0)) - 1
        state = self._states.get((day, index))
        if state is None:
            if len(self._states) >= STATES_KEPT:
                self._states.clear()
            state = self._states[day, index] = self._state(day, index)
        return replace(state, opens=local) if state.kind == "open" else state

    def day(self, date: dt.date) -> Day:
        """What begins on ``date``."""
        if date.year not in YEARS:
            return Day(date, (), (Span("00:00", "24:00"),), None, "")
        stretches = self.engine.day(date)
        comments = dict.fromkeys(stretch.comment for stretch in stretches if stretch.comment)
        return Day(date, _spans(stretches, "open"), _spans(stretches, "unknown"), holiday(date), "; ".join(comments))

    def week(self, date: dt.date) -> tuple[Day, ...]:
        """The seven days from ``date`` on."""
        return tuple(self.day(date + dt.timedelta(days=step)) for step in range(7))

    def _state(self, day: dt.date, index: int) -> State:
        """What holds from change ``index`` of ``day`` on; ``opens`` is left to the moment asked about if it is open."""
        _, kind, comment = self._changes(day)[index]
        if self.engine.constant:
            return State(kind, None, None, None, comment)
        others = tuple(other for other in OPENNESS if other != kind)
        opens = None if kind == "open" else self._next(day, index, ("open",))
        return State(kind, self._since(day, index), self._next(day, index, others), opens, comment)

    def _changes(self, day: dt.date) -> tuple[_Change, ...]:
        """What holds from which moment of ``day`` on, from its midnight."""
        found = self._days.get(day)
        if found is None:
            if len(self._days) >= DAYS_KEPT:
                self._days.clear()
            found = self._days[day] = tuple(_changes_of(day, self._reaching_into(day)))
        return found

    def _reaching_into(self, day: dt.date) -> list[Stretch]:
        """Stretches with a part on ``day``, in its minutes."""
        before = self.engine.day(day - dt.timedelta(days=1))
        night = [stretch for stretch in before if stretch.end > DAY_MINUTES]
        moved = [s._replace(start=max(s.start - DAY_MINUTES, 0), end=s.end - DAY_MINUTES) for s in night]
        return moved + [stretch for stretch in self.engine.day(day) if stretch.start < DAY_MINUTES]

    def _next(self, day: dt.date, index: int, kinds: tuple[Kind, ...]) -> dt.datetime | None:
        """The first moment after change ``index`` of ``day`` from which one of ``kinds`` holds."""
        for step in range(SEARCHED_DAYS):
            date = day + dt.timedelta(days=step)
            if date.year not in YEARS:
                return None
            for change in self._changes(date)[0 if step else index + 1 :]:
                if change.kind in kinds:
                    return moment_at(change.at)
        return None

    def _since(self, day: dt.date, index: int) -> dt.datetime | None:
        """The moment from which on the kind of change ``index`` of ``day`` has held."""
        kind, began = self._changes(day)[index][1], None
        for step in range(SEARCHED_DAYS):
            date = day - dt.timedelta(days=step)
            if date.year not in YEARS:
                return None
            for change in reversed(self._changes(date)[: None if step else index + 1]):
                if change.kind != kind:
                    return moment_at(began) if began else None
                began = change.at
        return None


@lru_cache(maxsize=4096)
def parse_schedule(osm: str) -> Schedule:
    """The schedule that an OSM ``opening_hours`` text describes. Raises ``HoursRefused``."""
    engine = Engine(" ".join(osm.split()))
    return Schedule(engine.osm, engine)


def _changes_of(day: dt.date, stretches: list[Stretch]) -> Iterator[_Change]:
    """Changes of ``day``, where stretches overlap the more open one first; the rest is closed."""
    marks = sorted({0, *(minute for s in stretches for minute in (s.start, s.end) if minute < DAY_MINUTES)})
    held: list[_Change] = []
    for mark in marks:
        top = max((s for s in stretches if s.start <= mark < s.end), key=_openness, default=NOTHING)
        change = _Change(edge(day, mark), top.kind, top.comment)
        if held and held[-1].at == change.at:
            held.pop()
        if not held or held[-1][1:] != change[1:]:
            held.append(change)
    yield from held


def _openness(stretch: Stretch) -> int:
    return OPENNESS.index(stretch.kind)


def _spans(stretches: tuple[Stretch, ...], kind: Kind) -> tuple[Span, ...]:
    """Spans of ``kind``, those made one that touch, since only their comments differ."""
    spans: list[tuple[int, int]] = []
    for start, end, found, _ in stretches:
        if found == kind and spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        elif found == kind:
            spans.append((start, end))
    return tuple(Span(clock(start), clock(end)) for start, end in spans)
