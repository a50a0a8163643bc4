"""Local time in Czechia, exact on the two nights a year when the clocks change (Directive 2000/84/EC)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

PRAGUE = ZoneInfo("Europe/Prague")
DAY_MINUTES = 24 * 60


def as_prague(moment: dt.datetime) -> dt.datetime:
    """``moment`` in Europe/Prague; without a zone it is taken as what a clock in Prague shows.

    What the clock shows twice in October is the first time, unless ``fold`` is 1. What it never shows in March is
    counted on from before the gap: 2:30 is 3:30 (RFC 5545, section 3.3.5).
    """
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=PRAGUE).astimezone(dt.UTC)
    return moment.astimezone(PRAGUE)


def edge(day: dt.date, minute: int) -> int:
    """The POSIX time at which a span that begins or ends at ``minute`` of ``day`` does so; minutes may pass 24:00.

    An edge inside the gap of March is the moment of the jump, so spans stay in their order; one inside the repeated
    hour of October is the first of the two, so no span is told to be open for longer than the shorter reading.
    """
    shown = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
    moment = shown.replace(tzinfo=PRAGUE).astimezone(dt.UTC)
    if moment.astimezone(PRAGUE).replace(tzinfo=None) == shown:
        return int(moment.timestamp())
    jump = shown.replace(minute=0) + dt.timedelta(hours=1)
    return int(jump.replace(tzinfo=PRAGUE).timestamp())


def moment_at(posix: int) -> dt.datetime:
    """The moment ``posix`` in Europe/Prague."""
    return dt.datetime.fromtimestamp(posix, PRAGUE)


def minutes(text: str) -> int:
    """``HH:MM`` in minutes from midnight."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def clock(minute: int) -> str:
    """``minute`` from midnight as a clock shows it, ``07:00`` for 31:00; only the very end of a day is ``24:00``."""
    shown = minute if minute == DAY_MINUTES else minute % DAY_MINUTES
    return f"{shown // 60:02}:{shown % 60:02}"
