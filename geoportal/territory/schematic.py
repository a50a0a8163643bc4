"""Schematic boundaries around seats, for a machine that has no official ones. They say so wherever they appear."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

MARGIN_M = 3_000.0  # how far the outermost cells reach beyond their seats


def draw_cells(seats: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """``seats`` (points in EPSG:5514) with the point replaced by its Voronoi cell, cut at a hull around all seats."""
    points = seats.geometry.to_numpy()
    outline = shapely.concave_hull(shapely.MultiPoint(points), ratio=0.3).buffer(MARGIN_M)
    cells = np.array(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=outline).geoms)
    position, cell = shapely.STRtree(cells).query(points, predicate="intersects")
    _, first = np.unique(position, return_index=True)
    return seats.set_geometry(shapely.intersection(cells[cell[first]], outline), crs=seats.crs)


def draw_dissolved(cells: gpd.GeoDataFrame, by: str) -> gpd.GeoSeries:
    """The cells of the obce merged by the parent code in column ``by``; indexed by that code."""
    return cells.dissolve(by=by).geometry
