"""Tilesets: each card's layers turned into features, cut, and kept as one archive of the snapshot."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np

from geoportal.build.layers import BuiltLayer
from geoportal.build.run import Joined
from geoportal.build.tile_stock import make_stock
from geoportal.cards import TilesetCard
from geoportal.cards.tileset import LEVEL_FIELD, OUTER_FIELD, RANK_FIELD, SEAT_FIELD, TileLayerCard
from geoportal.encode import LayerContent
from geoportal.site import Bounds
from geoportal.tiling import Pyramid, Stock, cut_pyramid, write_archive

_ADDED = {
    LEVEL_FIELD: "Úroveň, kterou hranice odděluje",
    OUTER_FIELD: "Za hranicí už není žádná jednotka",
    RANK_FIELD: "Pořadí, největší je první",
    SEAT_FIELD: "Čeho je obec sídlem",
}


def write_tilesets(folder: Path, joined: Joined, contents: Mapping[str, LayerContent]) -> dict[str, dict[str, Any]]:
    """Writes every tileset of which at least one layer is there; returns its manifest entry by id."""
    cards = [
        card
        for card in joined.inputs.inventory.tilesets.values()
        if any(drawn.source in joined.layers for drawn in card.layers)
    ]
    return {card.id: _write(folder, card, joined, contents) for card in cards}


def _write(folder: Path, card: TilesetCard, joined: Joined, contents: Mapping[str, LayerContent]) -> dict[str, Any]:
    drawn = [layer for layer in card.layers if layer.source in joined.layers]
    stock = [make_stock(layer, contents[layer.source], joined) for layer in drawn]
    pyramid = cut_pyramid(card, stock)
    bounds = _bounds([contents[layer.source] for layer in drawn])
    entry = {
        **_about(card, [joined.layers[layer.source] for layer in drawn]),
        "minzoom": min(shown.zooms[0] for shown in pyramid.shown.values()),
        "maxzoom": card.zooms[1],
        "bounds": list(bounds),
        "center": _center(bounds, card.zooms),
        "vector_layers": _vector_layers(card, joined, stock, pyramid),
        "absent": [
            {"layer": layer.id, "reason": joined.absent_layers[layer.source]}
            for layer in card.layers
            if layer.source in joined.absent_layers
        ],
        "dropped": {name: {str(zoom): n for zoom, n in lost.items()} for name, lost in pyramid.dropped.items()},
        "count": len(pyramid.tiles),
        "largest": max(map(len, pyramid.tiles.values())),
    }
    path = folder / "tiles" / f"{card.id}.pmtiles"
    write_archive(path, pyramid.tiles, bounds, entry["center"], _metadata(card, entry))
    return entry | {"bytes": path.stat().st_size}


def _about(card: TilesetCard, layers: list[BuiltLayer]) -> dict[str, Any]:
    """What travels with the tiles: of several layers every attribution and licence, and the latest date."""
    sources = [layer.source for layer in layers]
    licences = dict.fromkeys(source.licence for source in sources)
    return {
        "title": card.title.model_dump(exclude_none=True),
        "description": card.description.model_dump(exclude_none=True),
        "schematic": any(layer.schematic for layer in layers),
        "attribution": "; ".join(dict.fromkeys(source.attribution for source in sources)),
        "licences": [licence.model_dump(mode="json", exclude_none=True) for licence in licences],
        "date": max(source.date for source in sources),
    }


def _metadata(card: TilesetCard, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What the archive says of itself (PMTiles 3, 5); boundaries drawn around seats are called so."""
    description = f"{card.description.cs} Schematické hranice." if entry["schematic"] else card.description.cs
    return {
        "name": card.title.cs,
        "description": description,
        "type": "overlay" if len(card.layers) == 1 else "baselayer",
        "format": "pbf",
        "attribution": entry["attribution"],
        "licence": "; ".join(licence["name"] for licence in entry["licences"]),
        "date": entry["date"],
        "schematic": entry["schematic"],
        "vector_layers": entry["vector_layers"],
    }


def _vector_layers(card: TilesetCard, joined: Joined, stock: list[Stock], pyramid: Pyramid) -> list[dict[str, Any]]:
    """The layers as TileJSON 3 (3.3) describes them; ``id_field`` is the attribute with the feature's id as text."""
    described = []
    for layer in (held.card for held in stock):
        shown = pyramid.shown.get(layer.id)
        if shown is None:
            continue
        built = joined.layers[layer.source].card
        id_field = {"id_field": built.id_field} if built.id_field in shown.fields else {}
        described.append(
            {
                "id": layer.id,
                "description": (layer.description or built.description).cs,
                "minzoom": shown.zooms[0],
                "maxzoom": shown.zooms[1],
                "fields": {field: _field_title(field, layer, joined) for field in shown.fields},
                **id_field,
            }
        )
    return described


def _field_title(field: str, layer: TileLayerCard, joined: Joined) -> str:
    if field in _ADDED and field in layer.added:
        return _ADDED[field]
    if field == layer.rank:
        return joined.inputs.inventory.indicators[field].title.cs
    card = joined.layers[layer.source].card.fields[field]
    return f"{card.title.cs} ({card.unit})" if card.unit else card.title.cs


def _bounds(contents: list[LayerContent]) -> Bounds:
    boxes = [content.frame.total_bounds for content in contents]
    west, south, east, north = reduce(
        lambda one, other: np.concatenate((np.minimum(one[:2], other[:2]), np.maximum(one[2:], other[2:]))), boxes
    ).tolist()
    return west, south, east, north


def _center(bounds: Bounds, zooms: tuple[int, int]) -> list[float]:
    """Longitude, latitude and the zoom at which two tiles are about as wide as the whole."""
    west, south, east, north = bounds
    zoom = math.floor(math.log2(720 / max(east - west, 1e-6)))
    return [round((west + east) / 2, 5), round((south + north) / 2, 5), min(max(zoom, zooms[0]), zooms[1])]
