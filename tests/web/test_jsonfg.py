from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pyogrio
import pytest
import shapely
from flask.testing import FlaskClient

from tests.encode.jsonfg_schema import ROOT

ITEMS = "/collections/obce/items"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
PROFILE = "http://www.opengis.net/def/profile/OGC/0/"
CRSS = [None, f"{EPSG}4326", f"{EPSG}5514", f"{EPSG}3857", f"{EPSG}3045", f"{EPSG}4258"]


def query(**given: str | None) -> str:
    return "&".join(f"{name}={value}" for name, value in given.items() if value is not None)


@pytest.mark.parametrize("crs", CRSS)
@pytest.mark.parametrize("profile", ["jsonfg", "jsonfg-plus"])
@pytest.mark.parametrize("path", ["/collections/obce/items", "/collections/zzs/items", f"{ITEMS}/563889"])
def test_every_answer_is_valid_by_the_schema_of_the_standard(get: Any, path: str, profile: str, crs: str) -> None:
    some = {"limit": "5"} if path.endswith("items") else {}
    document = get(f"{path}?{query(profile=profile, crs=crs, **some)}")
    jsonschema.validate(document, ROOT)
    assert document.get("coordRefSys") == crs
    for feature in document.get("features", [document]):
        assert (feature["place"] is None) == (crs is None)
        assert (feature["geometry"] is None) == (crs is not None and profile == "jsonfg")
        if feature["place"] and feature["geometry"]:
            assert feature["place"] != feature["geometry"]
        if feature["place"]:
            assert shapely.geometry.shape(feature["place"]).is_valid


@pytest.mark.parametrize("crs", CRSS[1:])
def test_place_is_what_plain_geojson_says_in_that_crs(get: Any, crs: str) -> None:
    placed, plain = (get(f"{ITEMS}?limit=7&{query(profile=p, crs=crs)}")["features"] for p in ("jsonfg-plus", None))
    degrees = get(f"{ITEMS}?limit=7")["features"]
    assert [feature["place"] for feature in placed] == [feature["geometry"] for feature in plain]
    assert [feature["geometry"] for feature in placed] == [feature["geometry"] for feature in degrees]


def test_the_document_says_its_type_its_dimension_and_the_schema_that_we_serve(get: Any) -> None:
    document = get(f"{ITEMS}?profile=jsonfg&limit=3")
    assert (document["featureType"], document["geometryDimension"]) == ("obce", 2)
    schema = get(document["featureSchema"].split("localhost", 1)[1])
    assert schema["$id"] == document["featureSchema"]
    for feature in document["features"]:
        jsonschema.validate(feature["properties"], {**schema, "properties": nullable(schema["properties"])})
    single = get(f"{ITEMS}/563889?profile=jsonfg")
    assert (single["featureType"], single["featureSchema"]) == ("obce", document["featureSchema"])


def nullable(properties: dict[str, Any]) -> dict[str, Any]:
    """A property without a value is null in GeoJSON, of which a logical schema does not speak (23-058r2)."""
    return {name: {"anyOf": [{"type": "null"}, part]} for name, part in properties.items()}


def test_joined_indicators_are_not_ascribed_to_the_schema(get: Any) -> None:
    document = get(f"{ITEMS}?profile=jsonfg&indicators=obyvatel&limit=1")
    assert "featureSchema" not in document
    assert "obyvatel_2024" in document["features"][0]["properties"]


@pytest.mark.parametrize("given", ["rfc7946", "jsonfg", "jsonfg-plus", None])
@pytest.mark.parametrize("path", [ITEMS, f"{ITEMS}/563889"])
def test_the_profile_is_linked_in_the_answer_and_in_its_header(api: FlaskClient, path: str, given: str | None) -> None:
    answer = api.get(f"{path}?{query(profile=given)}", buffered=True)
    uri = PROFILE + (given or "rfc7946")
    links = [link["href"] for link in answer.get_json(force=True)["links"] if link["rel"] == "profile"]
    assert links == [uri]
    assert answer.headers["Link"] == f'<{uri}>; rel="profile"'
    assert answer.mimetype == "application/geo+json"


@pytest.mark.parametrize("name", ["jsonfg", "[ogc-profile:jsonfg]", f"{PROFILE}jsonfg", "rel-as-uri,jsonfg,rfc7946"])
def test_a_profile_has_three_names_and_the_first_known_one_is_taken(get: Any, name: str) -> None:
    assert get(f"{ITEMS}?limit=1&profile={name}")["featureType"] == "obce"


def test_plain_geojson_says_nothing_of_json_fg(get: Any) -> None:
    document = get(f"{ITEMS}?limit=2&profile=rfc7946&crs={EPSG}5514")
    assert "conformsTo" not in document
    assert "place" not in document["features"][0]


def test_an_unknown_profile_is_told_those_there_are(api: FlaskClient) -> None:
    answer = api.get(f"{ITEMS}?profile=jsonfx")
    assert answer.status_code == 400
    assert "jsonfg" in answer.get_json(force=True)["description"]


def test_fields_and_geometry_can_be_left_out_here_too(get: Any) -> None:
    first = get(f"{ITEMS}?limit=1&profile=jsonfg&crs={EPSG}5514&properties=nazev&skipGeometry=true")["features"][0]
    assert list(first["properties"]) == ["nazev"]
    assert first["geometry"] is None
    assert first["place"] is None


def test_gdal_reads_a_page_in_the_crs_of_its_places(api: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "obce.json"
    path.write_bytes(api.get(f"{ITEMS}?profile=jsonfg&crs={EPSG}5514", buffered=True).get_data())
    frame = pyogrio.read_dataframe(f"JSONFG:{path}")
    assert frame.crs == "EPSG:5514"
    assert len(frame) == 215
    assert frame.total_bounds[2] < -600_000


def test_a_selection_as_a_file_is_valid_too(get: Any) -> None:
    document = get(f"{ITEMS}?f=jsonfg&kod_okresu=CZ0511")
    jsonschema.validate(document, ROOT)
    assert len(document["features"]) == 57


@pytest.mark.parametrize("name", ["core", "types-schemas", "profiles"])
def test_conformance_is_declared(get: Any, name: str) -> None:
    assert f"http://www.opengis.net/spec/json-fg-1/1.0/conf/{name}" in get("/conformance")["conformsTo"]
