"""Columns of values: which they are, which is likeliest meant, and whether it may fill areas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from geoportal.join.gazetteer import words
from geoportal.join.numbers import Mark, Reading, evidence, parse, read_numbers, status_of
from geoportal.join.table import Table

_TIME = frozenset(
    ("rok", "obdobi", "period", "year", "ctvrtleti", "mesic", "datum", "date", "time", "quarter", "month")
)
_CODES = frozenset(("id", "ico", "nuts", "lau", "psc", "code", "zuj", "lat", "lon", "fid", "objectid"))
_RELATIVE = frozenset(
    ("podil", "mira", "index", "prumer", "prumerny", "hustota", "share", "rate", "average", "median", "koeficient",
     "procento", "procent", "na", "per", "pct", "procenta")
)  # fmt: skip
_PERIOD = re.compile(r"(19|20)\d\d(\s?[-/.]\s?(Q?\d{1,2}|(19|20)\d\d))?(-\d\d)?|\d{1,2}\.\s?\d{1,2}\.\s?(19|20)\d\d")
_SAMPLE = 300  # different texts of a column
_LARGEST_RATE = 1_000  # a number with decimals beyond is rather an amount of money or an area


def sample(texts: Iterable[str]) -> list[str]:
    """Some of the different texts, from all over the column."""
    different = [text for text in dict.fromkeys(texts) if text]
    return different[:: max(1, -(-len(different) // _SAMPLE))]


def value_columns(table: Table, taken: set[int | None]) -> tuple[int, ...]:
    """Columns, without those ``taken``, of which at least half of the different texts are numbers."""
    found = []
    for at in range(len(table.header)):
        texts = [text for text in sample(table.column(at)) if status_of(text) == "ok"]
        if at not in taken and texts and 2 * sum(map(is_number, texts)) >= len(texts):
            found.append(at)
    return tuple(found)


def default_value(table: Table, values: Sequence[int], is_unit: Callable[[str], bool]) -> int | None:
    """The first column of numbers that are neither codes nor periods nor all the same, else the first."""
    real = (at for at in values if _is_real(table.header[at], set(table.column(at)), is_unit))
    return next(real, values[0] if values else None)


def _is_real(name: str, texts: set[str], is_unit: Callable[[str], bool]) -> bool:
    if is_code(name) or are_periods(name, texts) or len(texts) == 1:
        return False
    some = sorted(texts)[:50]
    return 2 * sum(map(is_unit, some)) < len(some)


def is_number(text: str) -> bool:
    """Whether ``text`` is a number with either decimal mark."""
    return parse(text, ",") is not None


def are_periods(name: str, texts: set[str]) -> bool:
    """Whether a column holds periods: its name says so, or all of it looks so."""
    return bool(_TIME & set(_words(name))) or all(_PERIOD.fullmatch(text) for text in texts)


def is_code(name: str) -> bool:
    """Whether a column's name says that it holds codes."""
    return any(word in _CODES or word.startswith("kod") or word.endswith("kod") for word in _words(name))


def _words(name: str) -> tuple[str, ...]:
    return words(name.replace("_", " "))


def decimal_evidence(table: Table, values: Iterable[int]) -> int:
    """What the columns ``values`` together show of the decimal mark: above zero for the comma, below for the point."""
    return sum(evidence(sample(table.column(at))) for at in values)


def read_column(table: Table, at: int, mark: Mark | None, whole: int) -> Reading:
    """A column as numbers; where it does not show its decimal mark ``whole``, the evidence of all columns, does."""
    texts = table.column(at)
    return read_numbers(texts, mark, 0 if mark else evidence(texts), whole)


def is_relative(title: str, reading: Reading) -> bool:
    """Whether values look like shares or rates, which may fill areas, rather than like counts and amounts."""
    numbers = [value for value in reading.values if value is not None]
    said = bool(_RELATIVE & set(_words(title))) or any(sign in title for sign in "%‰/")
    small = all(abs(value) <= _LARGEST_RATE for value in numbers)
    return reading.percent or said or (small and any(not value.is_integer() for value in numbers))
