"""Schemas of the answers in the API document, strict enough to be tested against."""

from __future__ import annotations

from typing import Any

_LINK = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")}
    | {"length": {"type": "integer"}},
}
_LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
_TEXT = {"type": "object", "required": ["cs"], "properties": {"cs": {"type": "string"}, "en": {"type": "string"}}}
_STATUS = {"type": "string", "enum": ["ok", "missing", "confidential", "incomplete"]}


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


SCHEMAS: dict[str, Any] = {
    "link": _LINK,
    "exception": _object("code description", code={"type": "string"}, description={"type": "string"}),
    "landingPage": _object("links title", title={"type": "string"}, description={"type": "string"}, links=_LINKS),
    "confClasses": _object("conformsTo", conformsTo={"type": "array", "items": {"type": "string"}}),
    "collections": _object(
        "links collections",
        links=_LINKS,
        collections={"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
    ),
    "collection": _object(
        "id links",
        id={"type": "string"},
        title={"type": "string"},
        description={"type": "string"},
        attribution={"type": "string"},
        itemType={"type": "string"},
        extent={"type": "object"},
        crs={"type": "array", "items": {"type": "string"}},
        storageCrs={"type": "string"},
        links=_LINKS,
    ),
    "jsonSchema": _object("type properties", type={"type": "string"}, properties={"type": "object"}),
    "geometry": {
        "type": "object",
        "nullable": True,
        "required": ["type"],
        "properties": {"type": {"type": "string"}, "coordinates": {"type": "array", "items": {}}},
    },
    "feature": _object(
        "type geometry properties",
        type={"type": "string", "enum": ["Feature"]},
        id={"oneOf": [{"type": "string"}, {"type": "integer"}]},
        geometry={"$ref": "#/components/schemas/geometry"},
        properties={"type": "object", "nullable": True},
        links=_LINKS,
    ),
    "featureCollection": _object(
        "type features",
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": {"$ref": "#/components/schemas/feature"}},
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
        links=_LINKS,
    ),
    "joined": _object(
        "type features join",
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": {"$ref": "#/components/schemas/feature"}},
        attribution={"type": "string"},
        join={"type": "object"},
    ),
    "indicator": _object(
        "id title unit periods",
        id={"type": "string"},
        title=_TEXT,
        unit=_TEXT,
        periods={"type": "object"},
        formula={"type": "string", "nullable": True, "description": "Ids of indicators have _ in place of -."},
        country={"type": "object", "description": "Values of the whole country by period, where they are known."},
        methods={"type": "string", "description": "The page that explains how it is made."},
    ),
    "indicators": _object(
        "indicators", indicators={"type": "array", "items": {"$ref": "#/components/schemas/indicator"}}
    ),
    "values": _object(
        "id level period unit values",
        id={"type": "string"},
        level={"type": "string"},
        period={"type": "string"},
        unit={"type": "string"},
        country={
            **_object(
                "name value attribution",
                name={"type": "string"},
                value={"type": "number"},
                attribution={"type": "string"},
            ),
            "nullable": True,
            "description": "The whole country in the same period, in the same unit; null where it is not known.",
        },
        values={
            "type": "array",
            "items": _object(
                "code name value status",
                code={"type": "string"},
                name={"type": "string"},
                value={"type": "number", "nullable": True},
                status=_STATUS,
            ),
        },
    ),
    "analysis": _object(
        "title findings method attribution licences columns page rows",
        title={"type": "string"},
        findings={"type": "array", "minItems": 1, "items": {"type": "string"}},
        cautions={"type": "array", "items": {"type": "string"}},
        method={"type": "string"},
        attribution={"type": "string"},
        licences={"type": "array", "items": _object("name", name={"type": "string"})},
        columns={
            "type": "array",
            "items": _object("key meaning", key={"type": "string"}, meaning={"type": "string"}),
        },
        page={"type": "string", "format": "uri"},
        rows={"type": "array", "items": {"type": "object"}},
    ),
    "tilesets": _object(
        "tilesets", tilesets={"type": "array", "items": {"$ref": "#/components/schemas/tileset"}}, links=_LINKS
    ),
    "tileset": _object(
        "dataType crs tileMatrixSetURI links",
        title={"type": "string"},
        dataType={"type": "string", "enum": ["vector"]},
        crs={"type": "string"},
        tileMatrixSetURI={"type": "string"},
        tileMatrixSetLimits={
            "type": "array",
            "items": _object(
                "tileMatrix minTileRow maxTileRow minTileCol maxTileCol",
                tileMatrix={"type": "string"},
                **{name: {"type": "integer"} for name in ("minTileRow", "maxTileRow", "minTileCol", "maxTileCol")},
            ),
        },
        layers={"type": "array", "minItems": 1, "items": _object("id dataType", id={"type": "string"})},
        links=_LINKS,
    ),
    "tilejson": _object(
        "tilejson tiles vector_layers",
        tilejson={"type": "string", "enum": ["3.0.0"]},
        tiles={"type": "array", "minItems": 1, "items": {"type": "string"}},
        vector_layers={"type": "array", "items": _object("id fields", id={"type": "string"})},
    ),
    "tileMatrixSets": _object(
        "tileMatrixSets",
        tileMatrixSets={"type": "array", "items": _object("id links", id={"type": "string"}, links=_LINKS)},
    ),
    "tileMatrixSet": _object(
        "id crs tileMatrices",
        id={"type": "string"},
        crs={"type": "string"},
        tileMatrices={
            "type": "array",
            "items": _object("id cellSize", id={"type": "string"}, cellSize={"type": "number"}),
        },
    ),
    "status": _object("status", status={"type": "string"}, snapshot={"type": "string"}),
}
