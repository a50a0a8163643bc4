"""XLSX: one sheet with the attributes (points with longitude and latitude), one that explains them. No formulas."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from geoportal.encode.about import in_words
from geoportal.encode.archive import write_zip
from geoportal.encode.format import Format, LayerContent
from geoportal.encode.markup import clean_text
from geoportal.encode.table import are_points, rows

LONGEST_TEXT = 32_767  # characters of a cell (Excel specifications and limits)
_CZECH_TYPES = MappingProxyType(
    {
        "text": "text", "code": "kód", "integer": "celé číslo", "number": "číslo", "boolean": "ano/ne",
        "date": "datum", "datetime": "okamžik (UTC)", "url": "adresa", "phone": "telefon",
    }
)  # fmt: skip


def _write(path: Path, content: LayerContent) -> None:
    book = Workbook(write_only=True)
    book.properties.creator = str(content.about["attribution"])
    book.properties.title = str(content.about["title"])
    _attributes(book, content)
    _explanation(book, content)
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as archive:
        write_zip(path, [(name, timeless(archive.read(name))) for name in archive.namelist()])


def timeless(part: bytes) -> bytes:
    """A part of the workbook without the moment at which it was made."""
    return re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", part)


def _attributes(book: Workbook, content: LayerContent) -> None:
    sheet = book.create_sheet(sheet_name(str(content.about["title"])))
    places = ["lon", "lat"] if are_points(content) else []
    header = [*content.fields, *places]
    for position, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(position)].width = min(40, max(12, len(name) + 2))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(content.frame) + 1}"
    sheet.append([bold_cell(sheet, name) for name in header])
    makers = [_CELLS.get(field.type, text_cell) for field in content.fields.values()]
    for row, place in zip(rows(content), _places(content, bool(places)), strict=True):
        cells = [None if value is None else make(sheet, value) for make, value in zip(makers, row, strict=True)]
        sheet.append([*cells, *place])


def _places(content: LayerContent, points: bool) -> Iterator[tuple[float, ...]]:
    geometry = content.frame.geometry
    return zip(geometry.x.tolist(), geometry.y.tolist(), strict=True) if points else iter([()] * len(geometry))


def _explanation(book: Workbook, content: LayerContent) -> None:
    sheet = book.create_sheet("Popis")
    for letter, width in zip("ABCD", (28, 60, 16, 16), strict=True):
        sheet.column_dimensions[letter].width = width
    about = [*in_words(content.about), ("Počet prvků", str(len(content.frame)))]
    if are_points(content):
        about.append(("Poloha", "lon, lat: zeměpisná délka a šířka ve stupních (WGS 84)"))
    if cut := sum(len(value) > LONGEST_TEXT for row in rows(content) for value in row if isinstance(value, str)):
        about.append(("Zkráceno", f"{cut} textů na {LONGEST_TEXT} znaků; celé jsou v ostatních formátech"))
    for word, said in about:
        sheet.append([bold_cell(sheet, word), text_cell(sheet, said)])
    sheet.append([])
    sheet.append([bold_cell(sheet, word) for word in ("Sloupec", "Význam", "Jednotka", "Typ")])
    for name, field in content.fields.items():
        words = (name, field.title.cs, field.unit or "", _CZECH_TYPES[field.type])
        sheet.append([text_cell(sheet, word) for word in words])


def sheet_name(title: str) -> str:
    """At most 31 characters without those that Excel forbids."""
    return re.sub(r"[\[\]:*?/\\]", " ", clean_text(title)).strip("' ")[:31] or "Data"


def bold_cell(sheet: Any, text: str) -> WriteOnlyCell:
    cell = text_cell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def text_cell(sheet: Any, value: object) -> WriteOnlyCell:
    """Text that stays text, also where it begins as a formula or consists of digits."""
    cell = WriteOnlyCell(sheet, clean_text(value)[:LONGEST_TEXT])
    cell.data_type = "s"
    cell.number_format = "@"
    if str(value).startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True  # keeps it text when somebody edits the cell
    return cell


def _day_cell(sheet: Any, value: object) -> WriteOnlyCell:
    day = dt.date.fromisoformat(str(value))
    return WriteOnlyCell(sheet, day) if day.year >= 1900 else text_cell(sheet, value)  # Excel counts days from 1900


def _instant_cell(sheet: Any, value: object) -> WriteOnlyCell:
    instant = dt.datetime.fromisoformat(str(value)).astimezone(dt.UTC).replace(tzinfo=None)  # Excel knows no zones
    return WriteOnlyCell(sheet, instant) if instant.year >= 1900 else text_cell(sheet, value)


def _plain_cell(sheet: Any, value: object) -> WriteOnlyCell:
    return WriteOnlyCell(sheet, value)


_CELLS: Mapping[str, Callable[[Any, object], WriteOnlyCell]] = MappingProxyType(
    {
        "integer": _plain_cell,
        "number": _plain_cell,
        "boolean": _plain_cell,
        "date": _day_cell,
        "datetime": _instant_cell,
    }
)

FORMAT = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Excel (XLSX)",
    "OGC:CRS84",
    _write,
    "xlsx",
    most=200_000,  # Excel holds five times as many, but takes minutes to open them
)
