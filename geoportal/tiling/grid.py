"""The grid of tiles (WebMercatorQuad): the world as a square, columns from the west, rows from the north."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import shapely

from geoportal.snapshot.tileset import ROW_BITS

Key = TypeVar("Key", int, np.ndarray)

EXTENT = 4096  # units along the side of a tile
PIXELS = 256  # along the side of a tile; sizes in cards are in these
UNITS_A_PIXEL = EXTENT // PIXELS


def world(lonlat: np.ndarray) -> np.ndarray:
    """Longitude and latitude in degrees (n x 2) as places in the square of the world: 0 to 1 from its north-west."""
    sine = np.sin(np.radians(lonlat[:, 1]))
    north = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    return np.column_stack((lonlat[:, 0] / 360 + 0.5, north))


def world_shapes(shapes: np.ndarray) -> np.ndarray:
    """Geometries in CRS84 moved to the square of the world."""
    return shapely.transform(shapes, world)


def units_at(zoom: int) -> int:
    """Units along the side of the world at ``zoom``."""
    return EXTENT << zoom


def keys_of(zoom: int, columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The number of each tile, as the index of an archive has it."""
    return (zoom << 2 * ROW_BITS) | (columns.astype(np.int64) << ROW_BITS) | rows.astype(np.int64)


def curve_of(keys: np.ndarray) -> np.ndarray:
    """Where each tile lies on the curve along which an archive keeps them: Hilbert's, zoom after zoom (PMTiles 3)."""
    zoom, x, y = (np.asarray(part, dtype=np.int64) for part in address_of(keys))
    place = ((np.int64(1) << 2 * zoom) - 1) // 3
    for level in range(int(zoom.max(initial=0)) - 1, -1, -1):
        side = np.where(level < zoom, 1 << level, 0)
        right, low = side & x, side & y
        place += ((3 * right) ^ low) << level
        turned = (low == 0) & (side > 0)
        mirrored = turned & (right != 0)
        x, y = np.where(mirrored, side - 1 - x, x), np.where(mirrored, side - 1 - y, y)
        x, y = np.where(turned, y, x), np.where(turned, x, y)
    return place


def address_of(key: Key) -> tuple[Key, Key, Key]:
    """Zoom, column and row of the tile with this number, or of many."""
    mask = (1 << ROW_BITS) - 1
    return key >> 2 * ROW_BITS, key >> ROW_BITS & mask, key & mask
