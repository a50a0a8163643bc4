from __future__ import annotations

from pathlib import Path

import orjson
import pyogrio
import pytest
import shapely

from tests.encode.squares_layer import content, written


def test_document_declares_conformance_type_crs_and_profile_once_at_its_root(tmp_path: Path) -> None:
    document = orjson.loads(written("jsonfg", tmp_path).read_bytes())
    assert "http://www.opengis.net/spec/json-fg-1/1.0/conf/core" in document["conformsTo"]
    assert document["coordRefSys"] == "http://www.opengis.net/def/crs/EPSG/0/5514"
    assert document["featureType"] == "ctverce"
    assert document["links"][0]["href"].endswith("/jsonfg-plus")
    for feature in document["features"]:
        assert list(feature) == ["type", "id", "geometry", "properties", "place", "time"]


@pytest.mark.parametrize(("kind", "dimension"), [("point", 0), ("line", 1), ("polygon", 2)])
def test_dimension_is_that_of_the_layer(kind: str, dimension: int, tmp_path: Path) -> None:
    document = orjson.loads(written("jsonfg", tmp_path, content(kind)).read_bytes())
    assert document["geometryDimension"] == dimension


def test_place_is_metres_east_and_north_and_geometry_degrees(tmp_path: Path) -> None:
    first = orjson.loads(written("jsonfg", tmp_path, content("point")).read_bytes())["features"][0]
    assert first["place"]["coordinates"] == [-689_500.0, -974_500.0]
    longitude, latitude = first["geometry"]["coordinates"]
    assert 14 < longitude < 16
    assert 50 < latitude < 51
    assert first["time"] is None


def test_gdal_reads_the_place_in_its_crs(tmp_path: Path) -> None:
    back = pyogrio.read_dataframe(f"JSONFG:{written('jsonfg', tmp_path)}").sort_values("kod")
    assert back.crs == "EPSG:5514"
    expected = content().frame_5514.geometry.normalize().to_numpy()
    assert shapely.equals_exact(back.geometry.normalize().to_numpy(), expected, 0.001).all()
