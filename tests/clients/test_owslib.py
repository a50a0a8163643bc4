"""OWSLib, the library behind many Python clients of OGC services."""

from __future__ import annotations

import json
from typing import Any

import pytest
from owslib.ogcapi.features import Features
from owslib.util import http_get

pytestmark = pytest.mark.client


@pytest.fixture
def features(live: str) -> Features:
    return Features(f"{live}/")


def all_pages(features: Features, **query: Any) -> list[dict[str, Any]]:
    """The features of every page, by following ``next`` to its end."""
    page = features.collection_items("obce", **query)
    found = list(page["features"])
    while any(link["rel"] == "next" for link in page["links"]):
        address = next(link["href"] for link in page["links"] if link["rel"] == "next")
        page = http_get(address, headers=features.headers).json()
        found += page["features"]
    assert len(found) == page["numberMatched"]
    return found


def test_it_finds_the_conformance_classes_and_the_document(features: Features) -> None:
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in features.conformance()["conformsTo"]
    assert features.api()["openapi"] == "3.0.3"


def test_it_lists_the_collections_of_features(features: Features) -> None:
    assert {"obce", "kraj", "zzs"} <= set(features.feature_collections())
    assert features.collection("obce")["id"] == "obce"


def test_it_reads_what_filters_may_name(features: Features) -> None:
    assert "nazev" in features.collection_queryables("obce")["properties"]
    assert "nazev" in features.collection_schema("obce")["properties"]


def test_it_reads_one_feature(features: Features) -> None:
    assert features.collection_item("obce", "563889")["properties"]["nazev"] == "Liberec"


def test_it_pages_to_the_end_without_losing_or_repeating_a_feature(features: Features) -> None:
    codes = [feature["id"] for feature in all_pages(features, limit=50)]
    assert len(codes) == len(set(codes)) == 215


def test_it_pages_through_a_box_and_a_filter(features: Features) -> None:
    in_box = {feature["id"] for feature in all_pages(features, bbox=[15.0, 50.7, 15.2, 50.8], limit=7)}
    liberec = {feature["id"] for feature in all_pages(features, filter="kod_okresu = 'CZ0513'", limit=20)}
    both = all_pages(features, bbox=[15.0, 50.7, 15.2, 50.8], filter="kod_okresu = 'CZ0513'", limit=3)
    assert {feature["id"] for feature in both} == in_box & liberec
    assert both


def test_it_pages_through_a_filter_in_json(features: Features) -> None:
    wanted = {"op": "like", "args": [{"property": "nazev"}, "Jablon%"]}
    query = {"filter": json.dumps(wanted), "filter-lang": "cql2-json", "limit": 1}
    names = {feature["properties"]["nazev"] for feature in all_pages(features, **query)}
    assert "Jablonec nad Nisou" in names
