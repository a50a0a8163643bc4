"""The figures of a unit as XLSX: a sheet with the table, one that explains it. The same bytes for the same figures."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from geoportal.encode.workbook import Bold, Sheet, below, sheet_name, write_sheets
from geoportal.profiles.table import COLUMNS, Cell

_WIDTHS = (24, 24, 40, 18, 10, 14, 12, 8, 10, 14, 14, 14, 50)


def as_workbook(title: str, said: Iterable[tuple[str, str]], table: Iterable[Sequence[Cell]]) -> bytes:
    """The workbook about the unit called ``title``; ``said`` are pairs of words and what they mean, for the sheet."""
    figures = Sheet(sheet_name(title), below(COLUMNS, table), _WIDTHS, frozen=True)
    explained = [*((Bold(word), meaning) for word, meaning in said), (), *COLUMNS.items()]
    saved = io.BytesIO()
    write_sheets(saved, (figures, Sheet("Popis", explained, (24, 90))), title)
    return saved.getvalue()
