"""OGC API - Tiles (20-057) and the 2D tile matrix set standard (17-083r4), requirement by requirement."""

from __future__ import annotations

import math
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient
from pyproj import Transformer

from geoportal.web.tiles import matrix as tile_matrix

CONF = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{}"
REL = "http://www.opengis.net/def/rel/ogc/1.0/{}"
MVT = "application/vnd.mapbox-vector-tile"

# Some rows of annex D.1 of OGC 17-083r4: matrix, scale denominator, cell size in metres, width of the matrix.
REGISTERED = [
    (0, 559082264.028717, 156543.033928041, 1),
    (1, 279541132.014358, 78271.5169640204, 2),
    (10, 545978.773465544, 152.874056570352, 1024),
    (24, 33.3238997476528, 0.0093306919293428, 16777216),
]

# Typed from tileSet.yaml, tileMatrixLimits.yaml and geospatialData.yaml of the standard.
NUMBER = {"type": "integer", "minimum": 0}
LIMITS = dict.fromkeys(("minTileRow", "maxTileRow", "minTileCol", "maxTileCol"), NUMBER)
TILESET = {
    "type": "object",
    "required": ["dataType", "crs", "tileMatrixSetURI", "links", "layers", "tileMatrixSetLimits"],
    "properties": {
        "dataType": {"const": "vector"},
        "crs": {"const": "http://www.opengis.net/def/crs/EPSG/0/3857"},
        "tileMatrixSetURI": {"const": "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "version": {"type": "string"},
        "license": {"type": "string"},
        "mediaTypes": {"type": "array", "items": {"type": "string"}},
        "tileMatrixSetLimits": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tileMatrix", *LIMITS],
                "properties": {"tileMatrix": {"type": "string"}, **LIMITS},
                "additionalProperties": False,
            },
        },
        "boundingBox": {"type": "object", "required": ["lowerLeft", "upperRight"]},
        "centerPoint": {"type": "object", "required": ["coordinates"]},
        "layers": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["id", "dataType"],
                "properties": {
                    "dataType": {"const": "vector"},
                    "geometryDimension": {"enum": [0, 1, 2]},
                    "minTileMatrix": {"type": "string"},
                    "maxTileMatrix": {"type": "string"},
                },
            },
        },
        "links": {"type": "array", "items": {"type": "object", "required": ["href", "rel"]}},
    },
}


def links_of(content: Any, rel: str) -> list[dict[str, Any]]:
    return [link for link in content["links"] if link["rel"] == rel]


def test_the_classes_are_declared(get: Any) -> None:
    declared = get("/conformance")["conformsTo"]
    for name in ("core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "mvt", "oas30"):
        assert CONF.format(name) in declared


def test_the_landing_page_leads_to_tilesets_and_tile_matrix_sets(get: Any) -> None:
    landing = get("/?f=json")
    (tilesets,) = links_of(landing, REL.format("tilesets-vector"))
    (matrix_sets,) = links_of(landing, REL.format("tiling-schemes"))
    assert get(tilesets["href"])["tilesets"]
    assert [one["id"] for one in get(matrix_sets["href"])["tileMatrixSets"]] == ["WebMercatorQuad"]


def test_every_collection_leads_to_its_tileset(get: Any) -> None:
    for collection in get("/collections")["collections"]:
        (link,) = links_of(collection, REL.format("tilesets-vector"))
        assert link["href"].split("?")[0].endswith(f"/collections/{collection['id']}/tiles")
        (tileset,) = get(link["href"])["tilesets"]
        (own,) = links_of(tileset, "self")
        assert get(own["href"])["layers"][0]["id"] == collection["id"]


def test_elements_of_lists_name_their_tile_matrix_set_and_lead_to_json_only(get: Any) -> None:
    for path in ("/tiles?f=json", "/collections/obce/tiles"):
        for tileset in get(path)["tilesets"]:
            assert tileset["dataType"] == "vector"
            assert tileset["tileMatrixSetURI"].endswith("/WebMercatorQuad")
            (scheme,) = links_of(tileset, REL.format("tiling-scheme"))
            assert get(scheme["href"])["tileMatrices"]
            (own,) = links_of(tileset, "self")
            assert own["href"].split("?")[0].endswith("/tiles/WebMercatorQuad")  # /req/tilesets-list/tileset-links, D
            assert all(get(link["href"]) for link in tileset["links"])


@pytest.mark.parametrize(
    "path", ["/tiles/WebMercatorQuad", "/collections/obce/tiles/WebMercatorQuad", "/tiles/zaklad?f=json"]
)
def test_a_tileset_is_described_as_the_standard_has_it(api: FlaskClient, get: Any, path: str) -> None:
    told = get(path)
    jsonschema.Draft202012Validator(TILESET).validate(told)
    assert all(link["href"].startswith("http://") for link in told["links"])
    (item,) = links_of(told, "item")
    assert item["type"] == MVT
    assert item["templated"] is True
    assert all("{" + name + "}" in item["href"] for name in ("tileMatrix", "tileRow", "tileCol"))
    for limit in told["tileMatrixSetLimits"][:8]:
        for row in (limit["minTileRow"], limit["maxTileRow"]):
            for col in (limit["minTileCol"], limit["maxTileCol"]):
                assert tile(api, item, limit["tileMatrix"], row, col).status_code in (200, 204)
        assert tile(api, item, limit["tileMatrix"], limit["maxTileRow"] + 1, limit["maxTileCol"]).status_code == 404
        assert tile(api, item, limit["tileMatrix"], limit["maxTileRow"], limit["maxTileCol"] + 1).status_code == 404


def tile(api: FlaskClient, item: dict[str, Any], matrix: str, row: int, col: int) -> Any:
    return api.get(item["href"].format(tileMatrix=matrix, tileRow=row, tileCol=col))


def test_a_row_stands_before_a_column(api: FlaskClient) -> None:
    (limit,) = tile_matrix.limits((15.0584, 50.7699, 15.0584, 50.7699), 10, 10)
    row, col = limit.min_row, limit.min_col
    here = api.get(f"/collections/obce/tiles/WebMercatorQuad/10/{row}/{col}")
    assert here.status_code == 200
    assert here.mimetype == MVT
    assert here.data == api.get(f"/tiles/obce/10/{col}/{row}.mvt").data
    assert api.get(f"/collections/obce/tiles/WebMercatorQuad/10/{col}/{row}").status_code == 404
    assert api.get(f"/tiles/WebMercatorQuad/10/{row}/{col}").data == api.get(f"/tiles/zaklad/10/{col}/{row}.mvt").data


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/tileMatrixSets/WorldCRS84Quad", "allowed: WebMercatorQuad"),
        ("/collections/obce/tiles/WorldCRS84Quad", "allowed: WebMercatorQuad"),
        ("/collections/obce/tiles/WorldCRS84Quad/8/86/138", "allowed: WebMercatorQuad"),
        ("/collections/obec/tiles", "did you mean 'obce'"),
        ("/collections/obec/tiles/WebMercatorQuad/8/86/138", "did you mean 'obce'"),
        ("/collections/obce/tiles/WebMercatorQuad/8/0/0", "allowed: rows 85 to 86, columns 138 to 139"),
        ("/collections/obce/tiles/WebMercatorQuad/15/0/0", "has no zoom 15"),
        ("/collections/obce/tiles/WebMercatorQuad/8/86/x", "is not a whole number"),
        ("/tiles/WebMercatorQuad/8/0/0", "allowed: rows"),
    ],
)
def test_what_is_not_there_is_not_found(api: FlaskClient, path: str, told: str) -> None:
    answer = api.get(path)
    assert answer.status_code == 404
    assert told in answer.get_json()["description"]


