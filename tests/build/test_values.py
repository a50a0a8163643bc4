from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from geoportal.encode.values import write_workbook
from geoportal.settings import Settings
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.store import current_id

COLUMNS = ["uroven", "kod", "nazev", "obdobi", "hodnota", "stav"]


@pytest.fixture(scope="module")
def snapshot(built_settings: Settings) -> Snapshot:
    return Snapshot(built_settings.build, current_id(built_settings.build) or "")


def expected(snapshot: Snapshot, name: str) -> list[tuple[str, ...]]:
    table = snapshot.indicators[name]
    return [
        (level, unit.code, unit.name, period, unit.value, unit.status)
        for level in table.levels
        for period in table.periods(level)
        for unit in table.values(level, period)
    ]


def test_every_indicator_has_its_files(snapshot: Snapshot) -> None:
    written = {path.name for path in (snapshot.folder / "values").iterdir()}
    assert written == {f"{name}.{form}" for name in snapshot.indicators for form in ("csv", "json", "xlsx")}


@pytest.mark.parametrize("name", ["obyvatel", "nezamestnanost"])
def test_the_csv_holds_every_value_of_every_level_and_period(snapshot: Snapshot, name: str) -> None:
    text = (snapshot.folder / "values" / f"{name}.csv").read_text("utf-8")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header == COLUMNS
    told = [(*row[:4], float(row[4]) if row[4] else None, row[5]) for row in rows]
    assert told == expected(snapshot, name)


@pytest.mark.parametrize("name", ["obyvatel", "nezamestnanost"])
def test_the_json_holds_the_same_and_its_terms(snapshot: Snapshot, name: str) -> None:
    held = json.loads((snapshot.folder / "values" / f"{name}.json").read_bytes())
    assert [tuple(value.values()) for value in held["values"]] == expected(snapshot, name)
    assert held["attribution"] == snapshot.indicators[name].attribution
    assert held["licences"]


def test_the_workbook_keeps_codes_as_text(snapshot: Snapshot) -> None:
    book = load_workbook(snapshot.folder / "values" / "obyvatel.xlsx", read_only=True)
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert list(header) == COLUMNS
    assert [tuple(row) for row in rows] == expected(snapshot, "obyvatel")
    assert book.sheetnames[1] == "Popis"


def test_the_same_rows_make_the_same_workbook(tmp_path) -> None:
    about = {
        "title": {"cs": "A"},
        "description": {"cs": "B"},
        "unit": {"cs": "%"},
        "attribution": "C",
        "licences": ["D"],
    }
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(tmp_path / name, about, COLUMNS, [("obec", "1", "=x", "2024", None, "missing")])
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert load_workbook(tmp_path / "one.xlsx").worksheets[0]["C2"].data_type == "s"
