"""XLSX: one sheet with the attributes (points with longitude and latitude), one that explains them. No formulas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geoportal.encode import workbook
from geoportal.encode.about import in_words
from geoportal.encode.format import Format, LayerContent
from geoportal.encode.table import are_points, rows
from geoportal.encode.workbook import Bold, Cell, Sheet, below, sheet_name, write_sheets

_CZECH_TYPES = MappingProxyType(
    {
        "text": "text", "code": "kód", "integer": "celé číslo", "number": "číslo", "boolean": "ano/ne",
        "date": "datum", "datetime": "okamžik (UTC)", "url": "adresa", "phone": "telefon",
    }
)  # fmt: skip


def _write(path: Path, content: LayerContent) -> None:
    title = str(content.about["title"])
    write_sheets(path, (_attributes(content, title), _explanation(content)), title, str(content.about["attribution"]))


def _attributes(content: LayerContent, title: str) -> Sheet:
    header = [*content.fields, *(["lon", "lat"] if are_points(content) else [])]
    widths = [min(40, max(12, len(name) + 2)) for name in header]
    filtered = (len(content.frame) + 1, len(header))
    return Sheet(sheet_name(title), below(header, _cells(content)), widths, frozen=True, filtered=filtered)


def _cells(content: LayerContent) -> Iterator[list[Cell]]:
    makers = [_CELLS.get(field.type, str) for field in content.fields.values()]
    for row, place in zip(rows(content), _places(content), strict=True):
        yield [*(None if value is None else make(value) for make, value in zip(makers, row, strict=True)), *place]


def _places(content: LayerContent) -> Iterator[tuple[float, ...]]:
    geometry = content.frame.geometry
    if are_points(content):
        return zip(geometry.x.tolist(), geometry.y.tolist(), strict=True)
    return iter([()] * len(geometry))


def _explanation(content: LayerContent) -> Sheet:
    about = [*in_words(content.about), ("Počet prvků", str(len(content.frame)))]
    if are_points(content):
        about.append(("Poloha", "lon, lat: zeměpisná délka a šířka ve stupních (WGS 84)"))
    longest = workbook.LONGEST_TEXT
    if cut := sum(len(value) > longest for row in rows(content) for value in row if isinstance(value, str)):
        about.append(("Zkráceno", f"{cut} textů na {longest} znaků; celé jsou v ostatních formátech"))
    table: list[tuple[Cell, ...]] = [(Bold(word), said) for word, said in about]
    table += [(), tuple(Bold(word) for word in ("Sloupec", "Význam", "Jednotka", "Typ"))]
    for name, field in content.fields.items():
        table.append((name, field.title.cs, field.unit or "", _CZECH_TYPES[field.type]))
    return Sheet("Popis", table, (28, 60, 16, 16))


def _day(value: object) -> Cell:
    day = dt.date.fromisoformat(str(value))
    return day if day.year >= 1900 else str(value)  # Excel counts days from 1900


def _instant(value: object) -> Cell:
    instant = dt.datetime.fromisoformat(str(value)).astimezone(dt.UTC).replace(tzinfo=None)  # Excel knows no zones
    return instant if instant.year >= 1900 else str(value)


def _plain(value: Any) -> Cell:
    cell: Cell = value
    return cell


_CELLS: Mapping[str, Callable[[object], Cell]] = MappingProxyType(
    {"integer": _plain, "number": _plain, "boolean": _plain, "date": _day, "datetime": _instant}
)

FORMAT = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Excel (XLSX)",
    "OGC:CRS84",
    _write,
    "xlsx",
    placeless=True,
    most=200_000,  # Excel holds five times as many, but takes minutes to open them
)
