from __future__ import annotations

import hashlib
import json
import re
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from rdflib import DCAT, Graph, URIRef

from geoportal.app import create_app
from geoportal.settings import Settings
from tests.web.reading import read_page, text_of

ATOM, MAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PUBLIC = "https://mapy.test/sluzba"
PATHS = ("/catalog", "/catalog.jsonld", "/catalog.ttl", "/catalog.rdf", "/data.json", "/datasets/obce", "/zmeny.atom")
TEXTS = (*PATHS, "/zmeny", "/sitemap.xml", "/robots.txt", "/llms.txt")


@pytest.fixture(scope="module")
def client(built_settings: Settings) -> FlaskClient:
    return create_app(built_settings).test_client()


def records(client: FlaskClient) -> list[dict[str, Any]]:
    addresses = client.get("/catalog.jsonld").get_json(force=True)["datová_sada"]
    return [client.get(urlsplit(address).path).get_json(force=True) for address in addresses]


@pytest.mark.parametrize("path", TEXTS)
def test_it_answers_everybody_everywhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "public" in answer.headers["Cache-Control"]
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(path)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])
    options = client.options(path, headers={"Access-Control-Request-Method": "GET"})
    assert options.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in options.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("path", ["/catalog", "/datasets/obce"])
@pytest.mark.parametrize(
    ("accepted", "given"),
    [
        ("*/*", "application/ld+json"),
        ("application/ld+json", "application/ld+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_people_get_a_page_and_programs_what_they_accept(
    client: FlaskClient, path: str, accepted: str, given: str
) -> None:
    answer = client.get(path, headers={"Accept": accepted})
    assert answer.mimetype == given
    assert "Accept" in answer.headers["Vary"]


def test_each_record_names_itself(client: FlaskClient) -> None:
    listed = client.get("/catalog.jsonld").get_json(force=True)["datová_sada"]
    assert [record["iri"] for record in records(client)] == listed


def test_every_file_is_whole_and_of_the_type_it_is_said_to_be(client: FlaskClient) -> None:
    checked = 0
    for one in (one for record in records(client) for one in record["distribuce"] if "soubor_ke_stažení" in one):
        answer = client.get(urlsplit(one["soubor_ke_stažení"]).path, headers={"Accept-Encoding": "identity"})
        assert answer.status_code == 200, one["iri"]
        assert one["typ_média"].endswith(f"/media-types/{answer.mimetype}"), one["iri"]
        if "spdx:checksum" in one:
            digest = hashlib.sha256(answer.data).hexdigest()
            assert digest == one["spdx:checksum"]["spdx:checksumValue"]["@value"], one["iri"]
            checked += 1
    assert checked > 100


def test_files_are_as_large_on_the_wire_as_they_are_said_to_be(live: str) -> None:
    def fetch(address: str) -> Any:
        with urlopen(Request(address, headers={"Accept": "application/ld+json"})) as answer:
            return json.load(answer)

    wrong, host = {}, urlsplit(live).netloc
    connection = HTTPConnection(host)
    for dataset in fetch(f"{live}/catalog.jsonld")["datová_sada"]:
        for one in fetch(dataset)["distribuce"]:
            if "dcat:byteSize" in one:
                connection.request("HEAD", urlsplit(one["soubor_ke_stažení"]).path)
                answer = connection.getresponse()
                answer.read()
                if answer.headers["Content-Length"] != one["dcat:byteSize"]["@value"]:
                    wrong[one["iri"]] = answer.headers["Content-Length"]
    connection.close()
    assert wrong == {}


def test_services_come_in_the_terms_of_the_state_too(client: FlaskClient) -> None:
    record = client.get("/datasets/pohotovosti").get_json(force=True)
    (one,) = [one for one in record["distribuce"] if one["iri"].endswith("#file-jsonld")]
    assert "https://ofn.gov.cz/turistické-cíle/2020-07-01/" in one["specifikace"]


def test_every_service_and_page_that_is_named_answers(client: FlaskClient) -> None:
    addresses = set()
    for record in records(client):
        addresses.add(record["dokumentace"])
        for service in (one["přístupová_služba"] for one in record["distribuce"] if "přístupová_služba" in one):
            addresses |= {service["přístupový_bod"], service["popis_přístupového_bodu"], *service["dokumentace"]}
    found = {address: client.get(address).status_code for address in addresses}
    assert {address: status for address, status in found.items() if status != 200} == {}


def test_the_graph_of_one_dataset_is_part_of_the_whole(client: FlaskClient) -> None:
    whole = Graph().parse(data=client.get("/catalog.ttl").text, format="turtle")
    one = Graph().parse(data=client.get("/datasets/obce?f=ttl").text, format="turtle")
    assert set(one) <= set(whole)
    assert list(one.subjects(DCAT.accessURL, URIRef("http://localhost/layers/obce.gpkg")))


def test_names_stand_at_the_public_address(built_settings: Settings) -> None:
    settings = Settings(home=built_settings.home, data=built_settings.data, base_url=PUBLIC)
    document = create_app(settings).test_client().get("/catalog.jsonld").get_json(force=True)
    assert document["iri"] == f"{PUBLIC}/catalog"
    assert all(iri.startswith(f"{PUBLIC}/datasets/") for iri in document["datová_sada"])


def test_names_stay_when_the_service_moves(built_settings: Settings, home: Any) -> None:
    toml = home / "geoportal.toml"
    toml.write_text(toml.read_text("utf-8").replace("[catalog]", '[catalog]\nnames = "https://data.test"'), "utf-8")
    settings = Settings(home=home, data=built_settings.data, base_url=PUBLIC)
    record = create_app(settings).test_client().get("/datasets/obce").get_json(force=True)
    assert record["iri"] == "https://data.test/datasets/obce"
    assert record["distribuce"][0]["soubor_ke_stažení"].startswith(f"{PUBLIC}/layers/")


def test_an_unknown_dataset_is_not_found_and_those_there_are_named(client: FlaskClient) -> None:
    answer = client.get("/datasets/obec", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "obce" in answer.get_json()["description"]


@pytest.mark.parametrize("query", ["f=xml", "lang=sk", "x=1"])
def test_a_wrong_parameter_is_refused_by_name(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/datasets/obce?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.get_json()["description"]


@pytest.mark.parametrize("language", ["cs", "en"])
def test_pages_are_in_both_languages(client: FlaskClient, language: str) -> None:
    for path in ("/catalog", "/datasets/obce", "/datasets/obyvatel", "/datasets/zaklad", "/zmeny"):
        page = client.get(f"{path}?lang={language}", headers={"Accept": "text/html"}).text
        assert f'<html lang="{language}">' in page
        assert page.count("<h1>") == 1


def test_the_page_of_a_dataset_leads_to_its_own_page_and_every_file(client: FlaskClient) -> None:
    page = client.get("/datasets/obyvatel?lang=en", headers={"Accept": "text/html"}).text
    assert 'href="/mapa/indikatory?lang=en&amp;ukazatel=obyvatel"' in page
    for form in ("csv", "json", "xlsx"):
        assert f"/indicators/obyvatel.{form}" in page


def test_the_page_of_a_dataset_names_its_concepts_in_the_language_of_the_reader(client: FlaskClient) -> None:
    for language, words in (("cs", "zdravotní péče"), ("en", "health care")):
        page = client.get(f"/datasets/pohotovosti?lang={language}", headers={"Accept": "text/html"}).text
        assert f'<a href="http://eurovoc.europa.eu/5899">{words}</a>' in page


def test_the_page_of_a_layer_is_marked_up_as_its_record(client: FlaskClient) -> None:
    page = client.get("/collections/obce", headers={"Accept": "text/html"}).text
    assert '"@id": "http://localhost/datasets/obce"' in page


def test_the_feed_is_atom_and_tells_of_layers_and_indicators(client: FlaskClient) -> None:
    feed = ET.fromstring(client.get("/zmeny.atom").data)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert {category.get("term") for category in entry.iter(f"{ATOM}category")} == {"layer", "indicator"}
    content = entry.findtext(f"{ATOM}content") or ""
    assert re.search(r"Obce \(vrstva\): nově, 215 prvků, stav k .*SHA-256 [0-9a-f]{64}", content)
    identifiers = [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")]
    assert len(set(identifiers)) == len(identifiers)


def test_the_sitemap_has_every_page_in_its_languages_and_all_answer(client: FlaskClient) -> None:
    root = ET.fromstring(client.get("/sitemap.xml").data)
    addresses = [url.findtext(f"{MAP}loc") or "" for url in root.iter(f"{MAP}url")]
    assert len(set(addresses)) == len(addresses)
    for url in root.iter(f"{MAP}url"):
        languages = [link.get("hreflang") for link in url if link.tag.endswith("}link")]
        path = urlsplit(url.findtext(f"{MAP}loc") or "").path
        more = ["de", "pl"] if path.startswith(("/mapa/pohotovosti", "/pohotovosti", "/zpetna-vazba")) else []
        assert languages == ["cs", "en", *more, "x-default"]
    paths = {urlsplit(address).path for address in addresses}
    assert paths >= {
        "/",
        "/catalog",
        "/collections/obce",
        "/datasets/obyvatel",
        "/temata/doprava",
        "/mapa/vrstvy",
        "/zmeny",
    }
    assert not [path for path in paths if re.match(r"/(esri|static|healthz|search)", path)]
    one_of_each = {re.sub(r"[^/]+$", "", path): path for path in sorted(paths)}
    checked = {*one_of_each.values(), *(path for path in paths if path.count("/") == 1)}
    found = {path: client.get(path, headers={"Accept": "text/html"}).status_code for path in checked}
    assert {path: status for path, status in found.items() if status != 200} == {}


def test_robots_find_the_sitemap_and_stay_away_from_single_features(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert "Disallow: /collections/*/items" in lines
    assert not [line for line in lines if line == "Disallow: /"]


def test_programs_that_read_for_people_find_every_dataset(client: FlaskClient) -> None:
    text = client.get("/llms.txt").text
    assert text.startswith("# ")
    for record in records(client):
        assert f"]({record['iri']})" in text


def test_the_page_of_a_dataset_says_in_words_what_its_record_says_in_codes(client: FlaskClient) -> None:
    page = read_page(client, "/datasets/pohotovosti")
    facts = {text_of(term): term.getnext() for term in page.iterfind(".//main//dl/dt")}
    (licence,) = facts["Licence"].iter("a")
    assert licence.get("href") == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert (
        text_of(licence) == "Podmínky užití NKOD: neobsahuje autorská díla, není chráněnou databází (odpovídá CC0 1.0)"
    )
    assert text_of(facts["Období"]) == "31. 12. 2025"


def test_interfaces_of_a_dataset_are_called_so(client: FlaskClient) -> None:
    rows = [
        [text_of(cell) for cell in row] for row in read_page(client, "/datasets/pohotovosti").iterfind(".//tbody/tr")
    ]
    assert ["OGC API – Features", "rozhraní pro programy", "", ""] in rows
    assert all(row[1] for row in rows)
