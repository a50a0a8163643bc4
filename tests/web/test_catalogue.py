"""The pages for people at the addresses of OGC API - Features."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.web.test_pages import HTML, exists, fetch


def text(api, path):
    response = api.get(path, headers=HTML)
    assert response.status_code == 200, response.text[:500]
    return unescape(response.text).replace("\u00a0", " ")


def collection(api, name):
    return api.get(f"/collections/{name}?f=json").json


@pytest.fixture(scope="module")
def names(api):
    return [one["id"] for one in api.get("/collections?f=json").json["collections"]]


def test_every_layer_is_listed_under_its_theme_and_leads_to_its_page(api, names):
    page = fetch(api, "/collections")
    assert {f"/collections/{name}" for name in names} <= set(page.hrefs)
    html = page.html.split("<main", 1)[1]
    assert html.index("Zdravotnictví a zdraví") < html.index(">Pohotovosti</a>") < html.index("Správa a rozvoj území")
    assert html.count("schematické hranice)") == 5


def test_links_of_every_layers_page_lead_somewhere(api, names):
    for name in names:
        page = fetch(api, f"/collections/{name}")
        own = {url for url in (*page.hrefs, *page.loaded) if url.startswith("/") and "/vendor/" not in url}
        assert {url for url in own if not exists(api, url)} == set()


def test_a_layers_page_names_each_file_with_its_size_and_crs(api):
    html = text(api, "/collections/obce")
    files = [link for link in collection(api, "obce")["links"] if link["rel"] == "enclosure"]
    assert len(files) > 4
    for file in files:
        row = re.search(rf'<tr><th scope="row"><a href="{urlsplit(file["href"]).path}".*?</tr>', html, re.DOTALL)[0]
        shown = re.search(r'class="number">([\d ,]+) (kB|MB)', row)
        size = float(shown[1].replace(" ", "").replace(",", ".")) * {"kB": 1e3, "MB": 1e6}[shown[2]]
        assert size == pytest.approx(file["length"], rel=0.05)
        assert "EPSG:" in row


def test_a_layers_page_explains_each_field(api):
    html = text(api, "/collections/pohotovosti?lang=en")
    schema = api.get("/collections/pohotovosti/queryables").json["properties"]
    fields = {name for name, held in schema.items() if "geometry" not in held.get("format", "")}
    assert set(re.findall(r"<td><code>(\w+)</code></td>", html)) == fields
    assert '<th scope="row">Longitude</th><td><code>x</code></td><td>number</td><td>°</td>' in html


def test_a_layers_page_tells_machines_what_the_dataset_is(api):
    html = api.get("/collections/obce", headers=HTML).text
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1]
    assert "<" not in block
    dataset = json.loads(block)
    assert (dataset["@type"], dataset["name"]) == ("Dataset", "Obce")
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    south, west, north, east = map(float, dataset["spatialCoverage"]["geo"]["box"].split())
    assert [west, south, east, north] == collection(api, "obce")["extent"]["spatial"]["bbox"][0]
    assert all(exists(api, urlsplit(file["contentUrl"]).path) for file in dataset["distribution"])


def test_a_table_has_a_row_for_each_feature_with_its_values(api):
    html = text(api, "/collections/nemocnice/items")
    features = api.get("/collections/nemocnice/items?f=json").json["features"]
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', html)
    assert len(rows) == len(features) == 8
    for row, feature in zip(rows, features, strict=True):
        assert f">{feature['properties']['nazev']}</a>" in row
        assert f"/collections/nemocnice/items/{feature['id']}" in row
        assert feature["properties"]["kod_obce"] in row
    assert "1–8 z 8" in html


def test_pages_of_a_table_lead_forward_and_back_and_keep_language_and_filter(api):
    path, seen = "/collections/obce/items?limit=5&filter=nazev+LIKE+'L%25'&lang=en", []
    while path:
        page = fetch(api, path)
        seen += re.findall(r'<tr><th scope="row"><a href="/collections/obce/items/(\d+)', page.html)
        following = [held["href"] for tag, held in page.tags if tag == "a" and held.get("rel") == "next"]
        path = following[0] if following else None
        assert dict(page.tags)["html"]["lang"] == "en"
    held = api.get("/collections/obce/items?f=json&filter=nazev+LIKE+'L%25'").json["features"]
    assert seen == [feature["id"] for feature in held]
    assert any(held.get("rel") == "prev" for _, held in page.tags)


def test_the_map_of_a_table_loads_the_same_features_in_degrees(api):
    crs = "http://www.opengis.net/def/crs/EPSG/0/5514"
    html = api.get(f"/collections/obce/items?limit=7&offset=14&crs={crs}&lang=en", headers=HTML).text
    address = json.loads(re.findall(r"portal\.overlays\.push\((.*)\);", html)[-1])["url"]
    assert "crs" not in parse_qs(urlsplit(address).query)
    loaded = api.get(address).json["features"]
    assert [f["id"] for f in loaded] == re.findall(r'row"><a href="/collections/obce/items/(\d+)', html)


def test_the_example_of_a_filter_finds_something_in_every_layer(api, names):
    for name in names:
        page = fetch(api, f"/collections/{name}/items")
        example = next(url for url in page.hrefs if "filter=" in url)
        assert "'" in unquote(example) or "=" in unquote(example)
        assert "Nic nevyhovuje" not in text(api, example)


def test_nothing_found_says_what_to_do(api):
    page = fetch(api, "/collections/obce/items?filter=nazev='x'")
    assert "Nic nevyhovuje" in page.html
    assert "/collections/obce/items" in page.hrefs
    assert "<table" not in page.html


def test_a_filter_in_the_address_is_in_the_form_as_text(api):
    html = api.get("/collections/obce/items?filter=nazev='\"><script>alert(1)</script>'", headers=HTML).text
    assert "<script>alert" not in html


def test_a_feature_has_its_name_its_values_and_the_units_above(api):
    page = fetch(api, "/collections/obce/items/563889")
    assert "<h1>Liberec</h1>" in page.html
    assert {f"/collections/{unit}" for unit in ("okresy/items/CZ0513", "orp/items/5105", "kraj/items/CZ051")} <= set(
        page.hrefs
    )
    assert "/collections/obce/items/563889?f=json" in page.hrefs
    assert all(exists(api, url) for url in page.hrefs if url.startswith("/"))


def test_a_service_leads_to_its_municipality_and_can_be_called(api):
    feature = api.get("/collections/pohotovosti/items?f=json&limit=1").json["features"][0]
    page = fetch(api, f"/collections/pohotovosti/items/{feature['id']}")
    assert f"/collections/obce/items/{feature['properties']['kod_obce']}" in page.hrefs
    assert any(url.startswith("tel:+420") for url in page.hrefs)


def test_what_a_feature_lacks_is_said(api):
    html = text(api, "/collections/pohotovosti/items?limit=1")
    assert '<span class="hidden">bez údaje</span>' in html


def test_the_api_page_lists_every_path_of_the_document(api):
    html = text(api, "/api")
    for path in api.get("/api?f=json").get_json(force=True)["paths"]:
        shown = "/collections/{layer_id}/items" if path.endswith("/items") else path
        assert f"<code>{shown}</code>" in html
