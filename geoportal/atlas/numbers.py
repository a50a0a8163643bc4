"""Numbers and dates as people write them: Czech spaces and decimal commas, through Babel's locale tables."""

from __future__ import annotations

import datetime as dt
import math
import re

from babel.dates import format_date
from babel.numbers import format_decimal

MINUS = "−"
PATTERNS = {"cs": "d.\u00a0M.\u00a0y", "de": "d.\u00a0MMMM\u00a0y"}  # of a day


def number(value: float, decimals: int = 0, language: str = "cs") -> str:
    """``value`` with exactly ``decimals`` decimals: ``1 234,5`` in Czech (no-break space), a real minus sign."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(_plain_zero(value, decimals), format=pattern, locale=language).replace("-", MINUS)


def needed_decimals(values: tuple[float, ...], most: int = 6) -> int:
    """The fewest decimals that show each of ``values`` exactly, at most ``most``."""
    return next((d for d in range(most) if all(math.isclose(round(v, d), v, abs_tol=1e-9) for v in values)), most)


def date(iso: str, language: str = "cs") -> str:
    """``2026-09-12`` as ``12. 9. 2026``, ``2026-09`` as ``9/2026``, also of several; any other text as it is."""
    return "; ".join(_date(part, language) for part in iso.split("; "))


def _date(iso: str, language: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
        pattern = PATTERNS.get(language, "d\u00a0MMMM\u00a0y")
        return format_date(dt.date.fromisoformat(iso), format=pattern, locale=language)
    if month := re.fullmatch(r"(\d{4})-(\d\d)", iso):
        return f"{int(month[2])}/{month[1]}"
    return iso


def _plain_zero(value: float, decimals: int) -> float:
    """Rounds first, so that no ``-0`` is written."""
    return round(value, decimals) + 0.0
