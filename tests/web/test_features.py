from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import shapely
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def follow(api: FlaskClient, path: str) -> list[dict[str, Any]]:
    """All pages from ``path`` along ``next``."""
    pages = []
    while path:
        page = api.get(path, buffered=True).get_json(force=True)
        pages.append(page)
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        path = following[0].split("localhost", 1)[1] if following else ""
    return pages


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 230))
def test_paging_neither_loses_nor_repeats_a_feature(api: FlaskClient, limit: int) -> None:
    pages = follow(api, f"/collections/obce/items?limit={limit}")
    ids = [feature["id"] for page in pages for feature in page["features"]]
    assert len(ids) == len(set(ids)) == 215
    assert {page["numberMatched"] for page in pages} == {215}
    assert all(page["numberReturned"] == len(page["features"]) <= limit for page in pages)


def test_prev_leads_back(api: FlaskClient) -> None:
    page = api.get("/collections/obce/items?limit=10&offset=15", buffered=True).get_json(force=True)
    prev = next(link["href"] for link in page["links"] if link["rel"] == "prev")
    assert urlsplit(prev).query == "limit=10&offset=5"


def test_every_collection_leads_to_its_features_and_files(api: FlaskClient, get: Any) -> None:
    described = get("/collections")["collections"]
    assert {"obce", "pou", "orp", "okresy", "kraj", "pohotovosti", "zzs"} <= {one["id"] for one in described}
    for one in described:
        for link in one["links"]:
            if link["rel"] == "license":
                continue
            answer = api.get(link["href"].split("localhost", 1)[1], buffered=True)
            assert answer.status_code == 200, link
            assert answer.mimetype == link["type"].split(";")[0]
            if link["rel"] == "enclosure":
                assert len(answer.get_data()) == link["length"]


def test_a_feature_is_found_by_its_official_code(get: Any) -> None:
    liberec = get("/collections/obce/items/563889")
    assert liberec["properties"]["nazev"] == "Liberec"
    assert liberec["properties"]["kod_okresu"] == "CZ0513"
    assert shapely.geometry.shape(liberec["geometry"]).is_valid
    assert liberec["attribution"]


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("/collections/obec", 404, "did you mean 'obce'"),
        ("/collections/obce/items/1", 404, "'1'"),
        ("/collections/lesy/items", 404, "není uvolněn"),
        ("/layers/obce.shp", 404, "gpkg"),
        ("/layers/nic.csv", 404, "'nic'"),
        ("/collections/obce/items?limit=0", 400, "limit='0'"),
        ("/collections/obce/items?limit=-1", 400, "limit='-1'"),
        ("/collections/obce/items?limit=ten", 400, "limit='ten' is not a whole number from 1 to 10000"),
        ("/collections/obce/items?datetime=20200101", 400, "datetime='20200101'"),
        ("/collections/obce/items?datetime=2020-W01-1", 400, "datetime='2020-W01-1'"),
        ("/collections/obce/items?datetime=2020-02-30", 400, "datetime='2020-02-30'"),
        ("/collections/obce/items?limit=1&limit=2", 400, "2 times"),
        ("/collections/obce/items?bbox=1,2,3", 400, "3 numbers"),
        ("/collections/obce/items?bbox=a,b,c,d", 400, "number"),
        ("/collections/obce/items?lmit=1", 400, "did you mean 'limit'"),
        ("/collections/obce/items?f=pdf", 400, "f='pdf'"),
        ("/collections/obce/items?%ff=1", 400, "unknown parameter"),
        ("/layers/obce.geojson?x=1", 400, "unknown parameter 'x'"),
        ("/indicators/nic", 404, "'nic'"),
        ("/indicators/obyvatel/values?level=obce", 400, "did you mean 'obec'"),
        ("/indicators/obyvatel/values?period=1848", 400, "period='1848'"),
        ("/indicators/obyvatel/values?f=xls", 400, "f='xls'"),
        ("/nearest?lon=15", 400, "'lat' is required"),
        ("/nearest?lon=nan&lat=50", 400, "lon='nan'"),
        ("/nearest?lon=15&lat=95", 400, "lat='95'"),
        ("/nearest?lon=15&lat=50&kind=hasiči", 400, "kind='hasiči'"),
        ("/nearest?lon=15&lat=50&limit=1000", 400, "limit='1000'"),
        ("/nic", 404, "/nic"),
    ],
)
def test_a_wrong_request_is_told_what_was_wrong(api: FlaskClient, path: str, status: int, named: str) -> None:
    answer = api.get(path, buffered=True)
    assert answer.status_code == status
    body = answer.get_json(force=True)
    assert set(body) == {"code", "description"}
    assert named in body["description"]


def test_people_get_their_errors_as_a_page(api: FlaskClient) -> None:
    answer = api.get("/nic", headers={"Accept": "text/html"}, buffered=True)
    assert answer.status_code == 404
    assert "<html" in answer.get_data(as_text=True)


def test_a_method_that_is_not_allowed_is_405_with_the_ones_that_are(api: FlaskClient) -> None:
    answer = api.post("/collections/obce/items")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "path", ["/collections", "/collections/obce/items", "/layers/obce.geojson", "/layers/zzs.gpkg", "/indicators"]
)
def test_an_answer_can_be_revalidated_and_read_from_any_origin(api: FlaskClient, path: str) -> None:
    first = api.get(path, buffered=True)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in first.headers["Cache-Control"]
    again = api.get(path, headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.get_data()) == (304, b"")
    head = api.head(path, buffered=True)
    assert (head.status_code, head.get_data(), head.headers["ETag"]) == (200, b"", first.headers["ETag"])


