"""``/tiles`` and ``/tiles/{tileset}`` for people: what vector tiles there are and how to use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoportal.maps.shell import Shell
from geoportal.maps.tiles import Libraries, Rule, VectorTiles, plain_rules, tiles_map
from geoportal.snapshot.tileset import Tileset
from geoportal.web.screens.about import size
from geoportal.web.screens.canvas import LOOKS, canvas
from geoportal.web.screens.visit import Visit
from geoportal.web.tiles.describe import DATASET
from geoportal.web.tiles.recipes import TileTarget, tile_recipes


@dataclass(frozen=True)
class TilesetEntry:
    """A tileset in a list; ``collection`` is the page of the layer that it is made from, if of one alone."""

    id: str
    title: str
    description: str
    page: str
    zooms: str
    size: str
    schematic: bool
    date: str
    attribution: str
    licences: tuple[tuple[str, str | None], ...]
    collection: str | None


@dataclass(frozen=True)
class TileLayer:
    """A layer inside a tileset: its id, the zooms at which it is there, and its fields with their meaning."""

    id: str
    description: str
    zooms: str
    fields: tuple[tuple[str, str], ...]


def tilesets_screen(visit: Visit) -> dict[str, Any]:
    """What the list of tilesets shows: those of several layers first."""
    entries = [tileset_entry(visit, tileset) for tileset in visit.snapshot.tilesets.values()]
    return {"tilesets": sorted(entries, key=lambda entry: (entry.collection is not None, entry.title))}


def tileset_screen(visit: Visit, tileset: Tileset, base: str) -> tuple[dict[str, Any], Shell]:
    """What the page of a tileset shows, and its map; ``base`` is the public address of the service."""
    entry = tileset_entry(visit, tileset)
    own = f"{base}/tiles/{tileset.id}"
    rules = plain_rules([layer["id"] for layer in tileset.layers])
    target = TileTarget(
        base=base,
        tileset=tileset.id,
        title=entry.title,
        minzoom=tileset.minzoom,
        maxzoom=tileset.maxzoom,
        bounds=(tileset.bounds[0], tileset.bounds[1], tileset.bounds[2], tileset.bounds[3]),
        rules=tuple(rules),
    )
    content = {
        "tileset": entry,
        "layers": [_layer(layer) for layer in tileset.layers],
        "absent": [(absent["layer"], absent["reason"]) for absent in tileset.entry["absent"]],
        "tilejson": f"{own}.json",
        "template": f"{own}/{{z}}/{{x}}/{{y}}.mvt",
        "archive": f"{own}.pmtiles",
        "styles": [(look, f"{base}/styles/{style}.json") for look, style in LOOKS.items() if tileset.id == DATASET],
        "recipes": tile_recipes(target),
    }
    named = canvas(visit, visit.say("items.map", title=entry.title))
    return content, tiles_map(named, _drawn(visit, tileset, base, rules))


def _drawn(visit: Visit, tileset: Tileset, base: str, rules: list[Rule]) -> VectorTiles:
    """The tileset as its page draws it: the basemap in its own style, others plainly."""
    libraries = Libraries.below(visit.address("/static"))
    if tileset.id == DATASET:
        return VectorTiles(style=f"{base}/styles/{tileset.id}.json", libraries=libraries)
    return VectorTiles(f"{base}/tiles/{tileset.id}.json", rules, libraries=libraries, attribution=tileset.attribution)


def tileset_entry(visit: Visit, tileset: Tileset) -> TilesetEntry:
    """A tileset as lists show it."""
    own = tileset.id in visit.snapshot.collections
    return TilesetEntry(
        id=tileset.id,
        title=visit.into(tileset.title),
        description=visit.into(tileset.description),
        page=visit.link(f"/tiles/{tileset.id}"),
        zooms=_zooms(tileset.minzoom, tileset.maxzoom),
        size=size(visit, visit.snapshot.manifest["files"][f"tiles/{tileset.path.name}"]["bytes"]),
        schematic=tileset.schematic,
        date=visit.say.date(tileset.entry["date"]),
        attribution=tileset.attribution,
        licences=tuple((licence["name"], licence.get("url")) for licence in tileset.entry["licences"]),
        collection=visit.link(f"/collections/{tileset.id}") if own else None,
    )


def _layer(layer: dict[str, Any]) -> TileLayer:
    return TileLayer(
        layer["id"], layer["description"], _zooms(layer["minzoom"], layer["maxzoom"]), tuple(layer["fields"].items())
    )


def _zooms(first: int, last: int) -> str:
    return f"{first}–{last}"
