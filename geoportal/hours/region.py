"""The region's columns, one a weekday and one for holidays: ``17:00 - 21:00``, ``neordinuje se``, ``zrušeno``."""

from __future__ import annotations

from collections.abc import Mapping

from geoportal.errors import HoursRefused
from geoportal.hours.rules import DAYS
from geoportal.hours.schedule import Schedule
from geoportal.hours.times import Hours, read_times
from geoportal.hours.week import schedule_of

NAMES = ("pondeli", "utery", "streda", "ctvrtek", "patek", "sobota", "nedele", "svatek")
COLUMNS = {day: f"ordinacni_hodiny_{name}" for day, name in zip(DAYS, NAMES, strict=True)}


def region_hours(properties: Mapping[str, object]) -> Schedule | None:
    """The schedule in a row of the region's layer, or None if all its columns are empty.

    A day with an empty column is not known, neither closed nor like the others. Raises ``HoursRefused`` that names the
    column and its text.
    """
    return schedule_of({day: _day(column, properties.get(column)) for day, column in COLUMNS.items()})


def _day(column: str, value: object) -> Hours | None:
    if value is None or value != value:  # a missing value is NaN in a column of text
        return None
    if not isinstance(value, str):
        raise HoursRefused(f"{column}: {value!r} is not text")
    try:
        return read_times(value)
    except HoursRefused as error:
        raise HoursRefused(f"{column}: {error}") from None
