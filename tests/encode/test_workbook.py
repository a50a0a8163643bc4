"""Workbooks are read back with openpyxl, which shares no code with what writes them."""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import openpyxl
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from geoportal.encode.markup import clean_text
from geoportal.encode.workbook import FORMULA, Cell, Sheet, below, column_name, sheet_name, write_sheets

FIRST = dt.date(1900, 3, 1)  # the days before have a test of their own
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.dates(FIRST),
    st.builds(dt.datetime.combine, st.dates(FIRST), st.times().map(lambda time: time.replace(microsecond=0))),
)


def packed(*sheets: Sheet) -> bytes:
    saved = io.BytesIO()
    write_sheets(saved, sheets, "Název & sešit", "© Kraj <pokus>")
    return saved.getvalue()


def read(rows: Sequence[Sequence[Cell]]) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(packed(Sheet("List", rows)))).worksheets[0]


def seen(cell: Cell) -> object:
    """What a reader of XML and of the calendar of Excel must see of a cell."""
    if isinstance(cell, str):
        return clean_text(cell)
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return dt.datetime.combine(cell, dt.time())
    return cell


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=5))
def test_what_is_written_is_read_back(rows: list[list[Cell]]) -> None:
    sheet = read(rows)
    for (line, row), column in product(enumerate(rows, 1), range(5)):
        wanted = seen(row[column]) if column < len(row) else None
        found = sheet.cell(line, column + 1).value
        assert found == wanted or (isinstance(wanted, float) and math.isclose(found, wanted)), (line, column)


@pytest.mark.parametrize("text", [*(f"{sign}1" for sign in FORMULA), "001", "2024-05-01", "TRUE", "1E5"])
def test_text_stays_text(text: str) -> None:
    cell = read([[text]])["A1"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert cell.quotePrefix == text.startswith(FORMULA)


def test_blanks_at_the_ends_and_line_breaks_of_all_systems_stay() -> None:
    texts = ["  a  ", "a\nb", "a\r\nb", "a\rb", "\ta"]
    assert [cell.value for cell in read([texts])[1]] == texts
    with zipfile.ZipFile(io.BytesIO(packed(Sheet("List", [["  a  ", "b"]])))) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").count(b'xml:space="preserve"') == 1  # else Excel drops them


def test_a_number_that_is_none_is_an_empty_cell() -> None:
    assert [cell.value for cell in read([[math.nan, math.inf, -math.inf, None, 0.1]])[1]] == [None] * 4 + [0.1]


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.date(2024, 2, 29)])
def test_days_are_those_of_excel_which_counts_a_29_february_1900(day: dt.date) -> None:
    cell = read([[day]])["A1"]
    assert (cell.value, cell.number_format) == (dt.datetime.combine(day, dt.time()), r"yyyy\-mm\-dd")


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    assert [column_name(at) for at in range(1, 1000)] == [get_column_letter(at) for at in range(1, 1000)]


def test_head_is_bold_frozen_and_can_be_filtered() -> None:
    rows = below(("kod", "-název"), [("1", 2)])
    book = openpyxl.load_workbook(io.BytesIO(packed(Sheet("Obce 'a'", rows, (10, 20), frozen=True, filtered=(2, 2)))))
    sheet = book["Obce 'a'"]
    assert [cell.font.b for cell in sheet[1]] == [True, True]
    assert [cell.quotePrefix for cell in sheet[1]] == [False, True]
    assert not sheet["A2"].font.b
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [10, 20]


def test_the_book_says_what_it_is_and_nothing_of_when_it_was_made() -> None:
    book = packed(Sheet("Jeden", [["a"]]), Sheet("Dva", [["b"]]))
    read_back = openpyxl.load_workbook(io.BytesIO(book))
    assert read_back.sheetnames == ["Jeden", "Dva"]
    assert (read_back.properties.title, read_back.properties.creator) == ("Název & sešit", "© Kraj <pokus>")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert b"dcterms" not in archive.read("docProps/core.xml")
    assert book == packed(Sheet("Jeden", [["a"]]), Sheet("Dva", [["b"]]))


def test_every_part_is_xml_that_the_list_of_contents_names() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(Sheet("a", []), Sheet("b", [])))) as archive:
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    named = {part.get("PartName") for part in parts["[Content_Types].xml"] if part.get("PartName")}
    assert named == {f"/{name}" for name in parts if not name.endswith((".rels", "Types].xml"))}


def test_gdal_reads_columns_of_the_same_types(tmp_path: Path) -> None:
    rows = below(("kod", "podil", "den"), [("001", 1.5, dt.date(2024, 2, 29)), ("002", None, None)])
    (tmp_path / "a.xlsx").write_bytes(packed(Sheet("Obce", rows)))
    frame = pyogrio.read_dataframe(tmp_path / "a.xlsx", layer="Obce")
    assert frame["kod"].tolist() == ["001", "002"]
    assert frame["podil"].tolist()[0] == 1.5
    assert frame["den"].isna().tolist() == [False, True]
    assert str(frame["den"].tolist()[0]).startswith("2024-02-29")


def test_rows_are_asked_for_one_by_one() -> None:
    """A large sheet need not fit into memory: its rows are written as they come."""
    saved, sizes = io.BytesIO(), []

    def rows():
        for number in range(20_000):
            if number % 5_000 == 0:
                sizes.append(saved.tell())
            yield [f"{number * 7919 % 10007} {number * 104729 % 99991}", number]

    write_sheets(saved, [Sheet("List", rows())])
    assert sizes == sorted(set(sizes))


@pytest.mark.parametrize(("title", "name"), [("[a]:b?", "a  b"), ("x" * 40, "x" * 31), ("'", "Data"), ("", "Data")])
def test_a_sheet_is_called_what_excel_allows(title: str, name: str) -> None:
    assert sheet_name(title) == name
