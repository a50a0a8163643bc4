"""The layers as people meet them in lists: title, state, licence, downloads, and how each is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from geoportal.maps.contents import Overlay
from geoportal.site import LEVELS
from geoportal.snapshot.collection import Collection
from geoportal.web.screens.visit import Visit

POPUP_FIELDS = 8
HIDDEN_TYPES = ("code", "boolean")


@dataclass(frozen=True)
class LayerEntry:
    """A layer in a list. ``page`` is the address of its own page, ``downloads`` are pairs of format and address."""

    id: str
    page: str
    title: str
    description: str
    group: str
    geometry: str
    colour: str
    letter: str
    count: str
    date: str
    licence: tuple[str, str | None]
    attribution: str
    hub: str | None
    downloads: tuple[tuple[str, str], ...]
    schematic: bool


@dataclass(frozen=True)
class LayerGroup:
    """Layers under one heading."""

    title: str
    layers: tuple[LayerEntry, ...]


def layer_groups(visit: Visit) -> list[LayerGroup]:
    """All layers: the territory first, then what helps people, then the rest."""
    groups: dict[str, list[LayerEntry]] = {visit.say("layers.territory"): [], visit.say("layers.services"): []}
    ordered = sorted(visit.snapshot.collections.values(), key=lambda c: -c.style.order)
    for collection in ordered:
        entry = layer_entry(visit, collection)
        groups.setdefault(entry.group, []).append(entry)
    return [LayerGroup(title, tuple(entries)) for title, entries in groups.items() if entries]


def theme_groups(visit: Visit) -> list[LayerGroup]:
    """All layers by theme, in the order of the site; within a theme those drawn on top first."""
    ordered = sorted(visit.snapshot.collections.values(), key=lambda c: -c.style.order)
    groups = [
        LayerGroup(visit.into(theme.title), tuple(layer_entry(visit, c) for c in ordered if c.theme == theme.id))
        for theme in visit.site.themes
    ]
    return [group for group in groups if group.layers]


def file_address(visit: Visit, collection: Collection, name: str) -> str:
    """Where the file of a layer in the format called ``name`` is."""
    return visit.address(f"/layers/{collection.id}.{collection.files[name].get('extension', name)}")


def layer_entry(visit: Visit, collection: Collection) -> LayerEntry:
    """A layer as lists show it."""
    say = visit.say
    group = say("layers.territory") if collection.level else say("layers.nature")
    return LayerEntry(
        id=collection.id,
        page=visit.link(f"/collections/{collection.id}"),
        title=visit.into(collection.title),
        description=visit.into(collection.description),
        group=say("layers.services") if collection.service else group,
        geometry=collection.geometry,
        colour=collection.style.colour,
        letter=collection.style.letter or "",
        count=say("layers.count", count=collection.count),
        date=say.date(collection.date),
        licence=(collection.licence["name"], collection.licence.get("url")),
        attribution=collection.attribution,
        hub=collection.hub,
        downloads=tuple((name, file_address(visit, collection, name)) for name in collection.files),
        schematic=collection.schematic,
    )


def overlay(visit: Visit, collection: Collection, on: bool) -> Overlay:
    """How the map loads and draws ``collection``."""
    hidden = {collection.label, collection.card.id_field}
    fields = [
        (name, visit.into(field.title))
        for name, field in collection.fields.items()
        if field.type not in HIDDEN_TYPES and field.unit != "°" and name not in hidden
    ]
    return Overlay(
        id=collection.id,
        title=visit.into(collection.title),
        url=visit.address(f"/layers/{collection.id}.geojson"),
        items_url=visit.address(f"/collections/{collection.id}/items"),
        geometry=collection.geometry,
        label=collection.label,
        fields=tuple(fields[:POPUP_FIELDS]),
        attribution=collection.attribution,
        colour=collection.style.colour,
        letter=collection.style.letter or "",
        width=collection.style.width,
        order=collection.style.order,
        on=on,
        named=collection.level == LEVELS[0],
        hub=collection.hub,
    )


def of_level(visit: Visit, level: str) -> Collection | None:
    """The layer of a level of the territory, or None."""
    return next((c for c in visit.snapshot.collections.values() if c.level == level), None)


def outlines(visit: Visit, levels: Iterable[str] = ("obec", "okres")) -> tuple[Overlay, ...]:
    """The boundaries that give a map of places its ground."""
    found = [collection for level in levels if (collection := of_level(visit, level))]
    return tuple(replace(overlay(visit, collection, on=True), ground=True) for collection in found)
