"""Tiles of one zoom, compressed; from those too large the least important features are left out, as the card says."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geoportal.cards.tileset import TileLayerCard, TilesetCard
from geoportal.errors import Problems
from geoportal.tiling.cut import Pieces
from geoportal.tiling.features import Features
from geoportal.tiling.grid import address_of
from geoportal.tiling.mvt import encode_layer

KILOBYTE = 1000
_GZIP = 31  # a window for zlib that writes the frame of gzip, which then holds no time
_EFFORT = 6


@dataclass(frozen=True)
class Drawn:
    """One layer at one zoom, cut to tiles."""

    card: TileLayerCard
    features: Features
    pieces: Pieces
    dimension: int

    def encode(self, chosen: np.ndarray | None = None) -> dict[int, bytes]:
        """The layer by tile, of the pieces in the mask ``chosen`` or of all."""
        pieces = self.pieces if chosen is None else self.pieces.take(chosen)
        return encode_layer(self.card.id, pieces, self.features, self.dimension)


def fit(card: TilesetCard, zoom: int, layers: list[Drawn]) -> tuple[dict[int, bytes], Mapping[str, int]]:
    """The tiles by number, and by layer how many features were left out. Raises ``Problems`` at the deepest zoom."""
    joined: dict[int, list[bytes]] = {}
    for layer in layers:
        for tile, content in layer.encode().items():
            joined.setdefault(tile, []).append(content)
    tiles = {tile: _compressed(b"".join(contents)) for tile, contents in joined.items()}
    limit = card.max_kilobytes * KILOBYTE
    large = [tile for tile, content in tiles.items() if len(content) > limit]
    if large and zoom == card.zooms[1]:
        raise Problems(_too_large(card, layers, tile, len(tiles[tile])) for tile in large)
    dropped: Counter[str] = Counter()
    for tile in large:
        tiles[tile], lost = _shrunk(_in_order(card, layers), tile, limit)
        dropped += lost
    return {tile: content for tile, content in tiles.items() if content}, dropped


def _compressed(content: bytes) -> bytes:
    return zlib.compress(content, _EFFORT, _GZIP)


def _in_order(card: TilesetCard, layers: list[Drawn]) -> list[Drawn]:
    """The layers as they give way: those that ``drop`` names, then the others from the last drawn on."""
    named = {name: position for position, name in enumerate(card.drop)}
    drawn = {layer.card.id: position for position, layer in enumerate(layers)}
    return sorted(layers, key=lambda layer: (named.get(layer.card.id, len(named)), -drawn[layer.card.id]))


def _shrunk(layers: list[Drawn], tile: int, limit: int) -> tuple[bytes, Counter[str]]:
    """The tile without as many of its least important features as it takes, found by halving."""
    held = [np.flatnonzero(layer.pieces.tiles == tile) for layer in layers]
    ranked = [
        (number, piece)
        for number, (layer, pieces) in enumerate(zip(layers, held, strict=True))
        for piece in pieces[np.argsort(layer.features.weight[layer.pieces.rows[pieces]], kind="stable")].tolist()
    ]

    def without(count: int) -> bytes:
        contents: list[bytes] = []
        for number, layer in enumerate(layers):
            chosen = np.zeros(len(layer.pieces.tiles), dtype=bool)
            chosen[[piece for owner, piece in ranked[count:] if owner == number]] = True
            contents += layer.encode(chosen).values()
        return _compressed(b"".join(contents)) if contents else b""

    low, high = 0, len(ranked)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if len(without(middle)) <= limit else (middle, high)
    return without(high), Counter(layers[number].card.id for number, _ in ranked[:high])


def _too_large(card: TilesetCard, layers: list[Drawn], tile: int, size: int) -> str:
    """Which tile of the deepest zoom is too large, what fills it, and what may be changed."""
    lone = {layer.card.id: len(layer.encode(layer.pieces.tiles == tile).get(tile, b"")) for layer in layers}
    fullest = max(lone, key=lambda name: lone[name])
    where = "/".join(str(part) for part in address_of(tile))
    return (
        f"tiles/{card.id}.toml: max_kilobytes: tile {where} has {size / KILOBYTE:.0f} kB, more than "
        f"{card.max_kilobytes}; most of it is layer '{fullest}': keep fewer fields, give it a 'where', "
        f"add a zoom to 'zooms' or raise 'max_kilobytes'"
    )
