from __future__ import annotations

import gzip
import re
from typing import Any

import jsonschema
import mapbox_vector_tile
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pmtiles.reader import Reader, all_tiles

from geoportal.app import create_app
from geoportal.settings import Settings

MVT = "application/vnd.mapbox-vector-tile"
LIBEREC = "/tiles/obce/8/138/86.mvt"
EMPTY = "/tiles/obce/8/0/0.mvt"
GZIP = {"Accept-Encoding": "gzip, deflate, br"}
BY_THE_VIEW = {"Accept-Encoding": "gzip;q=1, br"}  # weights are left to the view

# Typed from the specification, https://github.com/mapbox/tilejson-spec/tree/master/3.0.0
TILEJSON_3 = {
    "type": "object",
    "required": ["tilejson", "tiles", "vector_layers"],
    "properties": {
        "tilejson": {"const": "3.0.0"},
        "tiles": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": r"^https?://.*\{z\}.*\{x\}.*\{y\}"}},
        "vector_layers": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["id", "fields"],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "fields": {"type": "object", "additionalProperties": {"type": "string"}},
                    "description": {"type": "string"},
                    "minzoom": {"type": "integer", "minimum": 0, "maximum": 30},
                    "maxzoom": {"type": "integer", "minimum": 0, "maximum": 30},
                },
            },
        },
        "attribution": {"type": "string", "minLength": 1},
        "bounds": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number"}},
        "center": {"type": "array", "minItems": 3, "maxItems": 3, "items": {"type": "number"}},
        "description": {"type": "string"},
        "minzoom": {"type": "integer", "minimum": 0, "maximum": 30},
        "maxzoom": {"type": "integer", "minimum": 0, "maximum": 30},
        "name": {"type": "string"},
        "scheme": {"enum": ["xyz", "tms"]},
        "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+(\+[0-9A-Za-z.-]+)?$"},  # semver.org
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def app(facts_settings: Settings) -> Flask:
    return create_app(facts_settings)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def snapshot_id(client: FlaskClient) -> str:
    found: str = client.get("/readyz").get_json()["snapshot"]
    return found


def tilesets(client: FlaskClient) -> list[str]:
    links = [link["href"] for item in client.get("/tiles?f=json").get_json()["tilesets"] for link in item["links"]]
    return [re.sub(r".*/tiles/(.*)\.json", r"\1", href) for href in links if href.endswith(".json")]


def test_every_layer_has_a_tileset_and_so_has_the_whole(client: FlaskClient, get: Any) -> None:
    layers = {collection["id"] for collection in get("/collections")["collections"]}
    assert set(tilesets(client)) == layers | {"zaklad"}


def test_every_tileset_has_a_tilejson_as_specified(client: FlaskClient, snapshot_id: str) -> None:
    for name in tilesets(client):
        told = client.get(f"/tiles/{name}.json").get_json()
        jsonschema.Draft202012Validator(TILEJSON_3).validate(told)
        west, south, east, north = told["bounds"]
        lon, lat, zoom = told["center"]
        assert west < lon < east
        assert south < lat < north
        assert told["minzoom"] <= zoom <= told["maxzoom"]
        assert told["version"].endswith(snapshot_id)
        assert told["licences"]
        assert all(re.search(r"\w", words) for layer in told["vector_layers"] for words in layer["fields"].values())


def test_the_address_in_the_tilejson_gives_tiles_of_its_layers_to_be_kept_for_ever(client: FlaskClient) -> None:
    told = client.get("/tiles/obce.json").get_json()
    address = told["tiles"][0].format(z=8, x=138, y=86)
    answer = client.get(address, headers=GZIP)
    assert answer.status_code == 200
    assert answer.mimetype == MVT
    assert "immutable" in answer.headers["Cache-Control"]
    decoded = mapbox_vector_tile.decode(gzip.decompress(answer.data))
    described = {layer["id"]: layer for layer in told["vector_layers"]}
    assert decoded.keys() == described.keys() == {"obce"}
    features = decoded["obce"]["features"]
    assert {name for feature in features for name in feature["properties"]} <= described["obce"]["fields"].keys()
    assert 563889 in {feature["id"] for feature in features}  # Liberec


def test_an_address_for_another_snapshot_is_not_kept_for_ever(client: FlaskClient, snapshot_id: str) -> None:
    for query in ("", "?v=0123456789abcdef", f"?v={snapshot_id[:8]}"):
        for headers in (GZIP, BY_THE_VIEW):
            assert client.get(LIBEREC + query, headers=headers).headers["Cache-Control"] == "public, max-age=60"


