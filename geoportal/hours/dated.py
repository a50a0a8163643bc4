"""Hours on given dates: sudden closures, other hours at Christmas, and rotations, where each date has its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from geoportal.errors import HoursRefused
from geoportal.hours.rules import ALWAYS, EVERY_DAY, Kind, Rule, write_rules
from geoportal.hours.schedule import Schedule, parse_schedule
from geoportal.hours.times import read_times


@dataclass(frozen=True)
class DatedHours:
    """What holds from ``first`` to ``last``, both included: times as in ``8:00 - 12:00``, or ``zavřeno``.

    Empty ``hours`` are dates of which it is only known that the usual hours do not hold.
    """

    first: dt.date
    last: dt.date
    hours: str
    reason: str = ""
    source: str = ""
    verified: dt.date | None = None


def with_exceptions(schedule: Schedule, exceptions: Iterable[DatedHours]) -> Schedule:
    """``schedule`` with ``exceptions``, the later one where two overlap; public holidays give way to them.

    Reason, source and date of verification are the comment of those days. Raises ``HoursRefused`` that names the dates.
    """
    rules = tuple(_rule(exception) for exception in exceptions)
    return parse_schedule(f"{schedule.osm}; {write_rules(rules)}") if rules else schedule


def rotation(duties: Iterable[DatedHours], first: dt.date, last: dt.date) -> Schedule:
    """The schedule of a rota published for the time from ``first`` to ``last``: closed on its dates without a duty.

    Before and after it nothing is known. Two duties on one date add up.
    """
    known = Rule(EVERY_DAY, (ALWAYS,), "closed", *_ordered(first, last))
    unknown = Rule(EVERY_DAY, (ALWAYS,), "unknown")
    return parse_schedule(write_rules((unknown, known, *(_rule(duty, adds=True) for duty in duties))))


def _rule(dated: DatedHours, adds: bool = False) -> Rule:
    first, last = _ordered(dated.first, dated.last)
    try:
        hours = read_times(dated.hours)
    except HoursRefused as error:
        raise HoursRefused(f"{first} to {last}: {error}") from None
    kind: Kind = "unknown" if hours is None else "open" if hours else "closed"
    return Rule(EVERY_DAY, hours or (ALWAYS,), kind, first, last, adds, _comment(dated))


def _ordered(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    if first > last:
        raise HoursRefused(f"dates from {first} to {last}: the last is before the first")
    return first, last


def _comment(dated: DatedHours) -> str:
    """Reason, source and date on one line; the syntax has no way to write a quotation mark in a comment."""
    parts = (dated.reason, dated.source, dated.verified.isoformat() if dated.verified else "")
    return " · ".join(" ".join(part.split()) for part in parts if part.strip()).replace('"', "'")
