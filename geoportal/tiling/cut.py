"""Features cut to the tiles that they meet, all tiles of a zoom at once: into columns first, then into rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from geoportal.tiling.grid import EXTENT, keys_of
from geoportal.tiling.shapes import of_dimension, settle


@dataclass(frozen=True)
class Pieces:
    """What lies where: each piece is the part of one feature that one tile shows.

    ``tiles``: the number of the tile by piece, ascending. ``rows``: the feature by piece. ``parts``: single geometries
    in units of the zoom, ``owners``: the piece of each, ascending.
    """

    tiles: np.ndarray
    rows: np.ndarray
    parts: np.ndarray
    owners: np.ndarray

    def take(self, chosen: np.ndarray) -> Pieces:
        """The pieces that the mask ``chosen`` names."""
        held = chosen[self.owners]
        numbers = np.cumsum(chosen) - 1
        return replace(
            self,
            tiles=self.tiles[chosen],
            rows=self.rows[chosen],
            parts=self.parts[held],
            owners=numbers[self.owners[held]],
        )


def cut(shapes: np.ndarray, dimension: int, zoom: int, buffer: int) -> Pieces:
    """``shapes`` (settled, in units of ``zoom``) cut to tiles with ``buffer`` units around each."""
    pieces, rows, columns, crossed = _slabs(shapes, 0, zoom, buffer)
    pieces, first, lines, crossed_again = _slabs(pieces, 1, zoom, buffer)
    rows, columns, clipped = rows[first], columns[first], crossed[first] | crossed_again
    parts, owners = of_dimension(pieces, dimension)
    cut_through = clipped[owners]  # what lies in one tile as a whole is settled already
    mended, mended_owners = settle(parts[cut_through], owners[cut_through], dimension)
    parts = np.concatenate((parts[~cut_through], mended))
    owners = np.concatenate((owners[~cut_through], mended_owners))
    return _ordered(keys_of(zoom, columns, lines), rows, parts, owners)


def _slabs(
    shapes: np.ndarray, axis: int, zoom: int, buffer: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Shapes cut into columns (``axis`` 0) or rows (1).

    Returns the pieces, the shape each is of, the slab each lies in, and whether it was clipped.
    """
    bounds = shapely.bounds(shapes)
    low, high = bounds[:, axis], bounds[:, axis + 2]
    last = (1 << zoom) - 1
    first = np.clip(np.floor((low - buffer) / EXTENT), 0, last).astype(np.int64)
    count = np.clip(np.floor((high + buffer) / EXTENT), 0, last).astype(np.int64) - first + 1
    rows = np.repeat(np.arange(len(shapes)), count)
    slabs = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count) + first[rows]
    start, end = slabs * EXTENT - buffer, (slabs + 1) * EXTENT + buffer
    pieces = shapes[rows]
    crossing = (low[rows] < start) | (high[rows] > end)
    by_slab = np.flatnonzero(crossing)
    by_slab = by_slab[np.argsort(slabs[by_slab], kind="stable")]
    for run in np.split(by_slab, np.flatnonzero(np.diff(slabs[by_slab])) + 1):
        if len(run):
            pieces[run] = _clip(pieces[run], axis, float(start[run[0]]), float(end[run[0]]))
    held = ~shapely.is_empty(pieces)
    return pieces[held], rows[held], slabs[held], crossing[held]


def _clip(shapes: np.ndarray, axis: int, start: float, end: float) -> np.ndarray:
    low, high = shapely.total_bounds(shapes)[[1 - axis, 3 - axis]].tolist()
    low, high = low - 1, high + 1  # what lies along the edge of the rectangle counts as outside it
    box = (start, low, end, high) if axis == 0 else (low, start, high, end)
    return shapely.clip_by_rect(shapes, *box)


def _ordered(tiles: np.ndarray, rows: np.ndarray, parts: np.ndarray, owners: np.ndarray) -> Pieces:
    """The pieces that still have a part, by tile and then as the features stand."""
    held, owners = np.unique(owners, return_inverse=True)
    tiles, rows = tiles[held], rows[held]
    order = np.lexsort((rows, tiles))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    owners = rank[owners]
    by_owner = np.argsort(owners, kind="stable")
    return Pieces(tiles[order], rows[order], parts[by_owner], owners[by_owner])