def test_a_tile_is_sent_as_it_is_stored(client: FlaskClient, app: Flask) -> None:
    stored = app.extensions["geoportal"].snapshot().tilesets["obce"].tile(8, 138, 86)
    for headers in (GZIP, BY_THE_VIEW):
        answer = client.get(LIBEREC, headers=headers)
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.data == stored


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "identity"}, {"Accept-Encoding": "br, gzip;q=0"}])
def test_a_client_that_does_not_say_that_it_unpacks_gets_plain_bytes(client: FlaskClient, headers: Any) -> None:
    plain, packed = client.get(LIBEREC, headers=headers), client.get(LIBEREC, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert plain.data == gzip.decompress(packed.data)
    assert plain.headers["Content-Length"] == str(len(plain.data))
    assert plain.headers["ETag"] != packed.headers["ETag"]  # strong tags tell bytes apart
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("headers", [GZIP, BY_THE_VIEW, {}])
def test_an_empty_tile_has_no_content(client: FlaskClient, headers: Any) -> None:
    answer = client.get(EMPTY, headers=headers)
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Content-Type" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/tiles/obcee/8/138/86.mvt", "did you mean 'obce'?"),
        ("/tiles/obce/15/0/0.mvt", "has no zoom 15; allowed: 0 to 14"),
        ("/tiles/zaklad/4/0/0.mvt", "has no zoom 4; allowed: 5 to 14"),
        ("/tiles/obce/8/256/86.mvt", "x=256 is outside zoom 8; allowed: 0 to 255"),
        ("/tiles/obce/8/138/256.mvt", "y=256 is outside zoom 8; allowed: 0 to 255"),
        ("/tiles/obce/8/138/-1.mvt", "y='-1' is not a whole number"),
        ("/tiles/obce/8/138/8.6.mvt", "y='8.6' is not a whole number"),
        ("/tiles/obce/08/138/86.mvt", "z='08' is not a whole number"),
        ("/tiles/obce/8/138/٨.mvt", "is not a whole number"),
        ("/tiles/obce/8/138/86.pbf", "does not exist"),
        ("/tiles/nic.json", "tileset 'nic' does not exist"),
        ("/tiles/nic.pmtiles", "tileset 'nic' does not exist"),
        ("/tiles/nic?f=json", "tileset 'nic' does not exist"),
    ],
)
def test_what_is_no_tile_is_not_found_and_the_answer_says_why(client: FlaskClient, path: str, told: str) -> None:
    for headers in (GZIP, BY_THE_VIEW):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 404
        assert told in answer.get_json()["description"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_unknown_parameters_are_refused(client: FlaskClient) -> None:
    for query in ("?w=1", "?v=1&v=2", "?v=1&w=2", "?=1", "?1"):
        assert client.get(LIBEREC + query, headers=GZIP).status_code == 400


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", [LIBEREC, EMPTY, "/tiles/obce/14/8877/5504.mvt", "/tiles/zaklad/8/138/86.mvt"])
def test_the_route_in_front_answers_as_the_view_does(client: FlaskClient, path: str, method: str) -> None:
    known: dict[str, str] = {}
    for status in (204, 204) if path == EMPTY else (200, 304):
        route, view = (client.open(path, method=method, headers={**how, **known}) for how in (GZIP, BY_THE_VIEW))
        for answer in (route, view):
            answer.headers.pop("Date", None)  # the server adds it to what has none
        assert route.status_code == status
        assert (route.status, route.data, dict(route.headers)) == (view.status, view.data, dict(view.headers))
        known = {"If-None-Match": f'"old", W/{route.headers["ETag"]}'}


def test_other_methods_are_the_views_business(client: FlaskClient) -> None:
    assert client.post(LIBEREC, headers=GZIP).status_code == 405
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    answer = client.options(LIBEREC, headers={**GZIP, **asked})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]


def test_without_a_snapshot_there_is_a_sentence(tmp_path: Any) -> None:
    from tests.conftest import ROOT

    client = create_app(Settings(home=ROOT, data=tmp_path)).test_client()
    answer = client.get(LIBEREC, headers=GZIP)
    assert answer.status_code == 503
    assert "geoportal build" in answer.get_json()["description"]


