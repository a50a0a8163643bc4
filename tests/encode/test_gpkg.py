from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest

from geoportal.encode import LayerContent
from tests.encode.squares_layer import content, written

SE = "{http://www.opengis.net/se}"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(opened(tmp_path)) as held:
        yield held


def opened(folder: Path, layer: LayerContent | None = None) -> sqlite3.Connection:
    return sqlite3.connect(written("gpkg", folder, layer))


def test_file_says_what_it_holds(base: sqlite3.Connection) -> None:
    query = "SELECT identifier, description FROM gpkg_contents WHERE data_type = 'features'"
    assert base.execute(query).fetchone() == ("Čtverce", "© Pokus; 2024")


def test_style_is_where_qgis_looks_for_the_default_one(base: sqlite3.Connection) -> None:
    rows = base.execute(
        "SELECT f_table_catalog, f_table_schema, f_table_name, f_geometry_column, useAsDefault FROM layer_styles"
    ).fetchall()
    column = base.execute("SELECT column_name FROM gpkg_geometry_columns WHERE table_name = 'ctverce'").fetchone()[0]
    assert rows == [("", "", "ctverce", column, 1)]


@pytest.mark.parametrize(
    ("kind", "symbol", "symbolizer"),
    [
        ("point", "marker", "PointSymbolizer"),
        ("line", "line", "LineSymbolizer"),
        ("polygon", "fill", "PolygonSymbolizer"),
    ],
)
def test_style_draws_the_layers_geometry_in_its_colour(kind: str, symbol: str, symbolizer: str, tmp_path: Path) -> None:
    layer = content(kind, style={"colour": "water", "width": 2, "order": 20})
    with closing(opened(tmp_path, layer)) as base:
        qml, sld = (
            ET.fromstring(text) for text in base.execute("SELECT styleQML, styleSLD FROM layer_styles").fetchone()
        )
    drawn = qml.find("renderer-v2/symbols/symbol")
    assert drawn is not None
    assert drawn.get("type") == symbol
    assert "47,127,176,255" in {prop.get("v") for prop in drawn.iter("prop")}
    assert qml.get("labelsEnabled") == "0"
    assert sld.find(f".//{SE}{symbolizer}") is not None
    assert "#2f7fb0" in {parameter.text for parameter in sld.iter(f"{SE}SvgParameter")}


def test_territorial_layers_bear_their_names_on_the_map(tmp_path: Path) -> None:
    with closing(opened(tmp_path, content(territory={"level": "obec"}))) as base:
        qml = ET.fromstring(base.execute("SELECT styleQML FROM layer_styles").fetchone()[0])
    style = qml.find("labeling/settings/text-style")
    assert qml.get("labelsEnabled") == "1"
    assert style is not None
    assert style.get("fieldName") == "nazev"


def test_fields_have_titles_for_gdal_and_for_qgis(base: sqlite3.Connection) -> None:
    titles = dict(base.execute("SELECT column_name, title FROM gpkg_data_columns").fetchall())
    qml = ET.fromstring(base.execute("SELECT styleQML FROM layer_styles").fetchone()[0])
    aliases = {alias.get("field"): alias.get("name") for alias in qml.iter("alias")}
    assert titles == aliases
    assert titles["podil"] == "Podíl lesů (%)"


def test_metadata_of_the_layer_name_source_and_licence(base: sqlite3.Connection) -> None:
    row = base.execute(
        "SELECT r.table_name, m.metadata FROM gpkg_metadata m JOIN gpkg_metadata_reference r ON r.md_file_id = m.id"
    ).fetchone()
    metadata = ET.fromstring(row[1])
    assert row[0] == "ctverce"
    assert [metadata.findtext(name) for name in ("title", "license", "rights")] == ["Čtverce", "CC0", "© Pokus"]


def test_extensions_in_use_are_registered(base: sqlite3.Connection) -> None:
    tables = {row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    registered = {row[0] for row in base.execute("SELECT table_name FROM gpkg_extensions")}
    assert {t for t in tables if t.startswith(("gpkg_metadata", "gpkg_data_column"))} <= registered
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_empty_selection_still_says_what_geometries_it_would_have(tmp_path: Path) -> None:
    path = written("gpkg", tmp_path, content("line", shapes=[]))
    assert pyogrio.read_info(path, layer="ctverce")["geometry_type"] == "MultiLineString"
