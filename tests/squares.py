"""A territory of unit squares in EPSG:5514 whose joins can be done in the head.

Four obce of 1 km x 1 km, two by two: A B below, C D above; A and C belong to the okres West, B and D to East.
"""

from __future__ import annotations

import geopandas as gpd
import shapely

from geoportal.territory.units import Territory

X0, Y0, SIDE = -690_000.0, -975_000.0, 1_000.0


def box(column: float, row: float, width: float = 1, height: float = 1) -> shapely.Polygon:
    """A rectangle in squares' units, from the lower left corner."""
    return shapely.box(X0 + column * SIDE, Y0 + row * SIDE, X0 + (column + width) * SIDE, Y0 + (row + height) * SIDE)


def point(column: float, row: float) -> shapely.Point:
    """A point in squares' units."""
    return shapely.Point(X0 + column * SIDE, Y0 + row * SIDE)


def frame(geometries: list[shapely.Geometry], **columns: list[object]) -> gpd.GeoDataFrame:
    """Features in EPSG:5514."""
    return gpd.GeoDataFrame(columns, geometry=geometries, crs="EPSG:5514")


def territory() -> Territory:
    """The four squares, two okresy and the kraj."""
    obce = frame([box(0, 0), box(1, 0), box(0, 1), box(1, 1)])
    obce.index = ["A", "B", "C", "D"]
    obce["name"] = ["Alfa", "Beta", "Gama", "Delta"]
    obce["kod_okresu"] = ["W", "E", "W", "E"]
    obce["kod_kraje"] = "K"
    okresy = obce.dissolve("kod_okresu")[["geometry"]].assign(name=["Východ", "Západ"])
    kraj = obce.dissolve("kod_kraje")[["geometry"]].assign(name=["Kraj"])
    seats = gpd.GeoSeries([g.centroid for g in obce.geometry], index=obce.index, crs=obce.crs)
    return Territory({"obec": obce, "okres": okresy, "kraj": kraj}, seats)
