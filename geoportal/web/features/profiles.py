"""Profiles of GeoJSON: plain, JSON-FG, and JSON-FG that readers of plain GeoJSON draw too (OGC 21-045r1, 14 and 15)."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson
from flask import Response

from geoportal.crs import PublishedCrs
from geoportal.encode.jsonfg import (
    PLAIN,
    PLUS,
    STRICT,
    collection_members,
    encode_in_profile,
    profile_uri,
    root_members,
)
from geoportal.encode.page import encode_page
from geoportal.errors import InvalidParameter, alternatives
from geoportal.snapshot.collection import Collection
from geoportal.web.links import collection_url
from geoportal.web.params import Parameter

PROFILES = (PLAIN, STRICT, PLUS)
_NAMES = {name: profile for profile in PROFILES for name in (profile, f"[ogc-profile:{profile}]", profile_uri(profile))}


def profile_parameter() -> Parameter:
    """``profile``: names, safe CURIEs or addresses of profiles (OGC 23-058r2); the first that we know is taken."""
    schema = {"type": "array", "items": {"type": "string", "enum": list(_NAMES)}, "minItems": 1}
    return Parameter("profile", f"Profile of GeoJSON; {PLAIN} when none is given.", _known, schema)


def _known(text: str) -> str:
    wanted = text.split(",")
    known = next((_NAMES[name] for name in wanted if name in _NAMES), None)
    if known is None:
        raise InvalidParameter(f"profile={text[:80]!r} does not exist; {alternatives(wanted[0][:80], PROFILES)}")
    return known


def encode_collection(
    held: Collection, positions: np.ndarray, crs: PublishedCrs, given: dict[str, Any], added: Any, tail: dict[str, Any]
) -> bytes:
    """A page of features in the profile asked for; ``tail`` are the members behind them."""
    profile, asked = given["profile"] or PLAIN, (given["properties"], not given["skipGeometry"], added)
    if profile == PLAIN:
        head, features = {}, encode_page(held, positions, crs, *asked)
    else:
        # The schema knows nothing of joined indicators.
        schema = None if added else collection_url(held.id, "schema")
        head = collection_members(held.id, held.geometry, crs.uri, schema)
        features = b",".join(encode_in_profile(held, positions, crs, profile, *asked))
    start = orjson.dumps({"type": "FeatureCollection", **head})[:-1] + b',"features":['
    return start + features + b"]," + orjson.dumps(_linked(tail, profile))[1:]


def encode_feature(
    held: Collection, position: int, crs: PublishedCrs, profile: str | None, tail: dict[str, Any]
) -> bytes:
    """One feature as a document; ``tail`` are the members behind its own."""
    if profile in (None, PLAIN):
        feature = encode_page(held, np.array([position]), crs)
    else:
        feature = encode_in_profile(held, np.array([position]), crs, profile)[0]
        tail = {**root_members(held.id, crs.uri, collection_url(held.id, "schema")), **tail}
    return feature[:-1] + b"," + orjson.dumps(_linked(tail, profile or PLAIN))[1:]


def _linked(tail: dict[str, Any], profile: str) -> dict[str, Any]:
    """``tail`` with the link by which a document says its profile (23-058r2, /req/profile-parameter)."""
    return {**tail, "links": [*tail["links"], {"rel": "profile", "href": profile_uri(profile)}]}


def with_profile(response: Response, profile: str | None) -> Response:
    """``response`` with its profile named in a header too."""
    response.headers["Link"] = f'<{profile_uri(profile or PLAIN)}>; rel="profile"'
    return response
