"""``/collections`` and ``/collections/{id}`` for people: what a layer holds and how to get it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoportal.catalog.addresses import Addresses
from geoportal.catalog.contents import read_catalog
from geoportal.catalog.schema_org import dataset_markup
from geoportal.maps.shell import Shell, layers_map
from geoportal.schema import Text
from geoportal.site import LEVELS
from geoportal.snapshot.collection import Collection
from geoportal.web.features.recipes import Target, recipes
from geoportal.web.screens.about import size
from geoportal.web.screens.canvas import canvas
from geoportal.web.screens.catalogue import file_address, layer_entry, outlines, overlay, theme_groups
from geoportal.web.screens.features import example_filter
from geoportal.web.screens.visit import Visit

CRS_NAMES = {
    "OGC:CRS84": "WGS 84 (EPSG:4326)",
    "EPSG:5514": "S-JTSK / Krovak East North (EPSG:5514)",
}


@dataclass(frozen=True)
class FieldEntry:
    """A field of a layer: its name in files, its title, its type in words, its unit."""

    name: str
    title: str
    type: str
    unit: str


@dataclass(frozen=True)
class FileEntry:
    """A file to download."""

    title: str
    address: str
    name: str
    crs: str
    size: str


def collections_screen(visit: Visit) -> dict[str, Any]:
    """What the list of layers shows."""
    return {"groups": theme_groups(visit)}


def collection_screen(visit: Visit, collection: Collection, base: str) -> tuple[dict[str, Any], Shell]:
    """What the page of a layer shows, and its map; ``base`` is the public address of the service."""
    source = visit.snapshot.manifest["sources"][collection.entry["source"]]
    content = {
        "layer": layer_entry(visit, collection),
        "fields": fields(visit, collection),
        "files": files(visit, collection),
        "source": visit.into(Text.model_validate(source["title"])),
        "landing": source.get("landing") or source.get("url"),
        "layer_notes": collection.entry["notes"],
        "recipes": recipes(_target(visit, collection, base)),
        "items": visit.link(f"/collections/{collection.id}/items"),
        "api": f"{base}/collections/{collection.id}/items",
        "queryables": visit.link(f"/collections/{collection.id}/queryables"),
        "schema": visit.link(f"/collections/{collection.id}/schema"),
        "example": example_filter(collection),
        "dataset": _markup(visit, collection, base),
        "tiles": visit.link(f"/tiles/{collection.id}") if collection.id in visit.snapshot.tilesets else None,
    }
    return content, _map(visit, collection)


def fields(visit: Visit, collection: Collection) -> list[FieldEntry]:
    """The fields in the order of the card."""
    return [
        FieldEntry(name, visit.into(field.title), visit.say("types." + field.type), field.unit or "")
        for name, field in collection.fields.items()
    ]


def files(visit: Visit, collection: Collection) -> list[FileEntry]:
    """The files of the layer, one for each format."""
    entries = []
    for name, file in collection.files.items():
        address = file_address(visit, collection, name)
        crs = CRS_NAMES.get(file["crs"], file["crs"])
        entries.append(FileEntry(file["title"], address, address.rpartition("/")[2], crs, size(visit, file["bytes"])))
    return entries


def _markup(visit: Visit, collection: Collection, base: str) -> dict[str, Any]:
    """The layer as a schema.org Dataset (JSON-LD)."""
    catalog = read_catalog(visit.snapshot, visit.site, Addresses(base, visit.site.catalog.names or base))
    return dataset_markup(catalog.record(collection.id), catalog, visit.language)


def _target(visit: Visit, collection: Collection, base: str) -> Target:
    return Target(
        base=base,
        layer=collection.id,
        title=visit.into(collection.title),
        label=collection.label,
        geometry=collection.geometry,
        attribution=collection.attribution,
        bounds=tuple(collection.bounds),
    )


def _map(visit: Visit, collection: Collection) -> Shell:
    title = visit.say("items.map", title=visit.into(collection.title))
    drawn = overlay(visit, collection, on=True)
    ground = outlines(visit, [level for level in (LEVELS[0], "okres") if level != collection.level])
    return layers_map(canvas(visit, title), (*ground, drawn))
