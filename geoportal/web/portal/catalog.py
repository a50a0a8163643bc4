"""The open-data catalogue: a page for people, the local catalogue for NKOD, RDF for Europe, ``data.json`` for hubs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, request

from geoportal.catalog.addresses import Addresses
from geoportal.catalog.contents import read_catalog
from geoportal.catalog.dataset import Catalog, Dataset
from geoportal.catalog.graph import catalog_graph, dataset_graph
from geoportal.catalog.hub import hub_document
from geoportal.catalog.ofn import catalog_document, dataset_document
from geoportal.catalog.triples import Triple, rdf_xml, turtle
from geoportal.errors import NotFound, alternatives
from geoportal.languages import KNOWN
from geoportal.web.current import base_url, site, snapshot
from geoportal.web.links import HTML, JSON, JSONLD
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice_parameter
from geoportal.web.portal.views import open_visit, page
from geoportal.web.respond import body_response, chosen_format, json_response
from geoportal.web.screens.opendata import catalog_screen, dataset_screen

blueprint = Blueprint("catalog", __name__)

TURTLE, RDF_XML = "text/turtle", "application/rdf+xml"
_FORMATS = {"jsonld": JSONLD, "html": HTML, "ttl": TURTLE, "rdf": RDF_XML}  # programs that name none get the first
_WRITERS = {"ttl": turtle, "rdf": rdf_xml}
_TAG = "Catalogue"
_ANSWERS: dict[str, str | None] = {JSONLD: None, HTML: None, TURTLE: None, RDF_XML: None}


def _parameters(**_path: str) -> list[Parameter]:
    return [
        choice_parameter("f", "Format.", list(_FORMATS)),
        choice_parameter("lang", "Language of the page.", KNOWN),
        choice_parameter("embed", "1: the page without header and footer.", ["0", "1"]),
    ]


@blueprint.get("/catalog")
@operation("The catalogue of open data: DCAT-AP-CZ, DCAT-AP 3, or a page.", _TAG, _ANSWERS, _parameters)
def catalog(given: dict[str, Any]) -> Response:
    """The catalogue in the format that was asked for."""
    form = chosen_format(given["f"], _FORMATS)
    if form == "html":
        visit = open_visit(*request.args)
        return _negotiated(page("catalog.html", visit, catalog_screen(visit, current_catalog())))
    return _negotiated(_whole(form))


@blueprint.get("/catalog.jsonld")
@operation("The catalogue after DCAT-AP-CZ, as NKOD harvests it.", _TAG, {JSONLD: None})
def catalog_jsonld(given: dict[str, Any]) -> Response:
    """The local catalogue of open data."""
    return _whole("jsonld")


@blueprint.get("/catalog.ttl")
@operation("The catalogue with all datasets after DCAT-AP 3, as Turtle.", _TAG, {TURTLE: None})
def catalog_ttl(given: dict[str, Any]) -> Response:
    """Everything as Turtle."""
    return _whole("ttl")


@blueprint.get("/catalog.rdf")
@operation("The catalogue with all datasets after DCAT-AP 3, as RDF/XML.", _TAG, {RDF_XML: None})
def catalog_rdf(given: dict[str, Any]) -> Response:
    """Everything as RDF/XML."""
    return _whole("rdf")


@blueprint.get("/data.json")
@operation("The catalogue in the schema of Project Open Data 1.1.", _TAG, {JSON: None})
def data_json(given: dict[str, Any]) -> Response:
    """Everything for hubs."""
    return json_response(hub_document(current_catalog()))


@blueprint.get("/datasets/<dataset_id>")
@operation("The whole record of a dataset.", _TAG, _ANSWERS, _parameters)
def dataset(dataset_id: str, given: dict[str, Any]) -> Response:
    """The record in the format that was asked for."""
    whole = current_catalog()
    found = get_dataset(whole, dataset_id)
    form = chosen_format(given["f"], _FORMATS)
    if form == "html":
        visit = open_visit(*request.args)
        return _negotiated(page("catalog_dataset.html", visit, dataset_screen(visit, found, whole)))
    if form == "jsonld":
        return _negotiated(json_response(dataset_document(found, whole), JSONLD))
    return _negotiated(_graph(dataset_graph(found, whole), form))


def current_catalog() -> Catalog:
    """The catalogue of the snapshot that this request sees."""
    base = base_url()
    return read_catalog(snapshot(), site(), Addresses(base, site().catalog.names or base))


def get_dataset(whole: Catalog, dataset_id: str) -> Dataset:
    """The dataset called ``dataset_id``. Raises ``NotFound`` with the ones there are."""
    try:
        return whole.record(dataset_id)
    except KeyError:
        ids = [held.id for held in whole.datasets]
        raise NotFound(f"dataset '{dataset_id[:60]}' does not exist; {alternatives(dataset_id[:60], ids)}") from None


def _whole(form: str) -> Response:
    if form == "jsonld":
        return json_response(catalog_document(current_catalog()), JSONLD)
    return _graph(catalog_graph(current_catalog()), form)


def _graph(triples: Iterable[Triple], form: str) -> Response:
    return body_response(_WRITERS[form](triples), _FORMATS[form])


def _negotiated(response: Response) -> Response:
    """An answer that depends on what the client accepts."""
    response.vary.add("Accept")
    return response
