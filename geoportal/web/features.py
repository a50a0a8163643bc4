"""Collections and their features in plain form, in the words of OGC API - Features."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import numpy as np
import orjson
from flask import Blueprint, Response, request

from geoportal.errors import NotFound
from geoportal.query.bbox import parse_bbox
from geoportal.snapshot.collection import Collection
from geoportal.web.current import base_url, site, snapshot
from geoportal.web.layers import get_collection
from geoportal.web.pages import render_entrance
from geoportal.web.params import choice, read_params, whole
from geoportal.web.respond import body_response, chosen_format, json_response

blueprint = Blueprint("features", __name__)

GEOJSON = "application/geo+json"
CRS84_URI = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
DEFAULT_LIMIT, MAX_LIMIT = 1000, 10_000


@blueprint.get("/")
def entrance() -> Response | str:
    """The entrance: a page for people, the landing document for programs."""
    given = read_params(f=str, lang=choice("lang", site().languages), embed=choice("embed", ("0", "1")))
    if chosen_format(given["f"], {"json": "application/json", "html": "text/html"}) == "html":
        return render_entrance()
    base = base_url()
    links = [
        link("self", f"{base}/?f=json", "application/json"),
        link("alternate", f"{base}/?f=html", "text/html"),
        link("conformance", f"{base}/conformance", "application/json"),
        link("data", f"{base}/collections", "application/json"),
    ]
    title = site().title
    return json_response({"title": title.cs, "description": title.into("en"), "links": links})


@blueprint.get("/conformance")
def conformance() -> Response:
    """The conformance classes of which every requirement holds: none yet, the plain form lacks an API definition."""
    read_params(f=choice("f", ["json"]))
    return json_response({"conformsTo": []})


@blueprint.get("/collections")
def collections() -> Response:
    """All collections."""
    read_params(f=choice("f", ["json"]))
    described = [describe(collection) for collection in snapshot().collections.values()]
    links = [link("self", f"{base_url()}/collections", "application/json")]
    return json_response({"links": links, "collections": described})


@blueprint.get("/collections/<layer_id>")
def collection(layer_id: str) -> Response:
    """One collection."""
    read_params(f=choice("f", ["json"]))
    return json_response(describe(get_collection(layer_id)))


def describe(collection: Collection) -> dict[str, Any]:
    """A collection's metadata: extent, source, licence, date, and links to its features and files."""
    base = f"{base_url()}/collections/{collection.id}"
    files = [
        {
            **link("enclosure", f"{base_url()}/layers/{collection.id}.{ext}", file["media_type"], file["title"]),
            "length": file["bytes"],
        }
        for ext, file in collection.files.items()
    ]
    return {
        "id": collection.id,
        "title": collection.title.cs,
        "description": collection.description.cs,
        "attribution": collection.attribution,
        "license": collection.licence,
        "updated": collection.date,
        "schematic": collection.schematic,
        "itemType": "feature",
        "extent": {"spatial": {"bbox": [collection.bounds], "crs": CRS84_URI}},
        "crs": [CRS84_URI],
        "links": [link("self", base, "application/json"), link("items", f"{base}/items", GEOJSON), *files],
    }


@blueprint.get("/collections/<layer_id>/items")
def items(layer_id: str) -> Response:
    """A page of features, in the collection's spatial order."""
    held = get_collection(layer_id)
    params = read_params(
        bbox=parse_bbox, limit=whole("limit", 1, 10**12), offset=whole("offset", 0, 10**12), f=choice("f", ["json"])
    )
    found = np.arange(held.count) if params["bbox"] is None else held.within(params["bbox"])
    limit = min(params["limit"] or DEFAULT_LIMIT, MAX_LIMIT)
    offset = params["offset"] or 0
    page = found[offset : offset + limit]
    links = [
        link("self", request_url(), GEOJSON),
        link("collection", f"{base_url()}/collections/{held.id}", "application/json"),
    ]
    if offset + len(page) < len(found):
        links.append(link("next", request_url(offset=offset + limit, limit=limit), GEOJSON))
    if offset:
        links.append(link("prev", request_url(offset=max(0, offset - limit), limit=limit), GEOJSON))
    tail = {
        "numberMatched": len(found),
        "numberReturned": len(page),
        "attribution": held.attribution,
        "licence": held.licence,
        "date": held.date,
        "links": links,
    }
    body = b'{"type":"FeatureCollection","features":[' + held.join(page) + b"]," + orjson.dumps(tail)[1:]
    return body_response(body, GEOJSON)


@blueprint.get("/collections/<layer_id>/items/<fid>")
def item(layer_id: str, fid: str) -> Response:
    """One feature."""
    held = get_collection(layer_id)
    read_params(f=choice("f", ["json"]))
    position = held.position(fid)
    if position is None:
        raise NotFound(f"collection '{layer_id}' has no feature '{fid[:60]}'")
    base = f"{base_url()}/collections/{held.id}"
    links = [link("self", f"{base}/items/{fid}", GEOJSON), link("collection", base, "application/json")]
    tail = {"attribution": held.attribution, "licence": held.licence, "date": held.date, "links": links}
    return body_response(held.feature_bytes(position)[:-1] + b"," + orjson.dumps(tail)[1:], GEOJSON)


def link(rel: str, href: str, media_type: str, title: str | None = None) -> dict[str, str]:
    """A link object (RFC 8288 in JSON)."""
    return {"rel": rel, "href": href, "type": media_type, **({"title": title} if title else {})}


def request_url(**changed: object) -> str:
    """The address of this request with some parameters changed."""
    query = urlencode({**request.args.to_dict(), **changed})
    return f"{base_url()}{request.path}" + (f"?{query}" if query else "")
