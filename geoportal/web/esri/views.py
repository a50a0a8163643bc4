"""A read-only FeatureServer for Esri clients (ArcGIS REST API 10.9.1), secondary to OGC API - Features."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson
from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from geoportal.crs import CRS84, CRS84_URI, published
from geoportal.encode import esri
from geoportal.encode.about import SCHEMATIC
from geoportal.errors import GeoportalError
from geoportal.query.attributes import Attributes
from geoportal.query.esri import find
from geoportal.query.statistics import Summary, summarize
from geoportal.snapshot.collection import Collection
from geoportal.web.current import base_url, site, snapshot
from geoportal.web.errors import told
from geoportal.web.esri.request import MOST_FEATURES, EsriRequest, read_form, read_parameters, read_request
from geoportal.web.esri.statistics import describe_summary
from geoportal.web.features.files import get_collection
from geoportal.web.links import GEOJSON, HTML, JSON
from geoportal.web.portal.views import render_featureserver
from geoportal.web.respond import body_response, chosen_format

blueprint = Blueprint("esri", __name__, url_prefix="/esri/rest")

_VERSION = {"currentVersion": 10.91, "fullVersion": "10.9.1"}
_FORMATS = {"supportedQueryFormats": "JSON, geoJSON", "capabilities": "Query", "maxRecordCount": MOST_FEATURES}
_BOTH = ("GET", "POST")


@blueprint.errorhandler(GeoportalError)
def _refused(error: GeoportalError) -> Response:
    return _error(error.status, told(error))


@blueprint.errorhandler(HTTPException)
def _http_error(error: HTTPException) -> Response:
    return _error(error.code or 500, str(error.description))


def _error(status: int, message: str) -> Response:
    """The form that Esri clients know, under the status that all others know."""
    body = orjson.dumps({"error": {"code": status, "message": message, "details": []}})
    return Response(body, status, mimetype=JSON)


@blueprint.route("/info", methods=_BOTH)
def info() -> Response:
    """The version of the interface, and that nobody needs to log in."""
    return _answer({**_VERSION, "authInfo": {"isTokenBasedSecurity": False}}, read_parameters())


@blueprint.route("/services", methods=_BOTH)
def services() -> Response:
    """All services: one for each layer."""
    listed = [{"name": layer_id, "type": "FeatureServer"} for layer_id in snapshot().collections]
    return _answer({**_VERSION, "folders": [], "services": listed}, read_parameters())


@blueprint.route("/services/<layer_id>/FeatureServer", methods=_BOTH)
def service(layer_id: str) -> Response:
    """A service: about the layer, which is the only one in it; for people, how to connect to it."""
    held = get_collection(layer_id)
    if _for_people():
        return render_featureserver(held)
    summary = {
        "id": 0, "name": held.title.cs, "parentLayerId": -1, "defaultVisibility": True, "subLayerIds": None,
        "minScale": 0, "maxScale": 0, "type": "Feature Layer", "geometryType": esri.geometry_type(held),
    }  # fmt: skip
    described = {
        **_VERSION, "serviceDescription": _description(held), "description": _description(held),
        "copyrightText": held.attribution, "hasVersionedData": False, "allowGeometryUpdates": False, **_FORMATS,
        "spatialReference": _crs(), "initialExtent": _extent(held), "fullExtent": _extent(held),
        "units": "esriDecimalDegrees", "layers": [summary], "tables": [],
    }  # fmt: skip
    return _answer(described, read_parameters())


@blueprint.route("/services/<layer_id>/FeatureServer/layers", methods=_BOTH)
def layers(layer_id: str) -> Response:
    """The only layer of a service, in a list."""
    return _answer({"layers": [_layer(get_collection(layer_id))], "tables": []}, read_parameters())


@blueprint.route("/services/<layer_id>/FeatureServer/0", methods=_BOTH)
def layer(layer_id: str) -> Response:
    """A layer: its fields, extent, symbol and what can be asked of it."""
    return _answer(_layer(get_collection(layer_id)), read_parameters())


@blueprint.route("/services/<layer_id>/FeatureServer/0/query", methods=_BOTH)
def query(layer_id: str) -> Response:
    """The features that a query selects, or their count, ids or extent."""
    table = Attributes(get_collection(layer_id))
    asked = read_request(read_parameters(), table)
    found = find(table, asked.query)
    if asked.summary and asked.only in (None, "returnCountOnly"):
        return _sent(_summarized(table, found, asked, asked.summary), asked.form)
    match asked.only:
        case "returnCountOnly":
            return _sent({"count": len(found)}, asked.form)
        case "returnIdsOnly":
            return _sent({"objectIdFieldName": table.object_id, "objectIds": (found + 1).tolist()}, asked.form)
        case "returnExtentOnly":
            box = esri.extent(table.collection, found, asked.crs)
            return _sent({"extent": box, "count": len(found)}, asked.form)
    page = found[asked.offset : asked.offset + asked.count]
    more = asked.offset + len(page) < len(found)
    content = (_as_geojson if asked.form == "geojson" else _as_esri)(table, page, asked, more)
    return _sent(content, asked.form)


def _summarized(table: Attributes, found: np.ndarray, asked: EsriRequest, summary: Summary) -> dict[str, Any]:
    """Statistics, or the different values of fields, row by row; they have no place."""
    rows = summarize(table, found, summary)
    if asked.only:
        return {"count": len(rows)}
    page = rows.slice(asked.offset, asked.count)
    exceeded = {"exceededTransferLimit": True} if asked.offset + len(page) < len(rows) else {}
    values = esri.as_attributes(page)
    if asked.form == "geojson":
        features = [{"type": "Feature", "geometry": None, "properties": each} for each in values]
        return {"type": "FeatureCollection", **({"properties": exceeded} if exceeded else {}), "features": features}
    described = {"displayFieldName": "", "fields": describe_summary(table, summary)}
    return {**described, **exceeded, "features": [{"attributes": each} for each in values]}


def _as_esri(table: Attributes, page: np.ndarray, asked: EsriRequest, more: bool) -> dict[str, Any]:
    values = esri.attributes(table, page, asked.fields)
    content: dict[str, Any] = {
        "objectIdFieldName": table.object_id,
        "globalIdFieldName": "",
        "fields": esri.describe_fields(table, asked.fields),
        **({"exceededTransferLimit": True} if more else {}),
    }
    if not asked.geometry:
        return {**content, "features": [{"attributes": each} for each in values]}
    shapes = esri.geometries(table.collection, page, asked.crs)
    features = [{"attributes": each, "geometry": shape} for each, shape in zip(values, shapes, strict=True)]
    place = {"geometryType": esri.geometry_type(table.collection), "spatialReference": esri.describe_crs(asked.crs)}
    return {**content, **place, "features": features}


def _as_geojson(table: Attributes, page: np.ndarray, asked: EsriRequest, more: bool) -> dict[str, Any]:
    """As RFC 7946 where the answer is in degrees; another CRS is named as its forerunner of 2008 did."""
    values = esri.attributes(table, page, asked.fields)
    shapes = esri.geojson_geometries(table.collection, page, asked.crs) if asked.geometry else [None] * len(page)
    features = [
        {"type": "Feature", "id": number, "geometry": shape, "properties": each}
        for number, shape, each in zip((page + 1).tolist(), shapes, values, strict=True)
    ]
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{asked.crs.name.replace(':', '::')}"}}
    return {
        "type": "FeatureCollection",
        **({"crs": crs} if asked.crs.name != CRS84 else {}),
        **({"properties": {"exceededTransferLimit": True}} if more else {}),
        "features": features,
    }


def _for_people() -> bool:
    """Whether a browser asks; Esri's clients say ``f=json``, and some accept ``text/html`` all the same."""
    form = request.args.get("f")
    return form == "html" or (form is None and chosen_format(None, {"json": JSON, "html": HTML}) == "html")


