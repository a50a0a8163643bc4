"""``/conformance``, ``…/queryables`` and ``…/schema`` for people: what programs read there, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoportal.query.columns import GEOMETRY
from geoportal.snapshot.collection import Collection
from geoportal.web.features.conformance import CLASSES, STANDARDS
from geoportal.web.screens.dataset import FieldEntry, fields
from geoportal.web.screens.features import example_filter
from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class Standard:
    """A standard by its title and version, with the name and the address of each of its classes that are met."""

    title: str
    version: str
    classes: tuple[tuple[str, str], ...]


def conformance_screen() -> dict[str, Any]:
    """What the page of conformance shows: the standards in the order in which they are declared."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for address in CLASSES:
        standard, _, name = address.partition("/spec/")[2].partition("/conf/")
        key, _, version = standard.partition("/")
        found.setdefault((key, version), []).append((name, address))
    return {"standards": [Standard(STANDARDS[key], version, tuple(met)) for (key, version), met in found.items()]}


def fields_screen(visit: Visit, collection: Collection, kind: str) -> dict[str, Any]:
    """What the page of queryables or of the schema shows; ``kind`` is the last part of its address."""
    own = f"/collections/{collection.id}"
    shape = FieldEntry(GEOMETRY, visit.say("norms.geometry"), visit.say(f"geometry.{collection.geometry}"), "")
    return {
        "kind": kind,
        "layer": visit.into(collection.title),
        "page": visit.link(own),
        "fields": [*fields(visit, collection), shape],
        "id": collection.card.id_field,
        "example": example_filter(collection) if kind == "queryables" else "",
        "items": f"{own}/items",
        "json": visit.address(f"{own}/{kind}", {"f": "json"}),
    }
