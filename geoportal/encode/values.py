"""Values of an indicator as XLSX: one sheet with the rows, one that explains them. The same bytes for the same rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook

from geoportal.encode.archive import write_zip
from geoportal.encode.xlsx import bold_cell, sheet_name, text_cell, timeless

_WIDTHS = {"A": 10, "B": 10, "C": 32, "D": 10, "E": 14, "F": 14}


def write_workbook(
    path: Path | IO[bytes], about: Mapping[str, Any], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Writes the rows below ``columns``. Codes, names and periods stay text; a value that is missing is empty.

    ``about`` may hold ``more``, pairs of a word and its meaning that the explanation ends with.
    """
    book = Workbook(write_only=True)
    book.properties.creator = str(about["attribution"])
    book.properties.title = str(about["title"]["cs"])
    sheet = book.create_sheet(sheet_name(about["title"]["cs"]))
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.append([bold_cell(sheet, column) for column in columns])
    for row in rows:
        sheet.append([text_cell(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    _explain(book, about)
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as archive:
        write_zip(path, [(name, timeless(archive.read(name))) for name in archive.namelist()])


def _explain(book: Workbook, about: Mapping[str, Any]) -> None:
    sheet = book.create_sheet("Popis")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 90
    said = (
        ("Název", about["title"]["cs"]),
        ("Popis", about["description"]["cs"]),
        ("Jednotka", about["unit"]["cs"]),
        ("Zdroj", about["attribution"]),
        ("Podmínky užití", "; ".join(about["licences"])),
    )
    for word, text in (*said, *about.get("more", ())):
        sheet.append([bold_cell(sheet, word), text_cell(sheet, text)])
