from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from geoportal.encode import workbook
from tests.encode.squares_layer import NAMES, content, written


def sheets(tmp_path: Path, kind: str = "polygon") -> tuple[Worksheet, Worksheet]:
    book = openpyxl.load_workbook(written("xlsx", tmp_path, content(kind)))
    assert book.sheetnames == ["Čtverce", "Popis"]
    return book["Čtverce"], book["Popis"]


def test_cells_have_the_types_of_their_fields(tmp_path: Path) -> None:
    attributes, _ = sheets(tmp_path)
    header, first, second, third = attributes.iter_rows(values_only=True)
    assert header == ("kod", "nazev", "podil", "pocet", "platne", "den", "okamzik", "poznamka")
    assert first[:5] == ("001", NAMES[0], 1.5, 7, True)
    assert first[5:7] == (dt.datetime(2024, 2, 29), dt.datetime(2024, 2, 29, 12, 30))  # noqa: DTZ001
    assert second == ("002", *[None] * 7)
    assert third[5] == "1850-01-01"  # before the first day that Excel knows


def test_text_that_begins_as_a_formula_stays_text(tmp_path: Path) -> None:
    attributes, _ = sheets(tmp_path)
    for cell, text in ((attributes["B4"], NAMES[2]), (attributes["H4"], "-5")):
        assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
    with zipfile.ZipFile(tmp_path / "ctverce.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_codes_stay_text_with_their_zeros(tmp_path: Path) -> None:
    attributes, _ = sheets(tmp_path)
    assert (attributes["A2"].value, attributes["A2"].data_type, attributes["A2"].number_format) == ("001", "s", "@")


def test_points_have_longitude_and_latitude_and_other_geometries_none(tmp_path: Path) -> None:
    attributes, explained = sheets(tmp_path, "point")
    assert [cell.value for cell in attributes[1]][-2:] == ["lon", "lat"]
    assert 14 < attributes["I2"].value < 16
    assert 50 < attributes["J2"].value < 51
    assert "Poloha" in [row[0] for row in explained.iter_rows(values_only=True)]


def test_second_sheet_tells_source_licence_date_and_what_columns_mean(tmp_path: Path) -> None:
    _, explained = sheets(tmp_path)
    rows = {row[0]: row[1:] for row in explained.iter_rows(values_only=True)}
    assert rows["Zdroj"][0] == "© Pokus"
    assert rows["Podmínky užití"][0] == "CC0"
    assert rows["Stav k"][0] == "2024"
    assert rows["podil"] == ("Podíl lesů", "%", "číslo")
    assert rows["kod"][2] == "kód"


def test_shortened_texts_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LONGEST_TEXT", 5)
    attributes, explained = sheets(tmp_path)
    assert attributes["B2"].value == NAMES[0][:5]
    rows = {row[0]: row[1] for row in explained.iter_rows(values_only=True)}
    assert rows["Zkrác"].startswith("6 tex")  # the explanation is cut as well


def test_file_says_nothing_of_when_it_was_made(tmp_path: Path) -> None:
    with zipfile.ZipFile(written("xlsx", tmp_path)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in archive.read("docProps/core.xml")
