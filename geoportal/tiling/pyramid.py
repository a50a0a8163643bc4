"""A pyramid of tiles: every zoom of a tileset, each tile encoded, compressed and within its limit."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from geoportal.cards.tileset import TileLayerCard, TilesetCard
from geoportal.errors import Problems
from geoportal.tiling.cut import cut
from geoportal.tiling.features import Features
from geoportal.tiling.fit import Drawn, fit
from geoportal.tiling.generalise import Simplified, generalise
from geoportal.tiling.grid import UNITS_A_PIXEL
from geoportal.tiling.shapes import DIMENSIONS


@dataclass(frozen=True)
class Stock:
    """A layer of a tileset with the features it is made of."""

    card: TileLayerCard
    features: Features


@dataclass(frozen=True)
class Shown:
    """What the tiles hold of a layer: its zooms, and the attributes that occur at any of them."""

    zooms: tuple[int, int]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Pyramid:
    """``tiles``: compressed, by number. ``shown``: by layer. ``dropped``: layer -> zoom -> how often a feature was."""

    tiles: Mapping[int, bytes]
    shown: Mapping[str, Shown]
    dropped: Mapping[str, Mapping[int, int]]


def cut_pyramid(card: TilesetCard, stock: list[Stock]) -> Pyramid:
    """All tiles of the tileset. Raises ``Problems`` where nothing is shown, or too much at the deepest zoom."""
    below: dict[str, Simplified] = {}
    made: dict[int, Future[Level]] = {}
    with ThreadPoolExecutor(2) as pool:  # zooms are cut, encoded and compressed while the next is simplified
        for zoom in range(card.zooms[1], card.zooms[0] - 1, -1):
            shown = [held for held in stock if card.span(held.card)[0] <= zoom <= card.span(held.card)[1]]
            made[zoom] = pool.submit(_level, card, zoom, [_at(card, held, zoom, below) for held in shown])
    levels = {zoom: result.result() for zoom, result in made.items()}
    tiles = {tile: content for level in levels.values() for tile, content in level.tiles.items()}
    if not tiles:
        raise Problems([f"tiles/{card.id}.toml: where: no feature is shown at any zoom; name values that occur"])
    return Pyramid(tiles, _shown(levels), _dropped(levels))


@dataclass(frozen=True)
class Level:
    """One zoom. ``fields``: by layer that is shown; ``dropped``: by layer, how often a feature was left out."""

    tiles: Mapping[int, bytes]
    fields: Mapping[str, tuple[str, ...]]
    dropped: Mapping[str, int]


def _at(card: TilesetCard, stock: Stock, zoom: int, below: dict[str, Simplified]) -> Stock:
    """The layer with its features on the grid of ``zoom``; ``below`` is what the zoom below left, by layer."""
    layer = stock.card
    deepest = zoom == card.zooms[1]
    features, below[layer.id] = generalise(stock.features, layer, zoom, deepest, below.get(layer.id))
    return Stock(layer, features)


def _level(card: TilesetCard, zoom: int, stock: list[Stock]) -> Level:
    drawn = []
    for held in stock:
        dimension = DIMENSIONS["point" if held.card.form == "label" else held.card.form]
        pieces = cut(held.features.shapes, dimension, zoom, round(card.buffer * UNITS_A_PIXEL))
        drawn.append(Drawn(held.card, held.features, pieces, dimension))
    drawn = [layer for layer in drawn if len(layer.pieces.tiles)]
    tiles, dropped = fit(card, zoom, drawn)
    return Level(tiles, {layer.card.id: layer.features.fields for layer in drawn}, dropped)


def _shown(levels: Mapping[int, Level]) -> dict[str, Shown]:
    found: dict[str, Shown] = {}
    for zoom, level in sorted(levels.items(), reverse=True):
        for name, fields in level.fields.items():
            before = found.get(name, Shown((zoom, zoom), ()))
            found[name] = Shown((zoom, before.zooms[1]), tuple(dict.fromkeys((*before.fields, *fields))))
    return found


def _dropped(levels: Mapping[int, Level]) -> dict[str, dict[int, int]]:
    names = dict.fromkeys(name for level in levels.values() for name in level.dropped)
    return {name: {z: level.dropped[name] for z, level in levels.items() if level.dropped.get(name)} for name in names}
