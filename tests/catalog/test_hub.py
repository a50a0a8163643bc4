from __future__ import annotations

import re
from dataclasses import replace

import jsonschema

from geoportal.catalog.dataset import Catalog
from geoportal.catalog.hub import hub_document
from geoportal.catalog.schema_org import catalog_markup, dataset_markup

# Project Open Data 1.1: what it requires of everybody, and the forms of the rest that we write.
WORD = {"type": "string", "minLength": 1}
REQUIRED = ["title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier", "accessLevel"]
SCHEMA = {
    "type": "object",
    "required": ["conformsTo", "dataset"],
    "properties": {
        "conformsTo": {"const": "https://project-open-data.cio.gov/v1.1/schema"},
        "dataset": {
            "type": "array",
            "items": {
                "type": "object",
                "required": REQUIRED,
                "properties": {
                    "keyword": {"type": "array", "items": WORD, "minItems": 1},
                    "modified": {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"},
                    "publisher": {"type": "object", "required": ["name"]},
                    "contactPoint": {"type": "object", "required": ["fn", "hasEmail"]},
                    "accessLevel": {"enum": ["public", "restricted public", "non-public"]},
                    "temporal": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d$"},
                    "accrualPeriodicity": {
                        "type": "string",
                        "pattern": r"^(irregular|R/P(\d+(\.\d+)?[YMWD]|T\d+[HS]))$",
                    },
                    "license": {"type": "string", "pattern": "^https?://"},
                    "distribution": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "anyOf": [
                                {"required": ["downloadURL", "mediaType"]},
                                {"required": ["accessURL", "format"]},
                            ],
                        },
                    },
                },
            },
        },
    },
}


def test_the_feed_for_hubs_fits_its_schema(catalog: Catalog) -> None:
    jsonschema.validate(hub_document(catalog), SCHEMA)


def test_the_feed_for_hubs_has_every_dataset_once(catalog: Catalog) -> None:
    found = [dataset["identifier"] for dataset in hub_document(catalog)["dataset"]]
    assert found == [dataset.iri for dataset in catalog.datasets]
    assert len(set(found)) == len(found)


def test_a_contact_with_an_address_is_written_to(catalog: Catalog) -> None:
    reachable = replace(catalog, contact=replace(catalog.contact, email="data@kraj.test"))
    assert hub_document(reachable)["dataset"][0]["contactPoint"]["hasEmail"] == "mailto:data@kraj.test"


def test_markup_of_a_layer_has_what_search_engines_need(catalog: Catalog) -> None:
    markup = dataset_markup(catalog.record("obce"), catalog, "en")
    assert markup["@type"] == "Dataset"
    assert markup["name"] == "Municipalities"
    assert 50 <= len(markup["description"]) <= 5000
    south, west, north, east = map(float, markup["spatialCoverage"]["geo"]["box"].split())
    assert south < north
    assert west < east
    assert {download["encodingFormat"] for download in markup["distribution"]} >= {"text/csv", "application/geo+json"}
    assert all(re.fullmatch("[0-9a-f]{64}", download["sha256"]) for download in markup["distribution"])


def test_markup_of_the_catalogue_names_every_dataset(catalog: Catalog) -> None:
    assert len(catalog_markup(catalog, "cs")["dataset"]) == len(catalog.datasets)
