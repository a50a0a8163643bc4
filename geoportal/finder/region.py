"""Whether a position lies in the region."""

from __future__ import annotations

import numpy as np
import shapely

CELLS = 64  # in each direction; asking the boundary takes five times as long as looking into a cell
MARGIN = 1e-9  # degrees, more than rounding can put a position into the wrong cell


class Region:
    """The territory inside ``outline``, a polygon or more in degrees; its edge belongs to it."""

    def __init__(self, outline: shapely.Geometry) -> None:
        shapely.prepare(outline)
        self._outline = outline
        self._west, self._south, east, north = outline.bounds
        self._width, self._height = (east - self._west) / CELLS, (north - self._south) / CELLS
        wests, souths = self._west + np.arange(CELLS) * self._width, self._south + np.arange(CELLS) * self._height
        left, low = (grid.ravel() for grid in np.meshgrid(wests - MARGIN, souths - MARGIN))
        boxes = shapely.box(left, low, left + self._width + 2 * MARGIN, low + self._height + 2 * MARGIN)
        self._inside = shapely.contains_properly(outline, boxes).tobytes()

    def holds(self, lon: float, lat: float) -> bool:
        """Whether the position, in degrees, lies in it."""
        column, row = (lon - self._west) / self._width, (lat - self._south) / self._height
        if not (0 <= column <= CELLS and 0 <= row <= CELLS):
            return False
        if column < CELLS and row < CELLS and self._inside[int(row) * CELLS + int(column)]:
            return True
        return bool(shapely.intersects_xy(self._outline, lon, lat))
