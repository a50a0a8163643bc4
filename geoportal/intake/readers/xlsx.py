"""Spreadsheets (XLSX): the values that were saved; formulas are never evaluated."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from geoportal.cards.source import SourceCard
from geoportal.errors import SourceRefused
from geoportal.intake.coordinates import place
from geoportal.intake.ogr import the_layer
from geoportal.intake.reading import Note, Reading, examples

Rows = list[tuple[Any, ...]]


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """The sheet ``table`` (which must be named where there are several) as text, its first filled row the header.

    Heeds ``table``, ``decimal``, ``thousands``, ``crs``, ``lon``, ``lat``, ``wkt`` and ``wkt_axes``. Raises
    ``SourceRefused`` for a formula whose result was not saved.
    """
    values, formulas = _sheet(path, table, saved=True), _sheet(path, table, saved=False)
    computed = _refuse_unsaved(values, formulas, path.name)
    filled = [row for row in values if any(cell is not None for cell in row)]
    if not filled:
        raise SourceRefused(f"{path.name}: the sheet is empty")
    header = [_text(cell, ".") or "" for cell in filled[0]]
    frame = pd.DataFrame(
        {
            name.strip(): pd.Series([_text(row[at], card.read.decimal) for row in filled[1:]], dtype=object)
            for at, name in enumerate(header)
            if name.strip()
        }
    )
    named = [name.strip() for name in header if name.strip()]
    if len(named) > len(frame.columns):
        raise SourceRefused(f"{path.name}: two columns have the same name among: {', '.join(named)}")
    notes = (Note("formulas", len(computed), f"{path.name}: vzorce se nepočítají, platí uložené výsledky", computed),)
    return place(Reading(frame, notes if computed else ()), card.read, path.name)


def _sheet(path: Path, table: str | None, saved: bool) -> Rows:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=saved)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise SourceRefused(f"{path.name}: is not a spreadsheet (XLSX): {error}") from None
    try:
        return list(book[the_layer(book.sheetnames, table, path.name)].iter_rows(values_only=True))
    finally:
        book.close()


def _refuse_unsaved(values: Rows, formulas: Rows, shown: str) -> tuple[str, ...]:
    """The first cells with formulas, all of which have a saved result."""
    cells = [
        (f"{openpyxl.utils.get_column_letter(column + 1)}{row + 1}", values[row][column])
        for row, line in enumerate(formulas)
        for column, cell in enumerate(line)
        if isinstance(cell, str) and cell.startswith("=")
    ]
    unsaved = [name for name, value in cells if value is None]
    if unsaved:
        raise SourceRefused(f"{shown}: cell {unsaved[0]} is a formula without a saved result; save it as values")
    return examples(name for name, _ in cells)


def _text(cell: Any, decimal: str) -> str | None:
    match cell:
        case None | "":
            return None
        case bool():
            return str(cell).lower()
        case datetime() if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return cell.date().isoformat()
        case datetime() | date():
            return cell.isoformat()
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", decimal)
        case _:
            return str(cell)
