"""Links (RFC 8288 in JSON) and the addresses they lead to."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from flask import request

from geoportal.web.current import base_url

JSON, GEOJSON, HTML, SCHEMA = "application/json", "application/geo+json", "text/html", "application/schema+json"
JSONLD = "application/ld+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"


def link(rel: str, href: str, media_type: str, title: str | None = None, **more: Any) -> dict[str, Any]:
    """A link object."""
    return {"rel": rel, "href": href, "type": media_type, **({"title": title} if title else {}), **more}


def collection_url(layer_id: str, *parts: str) -> str:
    """The address of a collection, or of what lies below it."""
    return "/".join((base_url(), "collections", layer_id, *(quote(part, safe="") for part in parts)))


def request_url(**changed: object) -> str:
    """The address of this request with some parameters changed; one that is None is left out."""
    held = {**request.args.to_dict(), **changed}
    query = urlencode({name: value for name, value in held.items() if value is not None}, safe=",:/")
    return f"{base_url()}{quote(request.path)}" + (f"?{query}" if query else "")


def self_and_alternates(media_types: dict[str, str], shown: str) -> list[dict[str, Any]]:
    """Links to this answer and to the same one in other formats; ``media_types``: ``f=`` name -> media type."""
    address = request_url(f=None)
    address += "&f=" if "?" in address else "?f="
    return [
        link("self" if name == shown else "alternate", address + name, media_type, title=name)
        for name, media_type in media_types.items()
    ]
