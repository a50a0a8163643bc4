"""Columns that tell the rows of one unit apart: a period, an indicator's name, an age group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.errors import TableRefused
from geoportal.join.choices import Choices, column_of
from geoportal.join.table import Table
from geoportal.join.values import are_periods, is_code, is_number

_MOST_PARTS = 60
_MOST_PARTERS = 3
_ENOUGH = 0.95  # of the rows must be told apart; otherwise the table has rows that repeat, and that is reported


@dataclass(frozen=True)
class Parter:
    """A column, the different parts that it has, and the one whose rows are used."""

    column: int
    parts: tuple[str, ...]
    part: str
    is_period: bool


def find_parters(table: Table, unit: int, within: int | None, choices: Choices) -> tuple[Parter, ...]:
    """The columns needed to have one row for each unit, a period first. The last period is used, else the first part.

    Raises ``TableRefused`` for a part that was chosen and is not there.
    """
    keys: list[tuple[str, ...]] = [(text,) for text in table.column(unit)]
    found: list[tuple[int, bool]] = []
    before: list[tuple[int, bool]] = []
    for is_period in (True, *(False,) * _MOST_PARTERS):
        if len(set(keys)) == len(keys):
            break
        at = _best(table, keys, is_period, {unit, within, *(one for one, _ in found)})
        if at is not None:
            found.append((at, is_period))
            keys = [(*key, cell) for key, cell in zip(keys, table.column(at), strict=True)]
        before = before or (found if is_period else [])[:]
    used = found if len(set(keys)) >= _ENOUGH * len(keys) else before
    wanted = {column_of(table, name, "part"): part for name, part in choices.parts.items()}
    return tuple(_parter(table, at, is_period, wanted.get(at)) for at, is_period in used)


def _parter(table: Table, at: int, is_period: bool, wanted: str | None) -> Parter:
    cells = table.column(at)
    parts = tuple(sorted(set(cells))) if is_period else tuple(dict.fromkeys(cells))
    if wanted is not None and wanted not in parts:
        shown = ", ".join(parts)[:400]
        raise TableRefused("part", part=wanted[:80], column=table.header[at], parts=shown)
    return Parter(at, parts, wanted if wanted is not None else parts[-1 if is_period else 0], is_period)


def _best(table: Table, keys: Sequence[tuple[str, ...]], is_period: bool, taken: set[int | None]) -> int | None:
    """The first column that makes the most of ``keys`` different."""
    best, most = None, len(set(keys))
    for at, name in enumerate(table.header):
        if at in taken:
            continue
        cells = table.column(at)
        different = set(cells)
        if not 1 < len(different) <= _MOST_PARTS or are_periods(name, different) != is_period:
            continue
        if not is_period and not _are_words(name, different):
            continue
        parted = len({(*key, cell) for key, cell in zip(keys, cells, strict=True)})
        if parted > most:
            best, most = at, parted
    return best


def _are_words(name: str, texts: set[str]) -> bool:
    return is_code(name) or 2 * sum(not is_number(text) for text in texts) >= len(texts)
