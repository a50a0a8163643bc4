"""Answers that come in pages, joined into one document: ArcGIS FeatureServer and OGC API Features."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import orjson

from geoportal.errors import FetchFailed

Page = Callable[[str], bytes]


def joined(reader: str, body: bytes, address: str, page: Page, limit: int) -> bytes | None:
    """One document with the features of every page, or None when ``body``, the answer of ``address``, is all.

    ``page`` gets the body of an address. Raises ``FetchFailed`` when the pages hold more than ``limit`` bytes, overlap
    or stop early.
    """
    follow = {"arcgis-featureserver": _feature_server, "ogc": _ogc}.get(reader)
    if follow is None:
        return None
    first = _document(body, address)
    rest = follow(first, address, _limited(page, limit - len(body), address))
    return orjson.dumps(first) if rest else None


def _limited(page: Page, limit: int, address: str) -> Callable[[str], dict[str, Any]]:
    left = limit

    def document(next_address: str) -> dict[str, Any]:
        nonlocal left
        body = page(next_address)
        left -= len(body)
        if left < 0:
            raise FetchFailed(f"{address}: its pages are larger than allowed; raise 'max_mb' in the source card")
        return _document(body, next_address)

    return document


def _document(body: bytes, address: str) -> dict[str, Any]:
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise FetchFailed(f"{address}: is not JSON: {error}") from None
    if not isinstance(content, dict) or not isinstance(content.get("features", []), list):
        raise FetchFailed(f"{address}: is not a collection of features")
    return content


def is_partial(document: dict[str, Any]) -> bool:
    """Whether a FeatureServer's answer says that there is more (in GeoJSON it says so below ``properties``)."""
    below = document.get("properties")
    return bool(
        document.get("exceededTransferLimit") or (isinstance(below, dict) and below.get("exceededTransferLimit"))
    )


def next_link(document: dict[str, Any]) -> str | None:
    """Where an OGC API Features answer goes on (17-069r4, 7.15.2); None at the end."""
    links = [link for link in document.get("links", []) if isinstance(link, dict) and link.get("rel") == "next"]
    return links[0].get("href") if links else None


def _feature_server(first: dict[str, Any], address: str, document: Callable[[str], dict[str, Any]]) -> int:
    features, size, pages = first.get("features", []), len(first.get("features", [])), 0
    last = first
    while is_partial(last):
        last = document(_with_query(address, resultOffset=len(features), resultRecordCount=size))
        if not last.get("features"):
            raise FetchFailed(f"{address}: stopped after {len(features)} features though it said there are more")
        features += last["features"]
        pages += 1
        _refuse_repeated(features, first.get("objectIdFieldName", "OBJECTID"), address)
    first.pop("exceededTransferLimit", None)
    if isinstance(first.get("properties"), dict):
        first["properties"].pop("exceededTransferLimit", None)
    return pages


def _refuse_repeated(features: list[dict[str, Any]], key: str, address: str) -> None:
    ids = [(feature.get("attributes") or feature.get("properties") or {}).get(key) for feature in features]
    known = [value for value in ids if value is not None]
    if len(set(known)) < len(known):
        raise FetchFailed(f"{address}: its pages repeat features; the server does not heed resultOffset")


def _ogc(first: dict[str, Any], address: str, document: Callable[[str], dict[str, Any]]) -> int:
    seen, last, pages = {address}, first, 0
    where = address
    while (link := next_link(last)) is not None:
        where = urljoin(where, link)
        if where in seen:
            raise FetchFailed(f"{address}: its pages go in a circle at {where}")
        seen.add(where)
        last = document(where)
        first["features"] += last.get("features", [])
        pages += 1
    first.pop("links", None)
    first["numberReturned"] = len(first.get("features", []))
    if first.get("numberMatched", first["numberReturned"]) != first["numberReturned"]:
        raise FetchFailed(f"{address}: gave {first['numberReturned']} of {first['numberMatched']} features")
    return pages


def _with_query(address: str, **more: int) -> str:
    parts = urlsplit(address)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in more]
    return urlunsplit(parts._replace(query=urlencode([*query, *more.items()])))
