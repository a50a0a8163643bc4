"""A joined table as files: the same rows with official codes, features for GIS, and a link that carries the values."""

from __future__ import annotations

import base64
import csv
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from geoportal.encode.workbook import FORMULA, Cell, Sheet, write_sheets
from geoportal.join import limits
from geoportal.join.join import Joined
from geoportal.join.values import is_number

ADDED = ("kod", "nazev", "uroven", "pripojeni")


def tab_separated(joined: Joined) -> str:
    """The table as text that is read as the same table, with each row at its number."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    at = 1
    for line in joined.sent.lines:
        text.write("\n" * (line.number - at))
        writer.writerow(line.cells)
        at = line.number + 1 + sum(cell.count("\n") for cell in line.cells)
    return text.getvalue()


def to_csv(joined: Joined) -> bytes:
    """The table with the official code and name of each row's unit, as spreadsheets in Czech open it: UTF-8 with a
    mark, semicolons, numbers as they were written. No cell begins a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    for row in _rows(joined):
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(joined: Joined) -> bytes:
    """The same as a spreadsheet: numbers as numbers, everything else as text that stays text."""
    saved = io.BytesIO()
    write_sheets(saved, [Sheet("Tabulka", _typed_rows(joined), frozen=True)], joined.title)
    return saved.getvalue()


def _typed_rows(joined: Joined) -> Iterator[list[Cell]]:
    head, *rows = _rows(joined)
    yield list(head)
    for position, row in enumerate(rows):
        numbers = {at: reading.values[position] for at, reading in joined.readings.items()}
        found = (numbers.get(at) for at in range(len(row)))
        yield [text if number is None else number for text, number in zip(row, found, strict=True)]


def _rows(joined: Joined) -> Iterator[list[str]]:
    yield [*joined.table.header, *free_names(joined.table.header, ADDED)]
    for line, meaning in zip(joined.table.lines, joined.matched.meanings, strict=True):
        unit = meaning.unit
        found = [unit.code, unit.name, unit.level] if unit else ["", "", ""]
        yield [*line.cells, *found, meaning.how or meaning.state]


def harmless(cell: str) -> str:
    """``cell`` with an apostrophe before what a spreadsheet would run as a formula; numbers stay as they are."""
    return f"'{cell}" if cell.startswith(FORMULA) and not is_number(cell) else cell


def free_names(taken: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """``wanted`` names, each with an underscore behind it where it is taken."""
    held = {name.casefold() for name in taken}
    names = []
    for name in wanted:
        while name.casefold() in held:
            name += "_"
        names.append(name)
    return names


def to_features(joined: Joined, features: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """``features`` (of the units, by id) with ``kod``, ``nazev``, ``hodnota``, ``stav`` and the columns of their row.

    A unit whose rows say different things has the columns of none of them.
    """
    values = {value.code: value for value in joined.values}
    conflicts = {one.unit.code for one in joined.conflicts}
    names = free_names(("kod", "nazev", "hodnota", "stav"), joined.table.header)
    for feature in features:
        unit = values[str(feature["id"])]
        rows = () if unit.code in conflicts else joined.matched.rows.get(unit.code, ())
        row = dict(zip(names, _typed(joined, rows[0]), strict=True)) if rows else {}
        properties = {"kod": unit.code, "nazev": unit.name, "hodnota": unit.value, "stav": unit.status, **row}
        yield {"type": "Feature", "id": unit.code, "geometry": feature["geometry"], "properties": properties}


def _typed(joined: Joined, row: int) -> Iterator[str | float | None]:
    for at, text in enumerate(joined.table.lines[row].cells):
        reading = joined.readings.get(at)
        number = reading.values[row] if reading else None
        yield number if number is not None else (text or None)


def link_fragment(joined: Joined, drawing: dict[str, str]) -> str | None:
    """Codes and shown values, with ``drawing``, packed for the part of an address that is not sent to a server.

    None where there is nothing to show or it would be longer than ``limits.LINK`` characters. Raw DEFLATE of JSON in
    Base64 for addresses (RFC 4648, section 5).
    """
    written = {"ok": "", "confidential": "i.d.", "missing": "", "incomplete": ""}
    rows = [
        (unit.code, repr(unit.value) if unit.value is not None else written[unit.status])
        for unit in joined.values
        if unit.value is not None or unit.status == "confidential"
    ]
    if not rows:
        return None
    text = "\n".join(f"{code}\t{value}" for code, value in (("kod", joined.title), *rows))
    fields = {"text": text, "level": joined.seen.level, "unit": "#1", "value": "#2", "decimal": ".", **drawing}
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(orjson.dumps(fields)) + packer.flush()
    fragment = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return fragment if len(fragment) <= limits.LINK else None
