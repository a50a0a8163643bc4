"""Tiles read back by libraries that took no part in writing them."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely
from pmtiles.reader import MmapSource, all_tiles
from pmtiles.tile import deserialize_header
from shapely.geometry import shape

from geoportal.tiling import Features, Words

EXTENT = 4096


def decode(tile: bytes) -> dict[str, Any]:
    """Layers by name as mapbox-vector-tile reads them; coordinates in units, y to the south."""
    content = gzip.decompress(tile) if tile[:2] == b"\x1f\x8b" else tile
    return mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})


def archive(path: Path) -> tuple[dict[str, Any], dict[tuple[int, int, int], bytes]]:
    """Header and tiles of a PMTiles archive as the pmtiles library reads them."""
    with path.open("rb") as file:
        return dict(deserialize_header(file.read(127))), dict(all_tiles(MmapSource(file)))


Piece = tuple[dict[str, Any], shapely.Geometry, tuple[int, int]]


@cache
def pieces_of(path: Path, zoom: int) -> dict[str, list[Piece]]:
    """By layer every feature of a zoom, with its geometry in units of the zoom and the tile that it is in."""
    found: dict[str, list[Piece]] = {}
    for (z, x, y), content in archive(path)[1].items():
        for name, layer in decode(content).items() if z == zoom else ():
            features = layer["features"]
            shapes = shapely.transform(
                [shape(f["geometry"]) for f in features], lambda xy, x=x, y=y: xy + np.array([x, y]) * EXTENT
            )
            found.setdefault(name, []).extend((f, s, (x, y)) for f, s in zip(features, shapes, strict=True))
    return found


def make(shapes: list[shapely.Geometry], ids: list[int] | None = None, **columns: list[Any]) -> Features:
    """Features in the square of the world."""
    words = Words()
    codes = [words.codes(values) for values in columns.values()]
    numbers = np.array(ids if ids is not None else range(1, len(shapes) + 1), dtype=np.int64)
    table = np.column_stack(codes) if codes else np.empty((len(shapes), 0), dtype=np.int32)
    held = np.array(shapes, dtype=object)
    return Features(held, numbers, tuple(columns), table, shapely.area(held), words)
