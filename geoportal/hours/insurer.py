"""The insurers' week: for ``mon`` … ``sun`` and ``holiday`` a list of pairs of times, in a table ``17:00-20:00``."""

from __future__ import annotations

from collections.abc import Mapping

from geoportal.errors import HoursRefused
from geoportal.hours.rules import DAYS
from geoportal.hours.schedule import Schedule
from geoportal.hours.times import Hours, ordered_spans, read_span, read_times
from geoportal.hours.week import schedule_of

KEYS = dict(zip(DAYS, ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"), strict=True))


def insurer_hours(week: Mapping[str, object], prefix: str = "") -> Schedule | None:
    """The schedule of a week whose keys are ``prefix`` and the day, or None if no day has hours.

    The insurers publish when a service runs, so a day that is there and empty is closed; a day that is not there is
    not known. Raises ``HoursRefused`` that names the day and its value.
    """
    days = {day: _day(prefix + key, week.get(prefix + key)) for day, key in KEYS.items()}
    return schedule_of(days) if any(days.values()) else None


def _day(key: str, value: object) -> Hours | None:
    if value is None or value != value:  # a missing value is NaN in a column of text
        return None
    try:
        return _pairs(value) if isinstance(value, list | tuple) else _text(value)
    except HoursRefused as error:
        raise HoursRefused(f"{key}: {error}") from None


def _text(value: object) -> Hours | None:
    if not isinstance(value, str):
        raise HoursRefused(f"{value!r} is neither text nor a list of pairs")
    return read_times(value) if value.strip() else ()


def _pairs(value: list[object] | tuple[object, ...]) -> Hours:
    spans = []
    for pair in value:
        match pair:
            case [str(start), str(end)]:
                spans.append(read_span(start, end))
            case _:
                raise HoursRefused(f"{pair!r} is not a pair of times such as ['17:00', '20:00']")
    return ordered_spans(spans, str(value)) if spans else ()
