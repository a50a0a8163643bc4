"""JSON-FG 1.0 (OGC 21-045r1): ``place`` in EPSG:5514, and for readers of GeoJSON ``geometry`` in CRS84 beside it."""

from __future__ import annotations

from pathlib import Path

import orjson

from geoportal.encode.format import Format, LayerContent
from geoportal.encode.geojson import encode_features, encode_krovak

KROVAK_URI = "http://www.opengis.net/def/crs/EPSG/0/5514"
CONFORMS_TO = [
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/core",
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas",
]
PROFILE = "http://www.opengis.net/def/profile/OGC/0/jsonfg-plus"
_DIMENSIONS = {"point": 0, "line": 1, "polygon": 2}


def encode_places(content: LayerContent) -> list[bytes]:
    """Each feature as JSON-FG text; ``time`` is null, because a layer shows one state and says its date as a whole."""
    pairs = zip(encode_features(content), encode_krovak(content), strict=True)
    return [feature[:-1] + b',"place":' + place + b',"time":null}' for feature, place in pairs]


def describe_collection(content: LayerContent) -> dict[str, object]:
    """The members of the collection before its features."""
    return {
        "conformsTo": CONFORMS_TO,
        "featureType": content.id,
        "geometryDimension": _DIMENSIONS[content.card.geometry] if content.card else None,
        "coordRefSys": KROVAK_URI,
        "name": content.id,
        **content.about,
        "links": [{"rel": "profile", "href": PROFILE}],
    }


def _write(path: Path, content: LayerContent) -> None:
    head = b'{"type":"FeatureCollection",' + orjson.dumps(describe_collection(content))[1:-1] + b',"features":['
    path.write_bytes(head + b",".join(encode_places(content)) + b"]}")


# The standard would have application/geo+json with a profile; this older type tells the two apart in Accept.
FORMAT = Format("jsonfg", "application/vnd.ogc.fg+json", "JSON-FG", "EPSG:5514", _write, "jsonfg")
