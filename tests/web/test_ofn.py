from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from geoportal.web.finder.ofn import CONTEXT


@pytest.fixture(scope="module")
def graph(api: FlaskClient) -> list[dict[str, Any]]:
    answer = api.get("/layers/pohotovosti.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json"
    content = answer.get_json(force=True)
    assert content["@context"] == CONTEXT
    return content["@graph"]


def by_id(graph: list[dict[str, Any]], fid: str) -> dict[str, Any]:
    return next(one for one in graph if one["iri"].endswith(f"/items/{fid}"))


def test_every_feature_of_the_layer_is_there_once(graph: list[dict[str, Any]]):
    assert len({one["iri"] for one in graph}) == len(graph) == 12


def test_a_service_is_told_in_the_terms_of_the_norms(graph: list[dict[str, Any]]):
    turnov = by_id(graph, "4")
    assert turnov["název"] == {"cs": "Krajská nemocnice Liberec, a.s., Nemocnice Turnov"}
    assert turnov["kontakt"] == [
        {"typ": "Kontakt", "telefon": "tel:+420481446341", "url": "https://www.nemlib.cz/pohotovost/"}
    ]
    assert turnov["umístění"] == [{
        "typ": "Umístění",
        "geometrie": {"type": "Point", "coordinates": [15.168417, 50.58921]},
        "adresa": {"typ": "Adresa", "text": {"cs": "Turnov"}},
        "obec": "Turnov",
    }]  # fmt: skip
    assert turnov["druh_služby"]["cs"] == ["Pohotovost pro dospělé"]
    assert turnov["zdroj"] == "Liberecký kraj, DataLK"


def test_hours_are_the_regions_own(graph: list[dict[str, Any]]):
    hours = by_id(graph, "4")["otevírací_doba"]
    assert {one["typ"] for one in hours} == {"Časová specifikace"}
    weekdays = next(one for one in hours if len(one.get("den_v_týdnu", ())) == 5)
    assert weekdays["časová_doba"] == [{"typ": "Časová doba", "od": "17:00:00", "do": "22:00:00"}]


def test_every_link_of_the_feed_leads_to_its_feature(api: FlaskClient, graph: list[dict[str, Any]]):
    path = graph[0]["iri"].removeprefix("http://localhost")
    assert api.get(path, headers={"Accept": "application/json"}).status_code == 200


def test_a_place_without_hours_has_none(api: FlaskClient):
    hospitals = api.get("/layers/nemocnice.jsonld").get_json(force=True)["@graph"]
    assert len(hospitals) == 8
    assert not any("otevírací_doba" in one for one in hospitals)


def test_other_layers_have_no_such_format(api: FlaskClient):
    answer = api.get("/layers/obce.jsonld")
    assert answer.status_code == 404
    assert "only services have" in answer.get_json(force=True)["description"]


def test_the_feed_of_old_is_where_it_was(api: FlaskClient):
    feature = api.get("/layers/pohotovosti.geojson").get_json(force=True)["features"][0]
    assert {"nazev", "cilova_skupina", "ordinacni_hodiny_svatek", "Platnost", "wkt", "x", "y"} <= feature[
        "properties"
    ].keys()
