"""Dates as sources write them (``2024``, ``2024-06``, ``2020-12-31; 2024``) as days and periods."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

from geoportal.catalog.dataset import Period

_DATE = re.compile(r"\b(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\b")


def latest(text: str) -> str:
    """The latest date in ``text``, as exactly as it is given. Raises ``ValueError`` where there is none."""
    found = [match[0] for match in _DATE.finditer(text)]
    if not found:
        raise ValueError(f"'{text}' holds no date such as 2024, 2024-06 or 2024-06-30")
    return max(found, key=lambda date: _last_day(date))


def covered(dates: Iterable[str]) -> Period | None:
    """The period from the first day of the earliest to the last day of the latest date; None without any."""
    found = [match[0] for text in dates for match in _DATE.finditer(text)]
    if not found:
        return None
    return Period(min(map(_first_day, found)), max(map(_last_day, found)))


def _first_day(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date


def _last_day(date: str) -> str:
    match len(date):
        case 4:
            return f"{date}-12-31"
        case 7:
            return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]:02}"
        case _:
            return date