class Ranges:
    """Byte ranges of an archive, asked for as readers of PMTiles do."""

    def __init__(self, client: FlaskClient, path: str) -> None:
        self.client, self.path, self.asked = client, path, 0

    def __call__(self, offset: int, length: int) -> bytes:
        self.asked += 1
        with self.client.get(self.path, headers={"Range": f"bytes={offset}-{offset + length - 1}"}) as answer:
            assert answer.status_code == 206
            return answer.data


def test_the_archive_is_read_by_ranges_and_holds_the_same_tiles(client: FlaskClient) -> None:
    source = Ranges(client, "/tiles/obce.pmtiles")
    reader = Reader(source)
    assert reader.get(8, 138, 86) == client.get(LIBEREC, headers=GZIP).data
    assert reader.get(8, 0, 0) is None
    assert source.asked <= 8  # header, directories, tile; twice
    assert reader.metadata()["vector_layers"][0]["id"] == "obce"


def test_every_tile_of_a_whole_archive_is_served(client: FlaskClient) -> None:
    whole = client.get("/tiles/zzs.pmtiles", buffered=True)
    assert whole.mimetype == "application/vnd.pmtiles"
    tiles = list(all_tiles(lambda offset, length: whole.data[offset : offset + length]))
    assert len(tiles) > 10
    for (z, x, y), tile in tiles:
        assert client.get(f"/tiles/zzs/{z}/{x}/{y}.mvt", headers=GZIP).data == tile


def test_ranges_of_an_archive_are_those_of_http(client: FlaskClient) -> None:
    path = "/tiles/zzs.pmtiles"
    whole = client.get(path, buffered=True)
    size, etag = len(whole.data), whole.headers["ETag"]
    assert not etag.startswith("W/")  # If-Range needs a strong one

    def part(ranges: str, **more: str) -> Any:
        headers = {"Range": ranges, **{name.replace("_", "-"): value for name, value in more.items()}}
        return client.get(path, headers=headers, buffered=True)

    first = part("bytes=0-6")
    assert (first.status_code, first.data) == (206, b"PMTiles")
    assert first.headers["Content-Range"] == f"bytes 0-6/{size}"
    assert part("bytes=-5").data == whole.data[-5:]
    assert part(f"bytes={size - 3}-").data == whole.data[-3:]
    assert part("bytes=0-6", If_Range=etag).status_code == 206
    changed = part("bytes=0-6", If_Range='"another"')
    assert (changed.status_code, changed.data) == (200, whole.data)
    for beyond in (f"bytes={size}-", "bytes=0-1,4-5", "bytes=9-3"):
        refused = part(beyond)
        assert refused.status_code == 416, beyond
        assert f"{size} bytes" in refused.get_json()["description"]
        assert refused.headers["Content-Range"] == f"bytes */{size}"
    assert client.get(path, headers={"If-None-Match": etag}, buffered=True).status_code == 304
    assert client.head(path, buffered=True).headers["Content-Length"] == str(size)


def test_people_get_pages_with_every_address(client: FlaskClient) -> None:
    for language, heading in (("cs", "Vektorové dlaždice"), ("en", "Vector tiles")):
        page = client.get(f"/tiles?f=html&lang={language}").get_data(as_text=True)
        assert f"<h1>{heading}</h1>" in page
        assert all(f"/tiles/{name}?lang={language}" in page for name in tilesets(client))
    page = client.get("/tiles/zaklad", headers={"Accept": "text/html"}).get_data(as_text=True)
    for address in ("zaklad.json", "zaklad/{z}/{x}/{y}.mvt", "zaklad.pmtiles"):
        assert f"http://localhost/tiles/{address}" in page
    assert "<code>hranice</code>" in page
    assert "není stažen" in page  # what the tileset lacks, and why


def test_the_page_of_a_layer_leads_to_its_tiles(client: FlaskClient) -> None:
    assert 'href="/tiles/obce"' in client.get("/collections/obce?f=html").get_data(as_text=True)


def test_the_page_of_the_basemap_leads_to_its_styles_and_other_pages_do_not(client: FlaskClient) -> None:
    page = client.get("/tiles/zaklad?f=html").get_data(as_text=True)
    styles = re.findall(r'<dt><a href="http://localhost(/styles/[^"]+)"', page)
    assert len(set(styles)) == 4
    assert all(client.get(address).get_json(force=True)["version"] == 8 for address in styles)
    assert '<a href="http://localhost/styles/' not in client.get("/tiles/obce?f=html").get_data(as_text=True)
