"""The JSON Schema of JSON-FG 1.0 (OGC 21-045r1, annex B) for documents whose geometries are those of GeoJSON."""

from __future__ import annotations

from typing import Any

DAY, MOMENT = r"^\d{4}-\d{2}-\d{2}$", r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$"
URI = {"type": "string", "format": "uri"}


def _list_of(item: dict[str, Any], least: int = 0, most: int | None = None) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": least, **({"maxItems": most} if most else {})}


def _shape(name: str, coordinates: dict[str, Any]) -> dict[str, Any]:
    properties = {"type": {"const": name}, "coordRefSys": CRS, "coordinates": coordinates}
    return {"type": "object", "required": ["type", "coordinates"], "properties": properties}


def _interval(pattern: str) -> dict[str, Any]:
    return _list_of({"oneOf": [{"type": "string", "pattern": pattern}, {"const": ".."}]}, 2, 2)


_CRS = {"oneOf": [
    {"type": "string"},
    {"type": "object", "required": ["type", "href"], "properties": {
        "type": {"const": "Reference"}, "href": {"type": "string"}, "epoch": {"type": "number"}}},
    {"type": "object", "required": ["type"], "properties": {"type": {"not": {"const": "Reference"}}}},
]}  # fmt: skip
CRS: dict[str, Any] = {"oneOf": [_CRS, _list_of(_CRS, 2)]}
TIME = {"oneOf": [{"type": "null"}, {"type": "object", "minProperties": 1, "properties": {
    "date": {"type": "string", "pattern": DAY},
    "timestamp": {"type": "string", "pattern": MOMENT},
    "interval": {"oneOf": [_interval(DAY), _interval(MOMENT)]},
}}]}  # fmt: skip
_POSITION = _list_of({"type": "number"}, 2, 4)
_LINE, _RING = _list_of(_POSITION, 2), _list_of(_POSITION, 4)
SHAPES = [
    _shape("Point", _POSITION),
    _shape("MultiPoint", _list_of(_POSITION)),
    _shape("LineString", _LINE),
    _shape("MultiLineString", _list_of(_LINE)),
    _shape("Polygon", _list_of(_RING)),
    _shape("MultiPolygon", _list_of(_list_of(_RING))),
]
GEOMETRY = {"oneOf": [{"type": "null"}, *SHAPES]}
TYPES = {"oneOf": [{"type": "string"}, _list_of({"type": "string"})]}
SCHEMAS = {"oneOf": [URI, {"type": "object", "additionalProperties": URI}]}
CONFORMS_TO = {
    **_list_of({"type": "string"}, 1),
    "uniqueItems": True,
    "contains": {"enum": ["http://www.opengis.net/spec/json-fg-1/1.0/conf/core", "[ogc-json-fg-1-1.0:core]"]},
}
_COMMON = {"conformsTo": CONFORMS_TO, "featureType": TYPES, "featureSchema": SCHEMAS, "coordRefSys": CRS}
FEATURE: dict[str, Any] = {
    "type": "object",
    "required": ["type", "geometry", "properties"],
    "properties": {
        **_COMMON,
        "type": {"const": "Feature"},
        "id": {"type": ["number", "string"]},
        "time": TIME,
        "place": GEOMETRY,
        "geometry": GEOMETRY,
        "properties": {"type": ["null", "object"]},
    },
}
COLLECTION: dict[str, Any] = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        **_COMMON,
        "type": {"const": "FeatureCollection"},
        "geometryDimension": {"type": "integer", "minimum": 0, "maximum": 3},
        "features": _list_of(FEATURE),
    },
}
ROOT: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "oneOf": [FEATURE, COLLECTION],
    "required": ["conformsTo"],
}
