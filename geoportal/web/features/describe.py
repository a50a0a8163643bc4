"""What the service says of its collections: metadata, queryables, schema."""

from __future__ import annotations

from typing import Any

from geoportal.cards import FieldCard
from geoportal.crs import CRS84_URI, KROVAK_URI, published
from geoportal.query.columns import GEOMETRY
from geoportal.snapshot.collection import Collection
from geoportal.web.current import base_url, snapshot
from geoportal.web.links import GEOJSON, HTML, JSON, JSONLD, SCHEMA, collection_url, link
from geoportal.web.tiles.describe import TILESETS

_TYPES: dict[str, dict[str, str]] = {
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "url": {"type": "string", "format": "uri"},
}
_SHAPES = {
    "point": "multipoint-or-point",
    "line": "multilinestring-or-linestring",
    "polygon": "multipolygon-or-polygon",
}


def describe_collection(collection: Collection) -> dict[str, Any]:
    """A collection's metadata: extent, CRSs, source, licence, date, and links to its features and files."""
    own = collection_url(collection.id)
    schemas = [
        link("http://www.opengis.net/def/rel/ogc/1.0/queryables", f"{own}/queryables", SCHEMA),
        link("describedby", f"{own}/schema", SCHEMA),
    ]
    return {
        "id": collection.id,
        "title": collection.title.cs,
        "description": collection.description.cs,
        "keywords": list(collection.card.keywords),
        "attribution": collection.attribution,
        "license": collection.licence,
        "updated": collection.date,
        "schematic": collection.schematic,
        "itemType": "feature",
        "itemCount": collection.count,
        "extent": {"spatial": {"bbox": [collection.bounds], "crs": CRS84_URI}},
        "crs": list(published()),
        "storageCrs": KROVAK_URI,
        "links": [
            link("self", f"{own}?f=json", JSON),
            link("alternate", f"{own}?f=html", HTML),
            link("items", f"{own}/items?f=json", GEOJSON, collection.title.cs),
            link("items", f"{own}/items?f=html", HTML, collection.title.cs),
            *_items_links(collection),
            *schemas,
            *_tiles_links(collection),
            *_licence_links(collection),
            *_file_links(collection),
            link(
                "related", f"{base_url()}/esri/rest/services/{collection.id}/FeatureServer", JSON, "Esri FeatureServer"
            ),
        ],
    }


def _items_links(collection: Collection) -> list[dict[str, Any]]:
    """The features in each further encoding (OGC 17-069r4, /req/core/fc-md-items-links)."""
    address = f"{collection_url(collection.id)}/items?f="
    others = {name: file for name, file in collection.files.items() if name != "geojson"}
    return [
        link("items", address + name, file["media_type"].partition(";")[0], file["title"])
        for name, file in others.items()
    ]


def _tiles_links(collection: Collection) -> list[dict[str, Any]]:
    if collection.id not in snapshot().tilesets:
        return []
    return [link(TILESETS, f"{collection_url(collection.id)}/tiles?f=json", JSON, "Vector tiles")]


def _licence_links(collection: Collection) -> list[dict[str, Any]]:
    licence = collection.licence
    return [link("license", licence["url"], HTML, licence["name"])] if licence.get("url") else []


def _file_links(collection: Collection) -> list[dict[str, Any]]:
    address = f"{base_url()}/layers/{collection.id}"
    files = [
        link(
            "enclosure",
            f"{address}.{file.get('extension', name)}",
            file["media_type"],
            file["title"],
            length=file["bytes"],
        )
        for name, file in collection.files.items()
    ]
    norms = link("alternate", f"{address}.jsonld", JSONLD, "OFN (JSON-LD)")
    return [*files, norms] if collection.service else files


def queryables(collection: Collection) -> dict[str, Any]:
    """What filters may name, as JSON Schema (OGC 19-079r2, 6.2)."""
    return _schema(collection, f"{collection_url(collection.id)}/queryables", collection.title.cs, with_id=False)


def schema(collection: Collection) -> dict[str, Any]:
    """The features' logical schema as JSON Schema with roles (OGC 23-058r1)."""
    return _schema(collection, f"{collection_url(collection.id)}/schema", collection.title.cs, with_id=True)


def _schema(collection: Collection, address: str, title: str, with_id: bool) -> dict[str, Any]:
    properties = {name: _property(card) for name, card in collection.fields.items()}
    if with_id and collection.card.id_field:
        properties[collection.card.id_field]["x-ogc-role"] = "id"
    shape = {
        "title": "Geometrie",
        "format": f"geometry-{_SHAPES[collection.geometry]}",
        "x-ogc-role": "primary-geometry",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "title": title,
        "properties": {**properties, GEOMETRY: shape},
        "additionalProperties": False,
    }


def _property(card: FieldCard) -> dict[str, Any]:
    kind = dict(_TYPES.get(card.type, {"type": "string"}))
    more = {"x-ogc-unit": card.unit} if card.unit else {}
    return {"title": card.title.cs, **kind, **more}
