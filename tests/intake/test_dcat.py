from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geoportal.errors import SourceRefused
from geoportal.intake.readers import read
from geoportal.intake.readers.dcat import COLUMNS, SEPARATOR
from geoportal.intake.reading import Reading

from .conftest import make_source

MUSEUMS: dict[str, Any] = {
    "identifier": "https://www.example.org/item.html?id=abc&sublayer=0",
    "title": " Muzea\n v kraji ",
    "description": "<p>Seznam&nbsp;<strong>muzeí</strong></p><p>a&nbsp;galerií</p>",
    "landingPage": "https://hub.example.org/datasets/abc_0",
    "modified": "2025-05-26T09:30:34.709Z",
    "category": ["Kultura", "Cestovní ruch"],
    "keyword": ["muzeum", "muzeum", "", "opendata"],
    "distribution": [
        {"title": "ArcGIS Hub Dataset", "format": "Web Page"},
        {"title": "ArcGIS GeoService", "format": "ArcGIS GeoServices REST API"},
        {"title": "CSV", "format": "CSV", "accessURL": "https://hub.example.org/abc/csv?layers=0;1"},
        {"title": "Shapefile", "format": "ZIP"},
    ],
}


def reading(folder: Path, content: object) -> Reading:
    path = folder / "data.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read(make_source("dcat", {}), [path])


def test_a_record_becomes_a_row_of_text(tmp_path: Path) -> None:
    frame = reading(tmp_path, {"dataset": [MUSEUMS]}).frame
    assert tuple(frame.columns) == COLUMNS
    assert frame.iloc[0].to_dict() == {
        "id": "abc",
        "title": "Muzea v kraji",
        "description": "Seznam muzeí a galerií",
        "page": "https://hub.example.org/datasets/abc_0",
        "updated": "2025-05-26",
        "themes": "Kultura;Cestovní ruch",
        "keywords": "muzeum;opendata",
        "formats": "CSV;Shapefile",
        "files": "CSV https://hub.example.org/abc/csv?layers=0%3B1",
    }


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/csv", "https://x.test/a b", None])
def test_an_address_that_is_none_is_not_offered(tmp_path: Path, address: str | None) -> None:
    record = {**MUSEUMS, "distribution": [{"title": "CSV", "format": "CSV", "downloadURL": address}]}
    row = reading(tmp_path, {"dataset": [record]}).frame.iloc[0]
    assert row["formats"] == "CSV"
    assert pd.isna(row["files"])


def test_what_a_record_does_not_say_is_missing(tmp_path: Path) -> None:
    bare = {"identifier": "x", "title": "Holá", "landingPage": "https://hub.example.org/x"}
    row = reading(tmp_path, {"dataset": [bare]}).frame.iloc[0]
    assert row["id"] == "x"
    assert row[["description", "updated", "themes", "keywords", "formats"]].isna().all()


def test_a_record_without_title_or_page_is_left_out_with_a_note(tmp_path: Path) -> None:
    nameless, homeless = {**MUSEUMS, "title": ""}, {**MUSEUMS, "landingPage": "javascript:alert(1)", "identifier": "y"}
    found = reading(tmp_path, {"dataset": [nameless, homeless, MUSEUMS]})
    assert len(found.frame) == 1
    assert [(note.code, note.count, note.examples) for note in found.notes] == [
        ("nameless", 2, ("abc", "Muzea v kraji"))
    ]


def test_a_record_that_comes_twice_counts_once(tmp_path: Path) -> None:
    found = reading(tmp_path, {"dataset": [MUSEUMS, {**MUSEUMS, "title": "Jinak"}]})
    assert found.frame["title"].tolist() == ["Muzea v kraji"]
    assert [(note.code, note.count) for note in found.notes] == [("repeated", 1)]


@pytest.mark.parametrize(
    ("content", "offence"),
    [("<html>", "is not JSON"), ([], "no list of records"), ({"dataset": {}}, "no list of records"), ({}, "no list")],
)
def test_what_is_no_catalogue_is_refused(tmp_path: Path, content: object, offence: str) -> None:
    with pytest.raises(SourceRefused, match=f"data.json: .*{offence}"):
        reading(tmp_path, content)


def test_the_real_catalogue_has_a_theme_a_date_and_files_for_every_data_set(mirror: Path) -> None:
    found = read(make_source("dcat", {}), [mirror / "www.datalk.cz/data.json"])
    assert found.notes == ()
    assert len(found.frame) == 44
    assert found.frame.notna().all(axis=None)
    assert not found.frame["description"].str.contains("[<>]|&[a-z]+;").any()
    assert found.frame["formats"].str.split(SEPARATOR).str.len().min() == 4
