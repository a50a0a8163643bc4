"""Workbooks of typed cells as Office Open XML (ECMA-376, parts 1 and 2), the same bytes for the same cells.

Written row by row, so that a large sheet is never whole in memory, and without formulas.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from geoportal.encode.archive import write_zip
from geoportal.encode.markup import clean_text, xml_text

LONGEST_TEXT = 32_767  # characters of a cell (Excel specifications and limits)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what a cell that is edited would become one by
_PLAIN, _BOLD, _TEXT, _BOLD_PREFIXED, _PREFIXED, _DAY, _INSTANT = range(7)  # positions among the formats in _STYLES
_FIRST_DAY = dt.date(1899, 12, 30)  # day 0; Excel counts a 29 February 1900, which did not exist
_AFTER_THE_LEAP_DAY = dt.date(1900, 3, 1)


@dataclass(frozen=True)
class Bold:
    """A text in bold type."""

    text: str


Cell = str | Bold | float | dt.date | None


@dataclass(frozen=True)
class Sheet:
    """A sheet; text stays text even where it reads as a number or a formula, what is None or not finite is empty.

    ``widths``: of the first columns, in characters. ``frozen``: the first row stays in sight. ``filtered``: how many
    rows and columns can be filtered, the first row being the names of the columns.
    """

    name: str
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[float] = ()
    frozen: bool = False
    filtered: tuple[int, int] | None = None

    @property
    def filter_range(self) -> str | None:
        """The filtered cells as ``A1:C20``."""
        return f"A1:{column_name(self.filtered[1])}{self.filtered[0]}" if self.filtered else None


def below(columns: Iterable[str], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """``rows`` under a row with the names of the ``columns`` in bold."""
    yield [Bold(name) for name in columns]
    yield from rows


def write_sheets(target: Path | IO[bytes], sheets: Sequence[Sheet], title: str = "", creator: str = "") -> None:
    """Writes a workbook of ``sheets`` that says of itself ``title`` and ``creator``."""
    numbered = list(enumerate(sheets, 1))
    parts: list[tuple[str, bytes | Iterator[bytes]]] = [
        ("[Content_Types].xml", _content_types(len(sheets))),
        ("_rels/.rels", _RELATIONS),
        ("docProps/core.xml", _core(title, creator)),
        ("xl/workbook.xml", _workbook(sheets)),
        ("xl/_rels/workbook.xml.rels", _workbook_relations(len(sheets))),
        ("xl/styles.xml", _STYLES),
    ]
    write_zip(target, [*parts, *((f"xl/worksheets/sheet{at}.xml", _sheet(sheet)) for at, sheet in numbered)])


def sheet_name(title: str) -> str:
    """``title`` as a sheet can be called: at most 31 characters without those that Excel forbids."""
    return re.sub(r"[\[\]:*?/\\]", " ", clean_text(title)).strip("' ")[:31] or "Data"


def column_name(position: int) -> str:
    """``A``, ``Z``, ``AA`` … for 1, 26, 27 …"""
    name = ""
    while position:
        position, letter = divmod(position - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _sheet(sheet: Sheet) -> Iterator[bytes]:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if sheet.frozen else ""
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(sheet.widths, 1)
    )
    columns = f"<cols>{widths}</cols>" if widths else ""
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    yield f'{_XML}<worksheet xmlns="{_MAIN}">{view}{columns}<sheetData>'.encode()
    names: list[str] = []
    written = lru_cache(1024)(_text)  # tables repeat names of units and periods; kept no longer than for this sheet
    for number, row in enumerate(sheet.rows, 1):
        names += [column_name(at) for at in range(len(names) + 1, len(row) + 1)]
        cells = "".join([_cell(f"{name}{number}", value, written) for name, value in zip(names, row, strict=False)])
        yield f'<row r="{number}">{cells}</row>'.encode()
    ranged = f'<autoFilter ref="{sheet.filter_range}"/>' if sheet.filtered else ""
    yield f"</sheetData>{ranged}</worksheet>".encode()


def _cell(place: str, value: Cell, written: Callable[[str, int], str]) -> str:
    match value:
        case str():
            return f'<c r="{place}" {written(value, _PREFIXED if value.startswith(FORMULA) else _TEXT)}'
        case None:
            return ""
        case Bold():
            return f'<c r="{place}" {written(value.text, _BOLD_PREFIXED if value.text.startswith(FORMULA) else _BOLD)}'
        case bool():
            return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
        case dt.datetime():
            seconds = (value - dt.datetime.combine(value, dt.time())).total_seconds()
            return f'<c r="{place}" s="{_INSTANT}"><v>{_day(value.date()) + seconds / 86_400}</v></c>'
        case dt.date():
            return f'<c r="{place}" s="{_DAY}"><v>{_day(value)}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>' if math.isfinite(value) else ""


def _text(text: str, style: int) -> str:
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    said = xml_text(text[:LONGEST_TEXT]).replace("\r", "&#13;")  # a reader of XML takes a bare one for a line feed
    return f's="{style}" t="inlineStr"><is><t{kept}>{said}</t></is></c>'


def _day(day: dt.date) -> int:
    return (day - _FIRST_DAY).days - (day < _AFTER_THE_LEAP_DAY)


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_RELATIONS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
</Relationships>""".encode()

# The formats in the order of the names at the top; 49 is text, 164 and 165 are the two declared here.
_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7">\
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1"/>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>""".encode()


def _content_types(sheets: int) -> bytes:
    listed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for at in range(1, sheets + 1)
    )
    return f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{listed}</Types>""".encode()


def _core(title: str, creator: str) -> bytes:
    """What the workbook says of itself, without the moment at which it was made."""
    said = "".join(f"<dc:{key}>{xml_text(text)}</dc:{key}>" for key, text in (("creator", creator), ("title", title)))
    names = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f"{_XML}<cp:coreProperties {names}>{said}</cp:coreProperties>".encode()


def _workbook(sheets: Sequence[Sheet]) -> bytes:
    listed, filters = "", ""
    for at, sheet in enumerate(sheets):
        listed += f'<sheet name="{xml_text(sheet.name)}" sheetId="{at + 1}" r:id="rId{at + 1}"/>'
        if sheet.filtered:
            quoted = xml_text(clean_text(sheet.name).replace("'", "''"))
            place = f"'{quoted}'!$A$1:${column_name(sheet.filtered[1])}${sheet.filtered[0]}"
            filters += f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">{place}</definedName>'
    names = f"<definedNames>{filters}</definedNames>" if filters else ""
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets>{names}</workbook>"
    ).encode()


def _workbook_relations(sheets: int) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rId{sheets + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}{styles}</Relationships>'.encode()
