"""OGC API - Features: the landing document, collections, and pages of features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from flask import Blueprint, Response, request

from geoportal.crs import CRS84_URI, PublishedCrs, published
from geoportal.encode.indicators import ExtraColumn, indicator_columns, properties_at
from geoportal.encode.page import encode_page
from geoportal.errors import NotFound
from geoportal.languages import KNOWN
from geoportal.query.items import ItemsQuery, Selection, select
from geoportal.snapshot.collection import Collection
from geoportal.web.current import base_url, site, snapshot
from geoportal.web.features import describe
from geoportal.web.features.conformance import CLASSES
from geoportal.web.features.download import check_wishes, send_selection
from geoportal.web.features.files import get_collection, schemas_of, send_layer
from geoportal.web.features.items import DEFAULT_LIMIT, MAX_LIMIT, item_parameters, items_parameters, make_query
from geoportal.web.features.paging import counts, paging
from geoportal.web.features.profiles import encode_collection, encode_feature, with_profile
from geoportal.web.links import (
    GEOJSON,
    HTML,
    JSON,
    OPENAPI,
    SCHEMA,
    collection_url,
    link,
    request_url,
    self_and_alternates,
)  # fmt: skip
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice_parameter
from geoportal.web.portal import views as pages
from geoportal.web.respond import body_response, chosen_format, json_response
from geoportal.web.screens.features import Found
from geoportal.web.tiles.describe import TILESETS, TILING_SCHEMES

blueprint = Blueprint("features", __name__)

_PAGES = {"json": JSON, "html": HTML}
_ITEM = {"json": GEOJSON, "html": HTML}
_SCHEMAS = {"json": SCHEMA, "html": HTML}
_SCHEMA_ANSWERS = {SCHEMA: "jsonSchema", HTML: None}
_TAG = "Features"
_PAGE_LIMIT = 100  # rows of a table for people


def _page_parameters(formats: dict[str, str]) -> list[Parameter]:
    """``f``, and the parameters that all pages for people have."""
    return [
        choice_parameter("f", "Format.", list(formats)),
        choice_parameter("lang", "Language of the page.", KNOWN),
        choice_parameter("embed", "1: the page without header and footer.", ["0", "1"]),
    ]


@blueprint.get("/")
@operation("The entrance.", _TAG, {JSON: "landingPage", HTML: None}, lambda: _page_parameters(_PAGES))
def entrance(given: dict[str, Any]) -> Response:
    """The entrance: a page for people, the landing document for programs."""
    if chosen_format(given["f"], _PAGES) == "html":
        return pages.render_entrance()
    base = base_url()
    links = [
        *self_and_alternates(_PAGES, "json"),
        link("service-desc", f"{base}/api", OPENAPI),
        link("service-doc", f"{base}/api?f=html", HTML),
        link("conformance", f"{base}/conformance", JSON),
        link("data", f"{base}/collections", JSON),
        link(TILESETS, f"{base}/tiles?f=json", JSON),
        link(TILING_SCHEMES, f"{base}/tileMatrixSets?f=json", JSON),
    ]
    title = site().title
    attribution = site().publisher.name
    return json_response(
        {"title": title.cs, "description": title.into("en"), "attribution": attribution, "links": links}
    )


@blueprint.get("/conformance")
@operation("Conformance classes.", _TAG, {JSON: "confClasses", HTML: None}, lambda: _page_parameters(_PAGES))
def conformance(given: dict[str, Any]) -> Response:
    """The conformance classes of which every requirement holds."""
    if chosen_format(given["f"], _PAGES) == "html":
        return pages.render_conformance()
    return json_response({"conformsTo": list(CLASSES)})


@blueprint.get("/collections")
@operation("All collections.", _TAG, {JSON: "collections", HTML: None}, lambda: _page_parameters(_PAGES))
def collections(given: dict[str, Any]) -> Response:
    """All collections."""
    if chosen_format(given["f"], _PAGES) == "html":
        return pages.render_collections()
    described = [describe.describe_collection(collection) for collection in snapshot().collections.values()]
    return json_response({
        "links": self_and_alternates(_PAGES, "json"), "crs": list(published()), "collections": described,
    })  # fmt: skip


@blueprint.get("/collections/<layer_id>")
@operation("One collection.", _TAG, {JSON: "collection", HTML: None}, lambda layer_id: _page_parameters(_PAGES))
def collection(layer_id: str, given: dict[str, Any]) -> Response:
    """One collection."""
    held = get_collection(layer_id)
    if chosen_format(given["f"], _PAGES) == "html":
        return pages.render_collection(held)
    return json_response(describe.describe_collection(held))


@blueprint.get("/collections/<layer_id>/queryables")
@operation("What filters may name.", _TAG, _SCHEMA_ANSWERS, lambda layer_id: _page_parameters(_SCHEMAS))
def queryables(layer_id: str, given: dict[str, Any]) -> Response:
    """The queryables of a collection as JSON Schema."""
    held = get_collection(layer_id)
    if chosen_format(given["f"], _SCHEMAS) == "html":
        return pages.render_fields(held, "queryables")
    return json_response(describe.queryables(held), SCHEMA)


@blueprint.get("/collections/<layer_id>/schema")
@operation("The schema of features.", _TAG, _SCHEMA_ANSWERS, lambda layer_id: _page_parameters(_SCHEMAS))
def schema(layer_id: str, given: dict[str, Any]) -> Response:
    """The schema of a collection's features as JSON Schema."""
    held = get_collection(layer_id)
    if chosen_format(given["f"], _SCHEMAS) == "html":
        return pages.render_fields(held, "schema")
    return json_response(describe.schema(held), SCHEMA)


