"""Spreadsheets: saved values, and archives that are refused before they are unpacked."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoportal.errors import TableRefused, TableTooLarge
from geoportal.join import limits
from geoportal.join.spreadsheet import is_spreadsheet, read_spreadsheet

NOON = datetime.fromisoformat("2024-01-02T12:00:00")


def book(rows, **sheets):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for title, others in sheets.items():
        sheet = made.create_sheet(title)
        for row in others:
            sheet.append(row)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return saved.getvalue()


def altered(content, name, change):
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        parts = {one: held.read(one) for one in held.namelist()}
    return archive({**parts, name: change(parts[name])})


def refused(content, sheet=None):
    with pytest.raises(TableRefused) as found:
        read_spreadsheet(content, sheet)
    return found.value


ROWS = [["Obec", "Podíl"], ["Liberec", 1.5], ["Semily", 2]]


def test_values_are_read_as_a_czech_would_type_them():
    content = book(
        [
            ["a", "b"],
            [563889.0, 1.25],
            ["=1+1", True],
            [date(2024, 1, 2), NOON],
            [None, 7],
        ]
    )
    assert [line.cells for line in read_spreadsheet(content).lines] == [
        ("a", "b"), ("563889", "1,25"), ("", "ano"), ("2024-01-02", "2024-01-02T12:00:00"), ("", "7"),
    ]  # fmt: skip


def test_a_formula_is_never_run():
    content = book([["obec", "x"], ["Liberec", '=HYPERLINK("http://example.org","x")'], ["Semily", "=2*3"]])
    assert [line.cells for line in read_spreadsheet(content).lines] == [("obec", "x"), ("Liberec",), ("Semily",)]


def test_the_first_sheet_with_rows_is_read_unless_one_is_asked_for():
    content = book([], Data=ROWS, Jiné=[["x"], [1]])
    assert read_spreadsheet(content).sheet == "Data"
    assert read_spreadsheet(content, "Jiné").lines[0].cells == ("x",)
    assert read_spreadsheet(content).sheets == ("Sheet", "Data", "Jiné")
    assert refused(content, "Není").key == "sheet"


def test_rows_keep_their_numbers():
    assert [line.number for line in read_spreadsheet(book([[None], *ROWS, [None], ["Turnov", 3]])).lines] == [
        2,
        3,
        4,
        6,
    ]


def test_what_a_sheet_says_of_its_size_is_not_believed():
    content = altered(
        book(ROWS),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b'ref="A1:B3"', b'ref="A1:XFD1048576"'),
    )
    assert len(read_spreadsheet(content).lines) == 3


def test_a_row_far_below_or_a_cell_far_to_the_right_is_refused():
    far = altered(book(ROWS), "xl/worksheets/sheet1.xml", lambda part: part.replace(b'r="3"', b'r="1048576"'))
    assert refused(far).key == "rows"
    assert refused(book([["x"] * 201, ["Liberec"]])).key == "columns"
    assert refused(book([["x"] * 10_000])).values["columns"] == 10_000


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * (limits.UNZIPPED_BYTES + 1)})
    assert len(bomb) < 100_000
    error = refused(bomb)
    assert isinstance(error, TableTooLarge)
    assert error.key == "unzipped"


def test_a_zip_bomb_that_lies_about_its_size_gives_no_more_than_it_said():
    bomb = archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * 20_000_000})
    size = (20_000_000).to_bytes(4, "little")
    assert refused(bomb.replace(size, (1000).to_bytes(4, "little"))).key == "workbook"


def test_many_parts_are_refused():
    assert refused(archive({f"p{at}": b"" for at in range(limits.UNZIPPED_PARTS + 1)})).key == "parts"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert refused(altered(book(ROWS), "xl/workbook.xml", lambda part: text.encode(encoding))).key == "workbook"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "XLS"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "GZIP"),
        (b"SQLite format 3\0", "SQLite"),
    ],
)
def test_files_of_other_programs_are_refused_by_name(content, kind):
    with pytest.raises(TableRefused) as found:
        is_spreadsheet(content)
    assert found.value.values == {"kind": kind}


def test_another_archive_is_refused_by_name():
    assert refused(archive({"content.xml": b"<x/>"})).values == {"kind": "ZIP"}


def test_an_empty_book_is_refused():
    assert refused(book([])).key == "empty"


@settings(max_examples=40)
@given(st.data())
def test_a_damaged_book_is_read_or_refused(data):
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(TableRefused):
        read_spreadsheet(bytes(content))


WHOLE = book(ROWS)
