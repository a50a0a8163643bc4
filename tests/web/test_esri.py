"""The FeatureServer for Esri clients."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import orjson
import pytest
import shapely
from flask.testing import FlaskClient

from geoportal.cards.source import SourceCard
from geoportal.crs import CRS84, project
from geoportal.intake.pages import joined
from geoportal.intake.readers import arcgis_featureserver
from geoportal.query.collation import collation

SERVICES = "/esri/rest/services"
OBCE = f"{SERVICES}/obce/FeatureServer/0"
QUERY = f"{OBCE}/query"
LIBEREC = "15.05,50.76,15.06,50.77"


def ids(get: Any, **query: str) -> list[int]:
    return get(f"{QUERY}?returnIdsOnly=true&" + "&".join(f"{k}={quote(v)}" for k, v in query.items()))["objectIds"]


def test_every_collection_is_a_service(get: Any) -> None:
    listed = {service["name"] for service in get(f"{SERVICES}?f=json")["services"]}
    assert listed == {collection["id"] for collection in get("/collections")["collections"]}
    for name in listed:
        service = get(f"{SERVICES}/{name}/FeatureServer?f=json")
        layer = get(f"{SERVICES}/{name}/FeatureServer/0?f=json")
        assert service["layers"][0]["name"] == layer["name"]
        assert layer["copyrightText"]
        assert layer["extent"]["xmin"] < layer["extent"]["xmax"]
        assert layer["geometryType"] == service["layers"][0]["geometryType"]


def test_a_collection_leads_to_its_service(get: Any) -> None:
    links = {link["rel"]: link["href"] for link in get("/collections/obce")["links"]}
    assert links["related"].endswith(f"{SERVICES}/obce/FeatureServer")


def test_nobody_needs_to_log_in(get: Any) -> None:
    assert get("/esri/rest/info?f=json")["authInfo"] == {"isTokenBasedSecurity": False}


def test_a_layer_names_its_fields_symbol_and_paging(get: Any) -> None:
    layer = get(f"{OBCE}?f=json")
    assert layer == get(f"{SERVICES}/obce/FeatureServer/layers")["layers"][0]
    assert layer["maxRecordCount"] == 1000
    assert layer["advancedQueryCapabilities"]["supportsPagination"]
    assert layer["fields"][0] == {
        "name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID", "nullable": False, "editable": False,
    }  # fmt: skip
    assert layer["drawingInfo"]["renderer"]["symbol"]["type"] == "esriSFS"
    assert "OGC API – Features" in layer["description"]
    assert layer["displayField"] == "nazev"


def test_drawn_boundaries_are_called_so(get: Any) -> None:
    assert "Schematické hranice" in get(f"{OBCE}?f=json")["description"]


def test_a_query_gives_attributes_and_rings_that_enclose_the_same_area_as_the_standard_interface(get: Any) -> None:
    answer = get(f"{QUERY}?where=kod%3D'563889'&outFields=*")
    assert answer["spatialReference"] == {"wkid": 4326, "latestWkid": 4326}
    feature = answer["features"][0]
    assert feature["attributes"]["nazev"] == "Liberec"
    standard = shapely.from_geojson(orjson.dumps(get("/collections/obce/items/563889")["geometry"]))
    assert shapely.Polygon(feature["geometry"]["rings"][0]).equals(standard.geoms[0] if hasattr(standard, "geoms")
                                                                   else standard)  # fmt: skip


@pytest.mark.parametrize(("number", "latest"), [
    ("4326", 4326), ("102100", 3857), ("3857", 3857), ("102067", 5514), ("5514", 5514),
    ('{"wkid":102067,"latestWkid":5514}', 5514),
])  # fmt: skip
def test_coordinates_come_in_the_spatial_reference_asked_for(get: Any, number: str, latest: int) -> None:
    answer = get(f"{SERVICES}/zzs/FeatureServer/0/query?outSR={quote(number)}&orderByFields=OBJECTID")
    assert answer["spatialReference"]["latestWkid"] == latest
    degrees = get(f"{SERVICES}/zzs/FeatureServer/0/query?orderByFields=OBJECTID")
    given = np.array([[f["geometry"]["x"], f["geometry"]["y"]] for f in answer["features"]])
    expected = project(
        np.array([[f["geometry"]["x"], f["geometry"]["y"]] for f in degrees["features"]]), CRS84, f"EPSG:{latest}"
    )
    assert np.abs(given - expected).max() < 0.001


def test_pages_lose_and_repeat_nothing(get: Any) -> None:
    seen: list[int] = []
    more = True
    while more:
        page = get(f"{QUERY}?outFields=OBJECTID&returnGeometry=false&resultRecordCount=50&resultOffset={len(seen)}")
        seen += [feature["attributes"]["OBJECTID"] for feature in page["features"]]
        more = page.get("exceededTransferLimit", False)
    assert seen == list(range(1, 216))


def test_order_is_by_the_fields_asked_for(get: Any) -> None:
    page = get(f"{QUERY}?outFields=kod_okresu,nazev&orderByFields=kod_okresu DESC, nazev&returnGeometry=false")
    rows = [(f["attributes"]["kod_okresu"], f["attributes"]["nazev"]) for f in page["features"]]
    assert [okres for okres, _ in rows] == sorted((okres for okres, _ in rows), reverse=True)
    first = [name for okres, name in rows if okres == rows[0][0]]
    assert first == sorted(first, key=collation)
    assert ids(get, orderByFields="OBJECTID DESC")[0] == 215


def test_count_ids_and_extent_come_alone(get: Any) -> None:
    assert get(f"{QUERY}?where=1=1&returnCountOnly=true") == {"count": 215}
    assert get(f"{QUERY}?where=1%3D0&returnCountOnly=true") == {"count": 0}
    assert len(ids(get)) == 215
    answer = get(f"{QUERY}?where=nazev='Liberec'&returnExtentOnly=true&outSR=5514")
    assert answer["count"] == 1
    assert -700_000 < answer["extent"]["xmin"] < answer["extent"]["xmax"] < -670_000
    both = get(f"{QUERY}?where=nazev='Liberec'&returnExtentOnly=true&returnCountOnly=true&outSR=5514")
    assert both == answer  # so asks queryExtent of the ArcGIS Maps SDK


@pytest.mark.parametrize("where", ["OBJECTID IN (3, 5)", "OBJECTID = 3 OR OBJECTID = 5"])
def test_object_ids_select(get: Any, where: str) -> None:
    assert ids(get, where=where) == [3, 5]
    assert ids(get, objectIds="5, 3,3,999999") == [3, 5]
    assert ids(get, objectIds="3,4", where=where) == [3]


def test_shapes_select_as_the_standard_interface_does(get: Any) -> None:
    page = get(f"/collections/obce/items?bbox={LIBEREC}&properties=kod&skipGeometry=true")
    expected = {feature["id"] for feature in page["features"]}
    west, south, east, north = map(float, LIBEREC.split(","))
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    shapes = [
        {"geometry": LIBEREC}, {"geometry": orjson.dumps({"rings": [ring]}).decode(),
                                "geometryType": "esriGeometryPolygon"},
    ]  # fmt: skip
    for shape in shapes:
        query = "&".join(f"{name}={quote(value)}" for name, value in shape.items())
        answer = get(f"{QUERY}?{query}&outFields=kod&returnGeometry=false")
        assert {feature["attributes"]["kod"] for feature in answer["features"]} == expected


@pytest.mark.parametrize(("number", "code"), [("102100", "EPSG:3857"), ("5514", "EPSG:5514")])
def test_a_shape_may_be_in_another_spatial_reference_and_larger_than_the_world(
    get: Any, number: str, code: str
) -> None:
    x, y = project(np.array([[15.05, 50.77]]), CRS84, code)[0].tolist()
    point = {"geometry": f"{x},{y}", "geometryType": "esriGeometryPoint", "inSR": number}
    assert ids(get, **point) == ids(get, geometry="15.05,50.77", geometryType="esriGeometryPoint")
    assert len(ids(get, geometry="-1e8,-1e8,1e8,1e8", inSR=number)) == 215
    assert ids(get, geometry="1e7,1e7,2e7,2e7", inSR=number) == []
    inside = orjson.dumps({"x": x, "y": y, "spatialReference": {"wkid": int(number)}}).decode()
    assert ids(get, geometry=inside, geometryType="esriGeometryPoint") == ids(get, **point)


def test_boxes_alone_need_to_meet_when_asked_so(get: Any) -> None:
    exact = set(ids(get, geometry=LIBEREC))
    boxes = set(ids(get, geometry=LIBEREC, spatialRel="esriSpatialRelEnvelopeIntersects"))
    assert exact < boxes


def test_geojson_comes_with_the_same_features(get: Any) -> None:
    answer = get(f"{QUERY}?f=geojson&where=nazev='Liberec'&outFields=nazev")
    assert answer["features"][0]["properties"] == {"nazev": "Liberec"}
    assert answer["features"][0]["geometry"] == get("/collections/obce/items/563889")["geometry"]
    page = get(f"{QUERY}?f=geojson&resultRecordCount=5&outSR=5514")
    assert page["properties"]["exceededTransferLimit"]
    assert page["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::5514"


def test_a_form_asks_as_an_address_does(api: FlaskClient, get: Any) -> None:
    form = {"where": "nazev = 'Turnov'", "outFields": "nazev", "geometry": "", "inSR": "", "token": "x", "f": "json"}
    answer = api.post(QUERY, data=form)
    assert answer.get_json(force=True) == get(f"{QUERY}?where=nazev='Turnov'&outFields=nazev")


def test_indented_answers_say_the_same(api: FlaskClient, get: Any) -> None:
    answer = api.get(f"{OBCE}?f=pjson")
    assert answer.get_data(as_text=True).startswith("{\n")
    assert answer.get_json(force=True) == get(OBCE)


@pytest.mark.parametrize("query", [
    "where=nic=1", "where=nazev", "where=1=1;DROP TABLE obce", "where=nazev=(SELECT 1)", "outFields=nic", "f=html",
    "orderByFields=nic", "orderByFields=nazev UP", "orderByFields=nazev ASC DESC", "geometry=1,2,3", "outSR=1",
    "geometry=x&geometryType=esriGeometryPolygon", "inSR=a&geometry=1,2,3,4", "spatialRel=esriSpatialRelTouches",
    "resultOffset=-1", "resultRecordCount=x", "objectIds=a", "objectIds=1,,2", "returnGeometry=maybe", "time=0,1",
    "outStatistics=[{}]", "having=1", "distance=5", "where=1=1&where=1=0", "outSR={", "outSR=[1]",
    "where=" + "(" * 5000, "geometry=" + "9" * 5000 + ",1,2,3", "geometryType=x&geometry=1,2", "f=geojson&where=%00",
    "objectIds=" + "9" * 40, "outSR={\"wkid\":\"x\"}", "outSR=1e400", "geometry=%7B%22xmin%22%3A{}%7D",
])  # fmt: skip
def test_bad_input_is_refused_in_the_form_that_esri_clients_read(api: FlaskClient, query: str) -> None:
    answer = api.get(f"{QUERY}?{query}")
    assert answer.status_code == 400, answer.get_data(as_text=True)
    error = answer.get_json(force=True)["error"]
    assert error["code"] == 400
    assert len(error["message"]) > 10


def test_an_unknown_layer_is_named_with_those_there_are(api: FlaskClient) -> None:
    answer = api.get(f"{SERVICES}/nic/FeatureServer/0?f=json")
    assert answer.status_code == 404
    assert "obce" in answer.get_json(force=True)["error"]["message"]


def test_our_own_intake_reads_it_page_by_page(api: FlaskClient, tmp_path: Path) -> None:
    address = f"{QUERY}?where=1%3D1&outFields=*&outSR=102100&resultRecordCount=60&f=json"

    def page(url: str) -> bytes:
        return bytes(api.get(url).get_data())

    body = joined("arcgis-featureserver", page(address), address, page, 10**8)
    assert body
    path = tmp_path / "query.json"
    path.write_bytes(body)
    card = SourceCard.model_validate({
        "id": "obce", "title": {"cs": "Obce"}, "publisher": "x", "url": "https://example.org/query.json",
        "reader": "arcgis-featureserver", "licence": {"name": "CC0"}, "attribution": "x", "date": "2024",
    })  # fmt: skip
    frame = arcgis_featureserver.read(path, card, None).frame
    assert len(frame) == 215
    assert frame.crs == "EPSG:3857"
    assert frame.geometry.is_valid.all()
    assert sorted(frame["OBJECTID"]) == list(range(1, 216))
