from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

from geoportal.catalog.dataset import Catalog, Concept
from geoportal.catalog.ofn import catalog_document, dataset_document
from geoportal.schema import Text
from tests.catalog.ofn_schema import CATALOG, DATASET, HIGH_VALUE

CHECKER = jsonschema.Draft202012Validator.FORMAT_CHECKER


def faults(document: object, schema: dict) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema, format_checker=CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]


def test_the_catalogue_has_all_that_the_norm_demands(catalog: Catalog) -> None:
    assert faults(catalog_document(catalog), CATALOG) == []


def test_every_dataset_has_all_that_the_norm_demands(catalog: Catalog) -> None:
    found = {dataset.id: faults(dataset_document(dataset, catalog), DATASET) for dataset in catalog.datasets}
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_a_dataset_is_about_the_concepts_of_its_card_and_of_its_theme(catalog: Catalog) -> None:
    eurovoc = "http://eurovoc.europa.eu/"
    document = dataset_document(catalog.record("pohotovosti"), catalog)
    assert document["koncept_euroVoc"] == [f"{eurovoc}6741", f"{eurovoc}5899"]
    assert {"emergency medical treatment", "health care"} <= set(document["klíčové_slovo"]["en"])
    assert {"lékařská první pomoc", "zdravotní péče"} <= set(document["klíčové_slovo"]["cs"])
    assert dataset_document(catalog.record("obyvatel"), catalog)["koncept_euroVoc"] == [f"{eurovoc}4268"]


def test_a_concept_of_another_thesaurus_stands_among_the_themes(catalog: Catalog) -> None:
    concept = Concept(
        "http://www.eionet.europa.eu/gemet/concept/100", Text(cs="správní orgán", en="administrative body")
    )
    document = dataset_document(replace(catalog.record("obce"), concepts=(concept,)), catalog)
    assert concept.iri in document["téma"]
    assert "koncept_euroVoc" not in document
    assert faults(document, DATASET) == []


@pytest.mark.parametrize("missing", ["téma", "prvek_rúian", "periodicita_aktualizace", "klíčové_slovo"])
def test_the_schema_notices_what_is_missing(catalog: Catalog, missing: str) -> None:
    document = dataset_document(catalog.datasets[0], catalog)
    del document[missing]
    assert any(missing in fault for fault in faults(document, DATASET))


def test_a_file_that_names_a_service_too_is_noticed(catalog: Catalog) -> None:
    document = json.loads(json.dumps(dataset_document(catalog.record("obce"), catalog)))
    api = next(one for one in document["distribuce"] if "přístupová_služba" in one)
    document["distribuce"][0]["přístupová_služba"] = api["přístupová_služba"]
    assert faults(document, DATASET)


def test_high_value_datasets_are_those_with_real_boundaries(catalog: Catalog) -> None:
    marked = {dataset.id for dataset in catalog.datasets if dataset.high_value}
    schematic = "schematické" in catalog.record("obce").description.cs
    assert marked == (set() if schematic else {"obce", "pou", "orp", "okresy", "kraj"})


def test_high_value_datasets_come_as_a_file_and_through_an_interface(catalog: Catalog) -> None:
    marked = [dataset for dataset in catalog.datasets if dataset.high_value]
    found = {dataset.id: faults(dataset_document(dataset, catalog), HIGH_VALUE) for dataset in marked}
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_a_dataset_without_mark_is_not_a_high_value_one(catalog: Catalog) -> None:
    assert faults(dataset_document(catalog.record("pohotovosti"), catalog), HIGH_VALUE)


def test_everything_that_has_a_type_has_an_iri(catalog: Catalog) -> None:
    def nameless(node: object) -> list[object]:
        if isinstance(node, list):
            return [found for item in node for found in nameless(item)]
        if not isinstance(node, dict):
            return []
        own = [node] if "typ" in node and "iri" not in node else []
        return own + [found for value in node.values() for found in nameless(value)]

    documents = [catalog_document(catalog), *(dataset_document(dataset, catalog) for dataset in catalog.datasets)]
    assert nameless(documents) == []