@lru_cache(maxsize=256)
def _items_formats(held: Collection) -> dict[str, str]:
    """``f=`` name -> media type of what a page of features can be had in."""
    files = {name: file["media_type"].split(";")[0] for name, file in held.files.items()}
    return {**_ITEM, **{name: kind for name, kind in files.items() if name != "geojson"}}


def _items_answers(layer_id: str) -> dict[str, str | None]:
    return schemas_of(_items_formats(get_collection(layer_id)).values())


def _items_parameters(layer_id: str) -> list[Parameter]:
    return _parameters_of(get_collection(layer_id))


@lru_cache(maxsize=256)
def _parameters_of(held: Collection) -> list[Parameter]:
    return [*items_parameters(held, [*_items_formats(held), "geojson"]), *_page_parameters(_ITEM)[1:]]


@blueprint.get("/collections/<layer_id>/items")
@operation("A page of features.", _TAG, _items_answers, _items_parameters)
def items(layer_id: str, given: dict[str, Any]) -> Response:
    """A page of features, in the collection's spatial order unless another is asked for."""
    held = get_collection(layer_id)
    offered = _items_formats(held)
    form = chosen_format("json" if given["f"] == "geojson" else given["f"], offered)
    if form not in _ITEM and not set(request.args) - {"f"}:
        return send_layer(held, form)
    if form not in _ITEM:
        check_wishes(held, form, given)
    query = make_query(held, given, {"json": DEFAULT_LIMIT, "html": _PAGE_LIMIT}.get(form, MAX_LIMIT))
    selection = select(held, query)
    columns = _joined(held, selection, given)
    if form == "html":
        return _items_page(held, query, selection, given["properties"], columns)
    if form != "json":
        return send_selection(held, query, selection, form, columns, given)
    crs = given["crs"] or published()[CRS84_URI]
    added = _added(selection, columns)
    links = [*self_and_alternates(offered, "json"), link("collection", collection_url(held.id), JSON)]
    tail = {**_about(held), **counts(selection), "links": links + paging(query, selection, GEOJSON)}
    body = encode_collection(held, selection.positions, crs, given, added, tail)
    response = body_response(body, GEOJSON, f"{snapshot().id} {request_url()}")
    return with_profile(_with_crs(response, crs), given["profile"])


def _joined(held: Collection, selection: Selection, given: dict[str, Any]) -> dict[str, ExtraColumn]:
    """The columns of the indicators that were asked for, each in the period asked for or its last one."""
    pairs = []
    for name in given["indicators"] or ():
        table = snapshot().indicators.get(name)
        last = table.periods(held.level)[-1] if table and held.level in table.levels else ""
        pairs.append((name, given["period"] or last))
    return indicator_columns(snapshot(), held, selection.positions, pairs) if pairs else {}


def _added(selection: Selection, columns: Mapping[str, ExtraColumn]) -> list[dict[str, Any]] | None:
    return [properties_at(columns, row) for row in range(len(selection.positions))] if columns else None


def _items_page(
    held: Collection,
    query: ItemsQuery,
    selection: Selection,
    fields: Sequence[str] | None,
    columns: Mapping[str, ExtraColumn],
) -> Response:
    encoded = encode_page(held, selection.positions, published()[CRS84_URI], added=_added(selection, columns))
    links = {one["rel"]: one["href"] for one in paging(query, selection, HTML)}
    links["json"] = request_url(f="json", lang=None, embed=None)
    joined = {name: column.field for name, column in columns.items()}
    found = Found(orjson.loads(b"[" + encoded + b"]"), selection.matched, fields, joined, links)
    return pages.render_items(held, found, request.args.to_dict())


@blueprint.get("/collections/<layer_id>/items/<fid>")
@operation(
    "One feature.", _TAG, {GEOJSON: "feature", HTML: None},
    lambda layer_id, fid: [*item_parameters(list(_ITEM)), *_page_parameters(_ITEM)[1:]],
)  # fmt: skip
def item(layer_id: str, fid: str, given: dict[str, Any]) -> Response:
    """One feature."""
    held = get_collection(layer_id)
    position = held.position(fid)
    if position is None:
        raise NotFound(f"collection '{layer_id}' has no feature '{fid[:60]}'")
    if chosen_format(given["f"], _ITEM) == "html":
        return pages.render_item(held, held.feature(position))
    crs = given["crs"] or published()[CRS84_URI]
    links = [*self_and_alternates(_ITEM, "json"), link("collection", collection_url(held.id), JSON)]
    body = encode_feature(held, position, crs, given["profile"], {**_about(held), "links": links})
    return with_profile(_with_crs(body_response(body, GEOJSON), crs), given["profile"])


def _about(held: Collection) -> dict[str, Any]:
    """Attribution, licence and date, which travel with every answer."""
    return {"attribution": held.attribution, "licence": held.licence, "date": held.date}


def _with_crs(response: Response, crs: PublishedCrs) -> Response:
    response.headers["Content-Crs"] = f"<{crs.uri}>"
    return response
