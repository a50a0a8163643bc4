"""Spreadsheets (XLSX) as rows: the saved values alone, from an archive that was looked over before it is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from geoportal.errors import TableRefused, TableTooLarge
from geoportal.join import limits
from geoportal.join.table import Sent, gather

_KINDS = (
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "GZIP"),
    (b"SQLite", "SQLite"),
)
_DECLARATIONS = tuple(
    word.encode(name) for word in ("<!DOCTYPE", "<!ENTITY") for name in ("ascii", "utf-16-le", "utf-16-be")
)
_CHUNK = 1 << 20


def is_spreadsheet(content: bytes) -> bool:
    """Whether ``content`` is a ZIP archive, as XLSX is. Raises ``TableRefused`` for files of other programs."""
    for start, kind in _KINDS:
        if content.startswith(start):
            raise TableRefused("kind", kind=kind)
    return content.startswith(b"PK\x03\x04")


def read_spreadsheet(content: bytes, wanted: str | None = None) -> Sent:
    """The rows of the sheet ``wanted``, by default of the first that is not empty.

    Formulas are not run: a cell holds what was saved. Raises ``TableRefused``, ``TableTooLarge`` before an archive is
    unpacked that would become too large.
    """
    check_archive(content)
    import openpyxl  # here, because a worker that nobody sends a spreadsheet does without it

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception:  # a broken file raises what its broken part happens to raise
        raise TableRefused("workbook") from None
    try:
        return _read(book, wanted)
    except TableRefused:
        raise
    except Exception:
        raise TableRefused("workbook") from None
    finally:
        book.close()


def check_archive(content: bytes) -> None:
    """Raises ``TableRefused`` for an archive that is no XLSX or declares entities, ``TableTooLarge`` for a zip bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > limits.UNZIPPED_PARTS:
                raise TableTooLarge("parts", parts=len(parts), most=limits.UNZIPPED_PARTS)
            size = sum(part.file_size for part in parts)
            most = min(limits.UNZIPPED_BYTES, max(_CHUNK, limits.RATIO * len(content)))
            if size > most:
                raise TableTooLarge("unzipped", size=size // _CHUNK, most=most // _CHUNK)
            if "xl/workbook.xml" not in archive.namelist():
                raise TableRefused("kind", kind="ZIP")
            for part in parts:
                _refuse_declarations(archive, part)
    except TableRefused:
        raise
    except Exception:  # as above
        raise TableRefused("workbook") from None


def _refuse_declarations(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Entities could grow without end; no program that writes XLSX declares any."""
    before = b""
    with archive.open(part) as stream:  # never gives more than the size that was checked
        while chunk := stream.read(_CHUNK):
            if any(word in before + chunk for word in _DECLARATIONS):
                raise TableRefused("workbook")
            before = chunk[-32:]


def _read(book: Any, wanted: str | None) -> Sent:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    names = tuple(sheet.title for sheet in sheets)
    if wanted and wanted not in names:
        raise TableRefused("sheet", sheet=wanted[:40], sheets=", ".join(names)[:200])
    refused: TableRefused = TableRefused("empty")
    for sheet in sheets:
        if wanted in (None, "", sheet.title):
            try:
                return Sent(gather(_rows(sheet)), sheet=sheet.title, sheets=names)
            except TableTooLarge:
                raise
            except TableRefused as error:
                refused = error
    raise refused


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[str]]]:
    sheet.reset_dimensions()  # what the file says of its size need not be so
    empty = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        empty = 0 if any(cell is not None for cell in row) else empty + 1
        if empty > limits.ROWS:
            raise TableTooLarge("rows", row=number, most=limits.ROWS)
        yield number, [cell_text(cell) for cell in row]


def cell_text(cell: Any) -> str:
    """A cell's value as a Czech would type it: decimal comma, ISO dates, a code that was kept as a float as digits."""
    match cell:
        case None:
            return ""
        case bool():
            return "ano" if cell else "ne"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell).replace(".", ",")
        case datetime() if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return cell.date().isoformat()
        case datetime() | date():
            return cell.isoformat()
        case _:
            return str(cell)