@pytest.mark.parametrize(("encoding", "decode"), [("br", "brotli"), ("gzip", "gzip"), ("zstd", "zstandard")])
@pytest.mark.parametrize(
    "path",
    [
        "/layers/obce.geojson", "/layers/obce.csv", "/layers/obce.kml", "/layers/obce.jsonfg",
        "/layers/obce.geojsonseq", "/collections/obce/items?limit=20", "/collections/obce/items?limit=20&f=csv",
        "/collections/obce/schema", "/api",
    ],
)  # fmt: skip
def test_a_compressed_answer_is_the_same_answer(api: FlaskClient, path: str, encoding: str, decode: str) -> None:
    import importlib

    plain = api.get(path, buffered=True).get_data()
    packed = api.get(path, headers={"Accept-Encoding": encoding}, buffered=True)
    assert packed.headers["Content-Encoding"] == encoding
    assert packed.vary.find("Accept-Encoding") >= 0
    module = importlib.import_module(decode)
    assert getattr(module, "decompress")(packed.get_data()) == plain  # noqa: B009
    assert len(packed.get_data()) < len(plain) / 2


@pytest.mark.parametrize("path", ["/", "/collections", "/collections/obce", "/collections/obce/items", "/tiles"])
def test_caches_are_told_what_an_answer_was_chosen_by(api: FlaskClient, path: str) -> None:
    assert "Accept" in api.get(path, headers={"Accept": "text/html"}, buffered=True).vary
    assert "Accept" in api.get(path, buffered=True).vary
    assert "Accept" not in api.get(f"{path}?f=json", buffered=True).vary


def test_scripts_of_other_sites_may_read_every_header(api: FlaskClient) -> None:
    for path in ("/collections/obce/items?limit=1", "/layers/obce.gpkg", "/tiles/obce.pmtiles"):
        assert api.get(path, buffered=True).headers["Access-Control-Expose-Headers"] == "*"


def test_a_part_of_a_file_can_be_asked_for(api: FlaskClient) -> None:
    whole = api.get("/layers/obce.fgb", buffered=True).get_data()
    part = api.get("/layers/obce.fgb", headers={"Range": "bytes=100-199"}, buffered=True)
    assert part.status_code == 206
    assert part.get_data() == whole[100:200]


def test_a_preflight_is_answered(api: FlaskClient) -> None:
    answer = api.options("/collections/obce/items", headers={"Access-Control-Request-Headers": "x-test"})
    assert answer.status_code == 200
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Access-Control-Allow-Headers"] == "x-test"


def test_values_distinguish_missing_from_zero(get: Any) -> None:
    rows = get("/indicators/nezamestnanost/values?level=obec")["values"]
    statuses = {row["code"]: (row["value"], row["status"]) for row in rows}
    assert statuses["544604"] == (None, "missing")
    assert len(rows) == 215


def test_values_as_csv_have_a_row_for_each_unit(api: FlaskClient) -> None:
    text = api.get("/indicators/obyvatel/values?level=okres&period=2024&f=csv", buffered=True).get_data(as_text=True)
    assert text.splitlines()[:2] == ["kod,nazev,obdobi,obyvatel,stav", "CZ0511,Česká Lípa,2024,103009,ok"]


def test_the_nearest_are_ordered_and_carry_source_and_date_and_never_say_open(api: FlaskClient) -> None:
    answer = api.get("/nearest?lon=15.0584&lat=50.7699&limit=5", buffered=True)
    features = answer.get_json(force=True)["features"]
    distances = [feature["properties"]["distance_m"] for feature in features]
    assert distances == sorted(distances)
    assert all(feature["properties"]["source"] and feature["properties"]["date"] for feature in features)
    assert not any("open" in feature["properties"] for feature in features)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_position_outside_the_region_is_answered_with_a_remark(get: Any) -> None:
    assert "mimo Liberecký kraj" in get("/nearest?lon=14.42&lat=50.09")["remark"]
    assert "remark" not in get("/nearest?lon=15.05&lat=50.77")


def test_a_bug_is_logged_and_tells_nothing_of_the_inside(api: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geoportal.web.features.describe.describe_collection", lambda collection: 1 / 0)
    answer = api.get("/collections/orp?f=json&lang=en", buffered=True)
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/conformance", "/collections/obce/queryables", "/collections/obce/schema"])
def test_what_programs_read_of_the_interface_people_read_as_a_page(api: FlaskClient, path: str) -> None:
    page = api.get(path, headers={"Accept": "text/html"}, buffered=True)
    assert page.mimetype == "text/html"
    assert api.get(f"{path}?f=html", buffered=True).mimetype == "text/html"
    told = api.get(path, buffered=True).get_json(force=True)
    named = told.get("conformsTo") or [f"<code>{name}</code>" for name in told["properties"]]
    assert [name for name in named if name not in page.get_data(as_text=True)] == []
    assert api.get(f"{path}?lang=en", headers={"Accept": "text/html"}, buffered=True).status_code == 200


def test_every_layer_says_how_it_is_filtered(api: FlaskClient, get: Any) -> None:
    for collection in get("/collections")["collections"]:
        page = api.get(f"/collections/{collection['id']}/queryables?f=html", buffered=True).get_data(as_text=True)
        address = re.search(r'<pre><code><a href="([^"]+)"', page)
        assert address
        assert get(html.unescape(address[1]) + "&f=json&limit=1")["numberMatched"]