def _layer(held: Collection) -> dict[str, Any]:
    table = Attributes(held)
    supported = (
        "supportsPagination", "supportsOrderBy", "supportsReturningQueryExtent", "supportsStatistics",
        "supportsDistinct", "supportsCountDistinct", "supportsPaginationOnAggregatedQueries",
    )  # fmt: skip
    refused = (
        "supportsHavingClause",
        "supportsQueryWithDistance",
        "supportsPercentileStatistics",
        "supportsSqlExpression",
    )
    return {
        **_VERSION, "id": 0, "name": held.title.cs, "type": "Feature Layer", "description": _description(held),
        "copyrightText": held.attribution, "parentLayer": None, "subLayers": [], "minScale": 0, "maxScale": 0,
        "defaultVisibility": True, "geometryType": esri.geometry_type(held), "extent": _extent(held), **_FORMATS,
        "sourceSpatialReference": _crs(), "drawingInfo": {"renderer": esri.renderer(held), "transparency": 0},
        "displayField": held.label, "objectIdField": table.object_id, "globalIdField": "", "typeIdField": "",
        "uniqueIdField": {"name": table.object_id, "isSystemMaintained": True}, "types": [], "templates": [],
        "fields": esri.describe_fields(table, table.names), "hasAttachments": False, "hasM": False, "hasZ": False,
        "htmlPopupType": "esriServerHTMLPopupTypeAsHTMLText", "relationships": [], "isDataVersioned": False,
        "supportsStatistics": True, "supportsAdvancedQueries": True, "useStandardizedQueries": True,
        "advancedQueryCapabilities": dict.fromkeys(supported, True) | dict.fromkeys(refused, False),
    }  # fmt: skip


def _description(held: Collection) -> str:
    notice = f" {SCHEMATIC}" if held.schematic else ""
    standard = f"Přednostní rozhraní téže vrstvy je OGC API – Features: {base_url()}/collections/{held.id}"
    return f"{held.description.cs}{notice} Stav k {held.date}. {site().publisher.name}. {standard}"


def _crs() -> dict[str, Any]:
    return esri.describe_crs(published()[CRS84_URI])


def _extent(held: Collection) -> dict[str, Any]:
    return {**dict(zip(("xmin", "ymin", "xmax", "ymax"), held.bounds, strict=True)), "spatialReference": _crs()}


def _answer(content: dict[str, Any], given: dict[str, str]) -> Response:
    return _sent(content, read_form(given, "json", "pjson"))


def _sent(content: dict[str, Any], form: str) -> Response:
    body = orjson.dumps(content, option=orjson.OPT_INDENT_2 if form == "pjson" else 0)
    return body_response(body, GEOJSON if form == "geojson" else JSON)
