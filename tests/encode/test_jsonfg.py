from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pyogrio
import pytest
import shapely

from geoportal.encode import LayerContent
from tests.encode.jsonfg_schema import ROOT
from tests.encode.squares_layer import content, written


def read(folder: Path, layer: LayerContent | None = None) -> Any:
    return orjson.loads(written("jsonfg", folder, layer).read_bytes())


@pytest.mark.parametrize("kind", ["point", "line", "polygon"])
def test_a_file_is_valid_by_the_schema_of_the_standard(kind: str, tmp_path: Path) -> None:
    document = read(tmp_path, content(kind))
    jsonschema.validate(document, ROOT)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**document, "conformsTo": []}, ROOT)


def test_document_declares_conformance_type_crs_and_profile_once_at_its_root(tmp_path: Path) -> None:
    document = read(tmp_path)
    assert "http://www.opengis.net/spec/json-fg-1/1.0/conf/core" in document["conformsTo"]
    assert document["coordRefSys"] == "http://www.opengis.net/def/crs/EPSG/0/5514"
    assert document["featureType"] == "ctverce"
    assert document["links"][0]["href"].endswith("/jsonfg-plus")
    for feature in document["features"]:
        assert list(feature) == ["type", "id", "geometry", "properties", "place", "time"]


@pytest.mark.parametrize(("kind", "dimension"), [("point", 0), ("line", 1), ("polygon", 2)])
def test_dimension_is_that_of_the_layer(kind: str, dimension: int, tmp_path: Path) -> None:
    assert read(tmp_path, content(kind))["geometryDimension"] == dimension


def test_a_layer_of_an_unknown_kind_says_no_dimension(tmp_path: Path) -> None:
    document = read(tmp_path, replace(content(), card=None))
    assert "geometryDimension" not in document
    jsonschema.validate(document, ROOT)


def test_place_is_metres_east_and_north_and_geometry_degrees(tmp_path: Path) -> None:
    first = read(tmp_path, content("point"))["features"][0]
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
