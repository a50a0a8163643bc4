"""The only door to opening-hours-py: what an OSM text says of each day, in minutes of the wall clock.

As the syntax is defined, the library cuts what goes on past midnight where a rule for the next day replaces the earlier
ones: ``Mo-Su 19:00-07:00; PH off`` would close at midnight before a holiday, which hardly anyone means
(opening-hours/opening_hours.js#441) and no table of weekdays does. Here a span belongs to the day on which it began:
what comes after midnight is evaluated apart, on that day, and put behind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # its stub leaves the error out

from geoportal.errors import HoursRefused
from geoportal.hours.clock import DAY_MINUTES
from geoportal.hours.rules import ALWAYS, EVERY_DAY, KINDS, Kind, evenings, mornings, read_rules, write_rules

WEEKS_KEPT = 64
SHOWN_LENGTH = 120


class Stretch(NamedTuple):
    """Minutes from the midnight with which a day begins, and what holds between them."""

    start: int
    end: int
    kind: Kind
    comment: str


class Engine:
    """An OSM text, ready to be asked about days. ``osm`` is the text in its normal form.

    Raises ``HoursRefused`` for what is not in the syntax.
    """

    def __init__(self, text: str) -> None:
        whole = _parsed(text)
        self.osm = _normal(text, whole)
        self.rules = read_rules(self.osm)
        self._parts = [(0, whole)]
        if self.rules and any(rule.overnight for rule in self.rules):
            self._parts = [
                (0, _parsed(write_rules(evenings(self.rules)))),
                (DAY_MINUTES, _parsed(write_rules(mornings(self.rules)))),
            ]
        self._weeks: dict[dt.date, list[tuple[Stretch, ...]]] = {}

    @property
    def constant(self) -> bool:
        """Whether one rule is all there is, and the same at all times."""
        rule = self.rules[0] if self.rules and len(self.rules) == 1 else None
        return rule is not None and rule.first is None and rule.days == EVERY_DAY and rule.spans == (ALWAYS,)

    def day(self, date: dt.date) -> tuple[Stretch, ...]:
        """What begins on ``date``, in order; what is left out is closed. A day ends at minute 2880 at the latest."""
        monday = date - dt.timedelta(days=date.weekday())
        week = self._weeks.get(monday)
        if week is None:
            if len(self._weeks) >= WEEKS_KEPT:
                self._weeks.clear()
            week = self._weeks[monday] = self._week(monday)
        return week[date.weekday()]

    def _week(self, monday: dt.date) -> list[tuple[Stretch, ...]]:
        days: list[list[Stretch]] = [[] for _ in range(7)]
        for shift, part in self._parts:
            for day, stretch in _stretches(part, monday):
                days[day].append(stretch._replace(start=stretch.start + shift, end=stretch.end + shift))
        return [tuple(_joined(stretches)) for stretches in days]


def _parsed(text: str) -> OpeningHours:
    try:
        return OpeningHours(text, country="CZ")
    except ParserError as error:
        raise HoursRefused(_sentence(text, str(error))) from None
    except UnicodeEncodeError as error:
        raise HoursRefused(f"hours {text!r}: character {error.start + 1} is half of a surrogate pair") from None


def _normal(text: str, parsed: OpeningHours) -> str:
    """The text as the library writes it, or as it is where the library can't read what it wrote: ``PH +2 days``."""
    try:
        return str(_parsed(str(parsed)))
    except HoursRefused:
        return text


def _stretches(part: OpeningHours, monday: dt.date) -> Iterator[tuple[int, Stretch]]:
    """Stretches of the seven days from ``monday`` on, each cut at midnight, with the number of its day."""
    start = _midnight(monday)
    for first, last, state, comment in part.intervals(start, start + dt.timedelta(days=7)):
        kind = KINDS[str(state)]
        if kind == "closed" and not comment:
            continue
        begin, end = _minutes_since(start, first), _minutes_since(start, last)
        for day in range(begin // DAY_MINUTES, -(-end // DAY_MINUTES)):
            midnight = day * DAY_MINUTES
            yield day, Stretch(max(begin - midnight, 0), min(end - midnight, DAY_MINUTES), kind, comment)


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    """``stretches`` with those made one that midnight parted."""
    last: Stretch | None = None
    for stretch in stretches:
        if last and last.end == stretch.start == DAY_MINUTES and last[2:] == stretch[2:]:
            last = last._replace(end=stretch.end)
            continue
        if last:
            yield last
        last = stretch
    if last:
        yield last


def _midnight(day: dt.date) -> dt.datetime:
    """The first minute of ``day``, without a zone: so asked, the library leaves the two changes of the clock to us."""
    return dt.datetime.combine(day, dt.time())


def _minutes_since(start: dt.datetime, moment: dt.datetime) -> int:
    return int((moment - start).total_seconds()) // 60


def _sentence(text: str, error: str) -> str:
    """The library's message, which draws an arrow under the text, as one sentence."""
    shown = text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "…"
    lines = [line.strip() for line in error.splitlines()]
    place = next((line.rpartition(":")[2] for line in lines if "-->" in line), "1")
    reason = next((line[2:] for line in lines if line.startswith("= ")), "no opening hours")
    return f"hours {shown!r}: character {place} is not in the syntax of opening_hours: {reason}"
