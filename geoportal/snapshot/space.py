"""Which features a box meets. Points lie sorted in cells, so that millions need no tree; other shapes have a tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import shapely

from geoportal.site import Bounds


class SpatialIndex(Protocol):
    """Answers boxes in degrees, not across the antimeridian."""

    def within(self, box: Bounds) -> np.ndarray:
        """Positions, ascending, of the features whose geometry intersects ``box``, its edge included."""


class ShapeIndex:
    """A tree over geometries, made when it is first asked."""

    def __init__(self, geometries: Callable[[], np.ndarray]) -> None:
        self._geometries = geometries

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._geometries())

    def within(self, box: Bounds) -> np.ndarray:
        """Positions of the shapes that meet the box."""
        return np.sort(self._tree.query(shapely.box(*box), predicate="intersects"))


@dataclass(frozen=True)
class Grid:
    """Cells of equal size in degrees over an extent, numbered row by row from the south-west."""

    west: float
    south: float
    width: float
    height: float
    columns: int
    rows: int

    def column(self, lon: np.ndarray | float) -> np.ndarray:
        """Column of a longitude; what lies outside counts to the outermost one."""
        return np.clip(np.floor((np.asarray(lon) - self.west) / self.width), 0, self.columns - 1).astype(np.int64)

    def row(self, lat: np.ndarray | float) -> np.ndarray:
        """Row of a latitude; what lies outside counts to the outermost one."""
        return np.clip(np.floor((np.asarray(lat) - self.south) / self.height), 0, self.rows - 1).astype(np.int64)

    def cell(self, points: np.ndarray) -> np.ndarray:
        """Number of the cell of each of ``points`` (n x 2)."""
        return self.row(points[:, 1]) * self.columns + self.column(points[:, 0])


def make_grid(points: np.ndarray, per_cell: int = 64) -> Grid:
    """A grid over ``points`` (n x 2, degrees) with about ``per_cell`` of them in a cell."""
    west, south = points.min(axis=0)
    width, height = np.maximum(points.max(axis=0) - (west, south), 1e-6)
    cells = max(1.0, len(points) / per_cell)
    columns = int(np.ceil(np.sqrt(cells * width / height)))
    rows = int(np.ceil(cells / columns))
    return Grid(float(west), float(south), float(width / columns), float(height / rows), columns, rows)


class CellIndex:
    """Points sorted by cell: ``points`` (n x 2) and ``starts`` (cells + 1) may be maps of files."""

    def __init__(self, grid: Grid, points: np.ndarray, starts: np.ndarray) -> None:
        self._grid, self._points, self._starts = grid, points, starts

    def within(self, box: Bounds) -> np.ndarray:
        """Positions of the points in the box: of each row of cells only the run that the box touches is looked at."""
        west, south, east, north = box
        grid = self._grid
        left, right = int(grid.column(west)), int(grid.column(east))
        runs = []
        for row in range(int(grid.row(south)), int(grid.row(north)) + 1):
            start, end = self._starts[row * grid.columns + left], self._starts[row * grid.columns + right + 1]
            x, y = self._points[start:end, 0], self._points[start:end, 1]
            runs.append(np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north)) + start)
        return np.concatenate(runs)