def test_wrong_parameters_are_refused(api: FlaskClient) -> None:
    for path in ("/tileMatrixSets", "/collections/obce/tiles/WebMercatorQuad/8/86/138", "/tiles/WebMercatorQuad"):
        assert api.get(f"{path}?f=xml").status_code == 400
        assert api.get(f"{path}?g=1").status_code == 400


def test_the_definition_is_that_of_the_register(get: Any) -> None:
    told = get("/tileMatrixSets/WebMercatorQuad")
    assert told["uri"] == "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
    assert told["orderedAxes"] == ["X", "Y"]
    matrices = {matrix["id"]: matrix for matrix in told["tileMatrices"]}
    assert list(matrices) == [str(zoom) for zoom in range(25)]
    for zoom, scale, cell, width in REGISTERED:
        matrix = matrices[str(zoom)]
        assert matrix["scaleDenominator"] == pytest.approx(scale, rel=1e-14)
        assert matrix["cellSize"] == pytest.approx(cell, rel=1e-14)
        assert matrix["matrixWidth"] == matrix["matrixHeight"] == width
        assert matrix["tileWidth"] == matrix["tileHeight"] == 256
        assert matrix["pointOfOrigin"] == pytest.approx([-20037508.3427892, 20037508.3427892], rel=1e-14)
        assert matrix["cornerOfOrigin"] == "topLeft"


def test_addresses_are_those_that_proj_finds(get: Any) -> None:
    project = Transformer.from_crs("OGC:CRS84", "EPSG:3857", always_xy=True)
    matrices = get("/tileMatrixSets/WebMercatorQuad")["tileMatrices"]
    for lon, lat in ((15.0584, 50.7699), (-179.9, 85.0), (179.9, -85.0), (0.1, 0.1)):
        x, y = project.transform(lon, lat)
        for matrix in matrices[:20]:
            side = matrix["cellSize"] * matrix["tileWidth"]
            west, north = matrix["pointOfOrigin"]
            expected = math.floor((x - west) / side), math.floor((north - y) / side)
            assert tile_matrix.address(lon, lat, int(matrix["id"])) == expected


def test_places_beyond_the_square_are_in_its_outermost_tiles() -> None:
    assert tile_matrix.address(180, -90, 3) == (7, 7)
    assert tile_matrix.address(-180, 90, 3) == (0, 0)


def test_the_api_document_names_the_operations_as_the_standard_prescribes(get: Any) -> None:
    paths = get("/api?f=json")["paths"]
    collection = "/collections/{layer_id}/tiles"
    ends = {
        "/tiles": ".dataset.vector.getTileSetsList",
        "/tiles/WebMercatorQuad": ".dataset.vector.getTileSet",
        "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": ".dataset.vector.getTile",
        collection: ".collection.vector.getTileSetsList",
        f"{collection}/{{tileMatrixSetId}}": ".collection.vector.getTileSet",
        f"{collection}/{{tileMatrixSetId}}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}": ".collection.vector.getTile",
        "/tileMatrixSets": "getTileMatrixSetsList",
        "/tileMatrixSets/{tileMatrixSetId}": "getTileMatrixSet",
    }
    assert {path: paths[path]["get"]["operationId"] for path in ends} == ends
    responses = paths["/tiles/{tileset_id}/{z}/{x}/{y}.mvt"]["get"]["responses"]
    assert list(responses["200"]["content"]) == [MVT]
    assert "204" in responses
