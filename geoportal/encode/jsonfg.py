"""JSON-FG 1.0 (OGC 21-045r1): files with ``place`` in EPSG:5514, and pages in the profiles of GeoJSON that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from geoportal.crs import CRS84_URI, KROVAK_URI, PublishedCrs, published
from geoportal.encode.format import Format, LayerContent
from geoportal.encode.geojson import encode_features, encode_krovak
from geoportal.encode.page import encode_each, geometry_texts
from geoportal.snapshot.collection import Collection

CONFORMS_TO = [
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/core",
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas",
]
PLAIN, STRICT, PLUS = "rfc7946", "jsonfg", "jsonfg-plus"
_DIMENSIONS = {"point": 0, "line": 1, "polygon": 2}


def profile_uri(profile: str) -> str:
    """The address of a profile in OGC's register."""
    return f"http://www.opengis.net/def/profile/OGC/0/{profile}"


def root_members(layer_id: str, crs_uri: str, schema: str | None = None) -> dict[str, Any]:
    """What a document says for all its features: conformance, type, the CRS of ``place`` unless it is CRS84, schema."""
    return {
        "conformsTo": CONFORMS_TO,
        "featureType": layer_id,
        **({"featureSchema": schema} if schema else {}),
        **({"coordRefSys": crs_uri} if crs_uri != CRS84_URI else {}),
    }


def collection_members(layer_id: str, geometry: str | None, crs_uri: str, schema: str | None = None) -> dict[str, Any]:
    """The same for a collection, with the dimension of its geometries where their kind is known."""
    dimension = {"geometryDimension": _DIMENSIONS[geometry]} if geometry else {}
    return {**root_members(layer_id, crs_uri, schema), **dimension}


def encode_in_profile(
    collection: Collection,
    positions: np.ndarray,
    crs: PublishedCrs,
    profile: str,
    fields: Sequence[str] | None = None,
    geometry: bool = True,
    added: Sequence[Mapping[str, object]] | None = None,
) -> list[bytes]:
    """The features at ``positions`` as JSON-FG, with coordinates in ``crs``; the rest as in ``encode_page``.

    CRS84 has its place in ``geometry`` alone (/req/core/place). Any other CRS stands in ``place``, and ``geometry`` is
    null beside it or, with ``jsonfg-plus``, the same in CRS84.
    """
    degrees = published()[CRS84_URI]
    placed = geometry and crs != degrees
    shown = geometry and (not placed or profile == PLUS)
    features = encode_each(collection, positions, degrees, fields, shown, added)
    places = geometry_texts(collection, positions, crs) if placed else [b"null"] * len(features)
    return [_with_place(feature, place) for feature, place in zip(features, places, strict=True)]


def _with_place(feature: bytes, place: bytes) -> bytes:
    """``time`` is null: a layer shows one state, and says its date as a whole."""
    return feature[:-1] + b',"place":' + place + b',"time":null}'


def _write(path: Path, content: LayerContent) -> None:
    geometry = content.card.geometry if content.card else None
    said = {
        **collection_members(content.id, geometry, KROVAK_URI),
        "name": content.id,
        **content.about,
        "links": [{"rel": "profile", "href": profile_uri(PLUS)}],
    }
    pairs = zip(encode_features(content), encode_krovak(content), strict=True)
    features = b",".join([_with_place(feature, place) for feature, place in pairs])
    head = b'{"type":"FeatureCollection",' + orjson.dumps(said)[1:-1] + b',"features":['
    path.write_bytes(head + features + b"]}")


# The standard would have application/geo+json with a profile; this older type tells the two apart in Accept.
FORMAT = Format("jsonfg", "application/vnd.ogc.fg+json", "JSON-FG", "EPSG:5514", _write, "jsonfg")
