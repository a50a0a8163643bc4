"""The API document: valid, complete, and true of what the service answers."""

from __future__ import annotations

import re
from typing import Any

import hypothesis
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase
from openapi_spec_validator import OpenAPIV30SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from geoportal.app import create_app
from geoportal.settings import Settings
from geoportal.web.features.items import DEFAULT_LIMIT, MAX_LIMIT

EXAMPLES = 12  # of each operation, each way
ALWAYS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
DOCUMENTED = re.compile(
    r"/(conformance|api(?!/)|collections|tiles|tileMatrixSets|styles"
    r"|layers|indicators|analyses|nearest|search|join|healthz|readyz|metrics|datasets|catalog(\.\w+)?|data\.json|zmeny\.atom)?(/.*)?"
)


@pytest.fixture(scope="module")
def app(facts_settings: Settings) -> Flask:
    return create_app(facts_settings)


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    content: dict[str, Any] = app.test_client().get("/api").get_json(force=True)
    return content


@pytest.fixture(scope="module")
def operations(app: Flask) -> list[APIOperation]:
    """Every operation of the document, as schemathesis understands it."""
    results = list(schemathesis.openapi.from_wsgi("/api", app).get_all_operations())
    assert all(isinstance(result, Ok) for result in results)
    return [result.ok() for result in results]


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.0.3"
    assert [error.message for error in OpenAPIV30SpecValidator(document).iter_errors()] == []


def test_every_path_for_programs_is_documented(app: Flask, document: dict[str, Any]) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    served = {rule for rule in rules if DOCUMENTED.fullmatch(rule)}
    each = "/collections/<layer_id>/items"
    templates = {re.sub(r"<(\w+)>", r"{\1}", rule) for rule in served - {each}}
    pages = {f"/collections/{collection}/items" for collection in collections_of(app)}
    assert templates | pages == set(document["paths"])
    assert each in served


def collections_of(app: Flask) -> list[str]:
    listed = app.test_client().get("/collections").get_json(force=True)["collections"]
    return [collection["id"] for collection in listed]


def test_operations_have_names_of_their_own_and_known_tags(document: dict[str, Any]) -> None:
    described = [one for path in document["paths"].values() for one in path.values()]
    names = [operation["operationId"] for operation in described]
    assert len(names) == len(set(names)) > 20
    known = {tag["name"] for tag in document["tags"]}
    assert {tag for operation in described for tag in operation["tags"]} == known


def test_a_limit_says_its_bounds_and_its_default(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for described in methods.values():
            schemas = {parameter["name"]: parameter["schema"] for parameter in described["parameters"]}
            if "limit" in schemas:
                assert {"minimum", "maximum", "default"} <= set(schemas["limit"]), path
    items = {p["name"]: p["schema"] for p in document["paths"]["/collections/obce/items"]["get"]["parameters"]}
    assert items["limit"] == {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}


def test_each_page_of_features_names_all_media_types_that_it_comes_in(document: dict[str, Any]) -> None:
    answers = document["paths"]["/collections/obce/items"]["get"]["responses"]["200"]["content"]
    assert {"application/geo+json", "text/html", "application/geopackage+sqlite3", "text/csv"} <= set(answers)


def call(case: Any) -> Any:
    # schemathesis does not unpack what its WSGI transport gets compressed
    return case.call(headers={"Accept-Encoding": "identity"})


def bounded(test: Any) -> Any:
    """The same few examples in each run."""
    return hypothesis.settings(
        max_examples=EXAMPLES, database=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(test)  # fmt: skip


def test_answers_to_what_the_document_allows_are_as_the_document_says(operations: list[APIOperation]) -> None:
    """A 400 is among the answers: that a filter is malformed, no schema of a text can say."""
    good = 0
    for operation in operations:

        @bounded
        @hypothesis.given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
        def check(case: Any) -> None:
            nonlocal good
            answer = call(case)
            case.validate_response(answer, checks=ALWAYS)
            good += answer.status_code == 200

        check()
    assert good > 2 * len(operations)


def test_what_the_document_does_not_allow_is_refused(operations: list[APIOperation]) -> None:
    refused = 0
    for operation in operations:
        if not len(operation.query):
            continue

        @bounded
        @hypothesis.given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        def check(case: Any) -> None:
            nonlocal refused
            answer = call(case)
            more = [] if is_allowed_all_the_same(case.query or {}) else [negative_data_rejection]
            case.validate_response(answer, checks=[*ALWAYS, *more])
            refused += answer.status_code in (400, 404)

        check()
    assert refused > 2 * len(operations)


def is_allowed_all_the_same(query: dict[str, Any]) -> bool:
    """Whether a query is one that no schema can tell from a wrong one.

    To ask for more features than a page has is answered with a whole page (OGC 17-069r4, 7.15.2), and a list of
    properties may be empty.
    """
    limit = str(query.get("limit", ""))
    return (limit.isdecimal() and int(limit) > MAX_LIMIT) or query.get("properties") in ("", [""])
