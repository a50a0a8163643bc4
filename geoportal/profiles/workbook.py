"""The figures of a unit as XLSX: a sheet with the table, one that explains it. The same bytes for the same figures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from geoportal.encode.archive import write_zip
from geoportal.encode.xlsx import bold_cell, sheet_name, text_cell, timeless
from geoportal.profiles.table import COLUMNS, Cell

_WIDTHS = (24, 24, 40, 18, 10, 14, 12, 8, 10, 14, 14, 50)


def as_workbook(title: str, said: Iterable[tuple[str, str]], table: Iterable[Sequence[Cell]]) -> bytes:
    """The workbook about the unit called ``title``; ``said`` are pairs of words and what they mean, for the sheet."""
    book = Workbook(write_only=True)
    book.properties.title = title
    sheet = book.create_sheet(sheet_name(title))
    for position, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([bold_cell(sheet, column) for column in COLUMNS])
    for row in table:
        sheet.append([text_cell(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    _explain(book, said)
    saved, packed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as archive:
        write_zip(packed, [(name, timeless(archive.read(name))) for name in archive.namelist()])
    return packed.getvalue()


def _explain(book: Workbook, said: Iterable[tuple[str, str]]) -> None:
    sheet = book.create_sheet("Popis")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
    for word, meaning in said:
        sheet.append([bold_cell(sheet, word), text_cell(sheet, meaning)])
    sheet.append([])
    for word, meaning in COLUMNS.items():
        sheet.append([text_cell(sheet, word), text_cell(sheet, meaning)])
