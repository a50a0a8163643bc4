"""Vector tiles as their users open them: GDAL, QGIS, and the reader of PMTiles; the recipes of a tileset's page."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import urllib.request
from html import unescape
from pathlib import Path
from typing import Any

import geopandas as gpd
import mapbox_vector_tile
import pyogrio
import pytest
from pmtiles.reader import Reader

from geoportal.web.tiles.matrix import limits
from tests.conftest import needs

pytestmark = pytest.mark.client

SESSION = Path(__file__).with_name("qgis_tiles_session.py")
LIBEREC = "8/138/85.mvt"


def fetched(address: str, **headers: str) -> bytes:
    request = urllib.request.Request(address, headers={name.replace("_", "-"): text for name, text in headers.items()})
    with urllib.request.urlopen(request) as answer:
        content: bytes = answer.read()
    return content


def tilejson(live: str, tileset: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(fetched(f"{live}/tiles/{tileset}.json"))
    return content


def recipe(live: str, tileset: str, client: str) -> str:
    """The recipe as it stands on the tileset's page."""
    html = fetched(f"{live}/tiles/{tileset}", Accept="text/html").decode()
    found = re.search(rf'<code data-client="{client}"[^>]*>(.*?)</code>', html, re.DOTALL)
    assert found
    return unescape(found[1])


def test_ogrinfo_reads_a_tile(live: str) -> None:
    command = [needs("ogrinfo"), "-so", "-al", f"MVT:/vsicurl/{live}/tiles/obce/{LIBEREC}"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Layer name: obce" in told
    assert "nazev: String" in told
    assert "Pseudo-Mercator" in told


def test_pyogrio_reads_the_same_from_a_tile_an_archive_and_a_zoom(live: str) -> None:
    options = {"TILE_EXTENSION": "mvt", "METADATA_FILE": f"{live}/tiles/obce.json"}
    zoom = pyogrio.read_dataframe(f"MVT:{live}/tiles/obce/8", **options)
    archive = pyogrio.read_dataframe(f"/vsicurl/{live}/tiles/obce.pmtiles", layer="obce", ZOOM_LEVEL="8")
    tile = pyogrio.read_dataframe(f"MVT:{live}/tiles/obce/{LIBEREC}")
    for frame in (zoom, archive, tile):
        assert frame.crs == "EPSG:3857"
        assert "Liberec" in set(frame["nazev"])
    assert zoom["kod"].nunique() == archive["kod"].nunique() == 215
    assert len(zoom) == len(archive) > len(tile) > 50


def test_gdal_reads_the_collection_through_ogc_api_tiles(live: str) -> None:
    frame = pyogrio.read_dataframe(f"OGCAPI:{live}/collections/okresy", API="TILES", layer="Zoom level 2")
    assert set(frame["kod"]) == {"CZ0511", "CZ0512", "CZ0513", "CZ0514"}
    assert frame.crs == "EPSG:3857"


def test_the_reader_of_pmtiles_gets_by_ranges_what_the_service_sends_as_tiles(live: str) -> None:
    def part(offset: int, length: int) -> bytes:
        return fetched(f"{live}/tiles/zaklad.pmtiles", Range=f"bytes={offset}-{offset + length - 1}")

    reader = Reader(part)
    told = tilejson(live, "zaklad")
    header, metadata = reader.header(), reader.metadata()
    assert [header["min_zoom"], header["max_zoom"]] == [told["minzoom"], told["maxzoom"]]
    assert metadata["vector_layers"] == told["vector_layers"]
    assert metadata["attribution"] == told["attribution"]
    for within in limits(told["bounds"], 7, 10):
        z, x, y = within.tile_matrix, within.max_col, within.min_row
        assert (reader.get(z, x, y) or b"") == fetched(f"{live}/tiles/zaklad/{z}/{x}/{y}.mvt", Accept_Encoding="gzip")


def test_each_layer_of_the_tilejson_is_in_some_tile_with_the_fields_it_says(live: str) -> None:
    told = tilejson(live, "zaklad")
    fields = {layer["id"]: set(layer["fields"]) for layer in told["vector_layers"]}
    seen: dict[str, set[str]] = {}
    for within in limits(told["bounds"], 10, 11):
        for x in range(within.min_col, within.max_col + 1):
            for y in range(within.min_row, within.max_row + 1):
                address = told["tiles"][0].format(z=within.tile_matrix, x=x, y=y)
                stored = fetched(address, Accept_Encoding="gzip")
                for name, layer in mapbox_vector_tile.decode(gzip.decompress(stored) if stored else b"").items():
                    found = {key for feature in layer["features"] for key in feature["properties"]}
                    seen[name] = seen.get(name, set()) | found
    assert seen.keys() == fields.keys()
    assert {name: found - fields[name] for name, found in seen.items() if found - fields[name]} == {}


def test_the_recipe_for_ogr2ogr_writes_every_feature_in_krovak(live: str, tmp_path: Path) -> None:
    needs("ogr2ogr")
    # At a zoom with fewer tiles than the deepest, to be quick.
    command = recipe(live, "okresy", "ogr2ogr").replace("-14.", "-10.").replace("/14", "/10")
    subprocess.run(command, shell=True, cwd=tmp_path, check=True, timeout=60)
    copied = gpd.read_file(tmp_path / "okresy-10.gpkg")
    assert copied.crs == "EPSG:5514"
    assert set(copied["kod"]) == {"CZ0511", "CZ0512", "CZ0513", "CZ0514"}
    pieces = copied.dissolve("kod").area
    whole = gpd.read_file(f"{live}/layers/okresy.geojson").set_index("kod").to_crs(5514).area
    assert (pieces / whole - 1).abs().max() < 0.01


def test_the_recipe_for_qgis_adds_a_layer_that_draws(
    live: str, python_of_qgis: Path, qgis_environment: dict[str, str]
) -> None:
    command = [python_of_qgis, SESSION, recipe(live, "obce", "qgis")]
    done = subprocess.run(command, env=qgis_environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    told = tilejson(live, "obce")
    assert (shown["valid"], shown["name"], shown["crs"]) == (True, told["name"], "EPSG:3857")
    assert shown["zooms"] == [told["minzoom"], told["maxzoom"]]
    assert shown["drawn"] > 0.5  # QGIS fills polygons by default


def test_the_recipe_for_folium_writes_a_page(live: str, tmp_path: Path) -> None:
    code = recipe(live, "zaklad", "folium")
    subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=tmp_path, check=True, timeout=60)
    assert f"{live}/tiles/zaklad.json" in (tmp_path / "mapa.html").read_text(encoding="utf-8")
