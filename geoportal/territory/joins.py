"""Spatial joins in EPSG:5514. Every function checks that both sides are in it, since mixed CRSs only give nonsense."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geoportal.crs import KROVAK, same_crs
from geoportal.errors import SourceRefused


def _geometries(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> np.ndarray:
    if frame.crs is None or not same_crs(frame.crs, KROVAK):
        raise SourceRefused(f"a spatial join needs EPSG:5514 on both sides, one has {frame.crs}")
    return frame.geometry.to_numpy()


def points_in_units(points: gpd.GeoDataFrame | gpd.GeoSeries, units: gpd.GeoDataFrame) -> np.ndarray:
    """For each point the position of the unit it lies in, -1 outside all.

    A point on a shared boundary belongs to the first of the units that touch it, so that it counts exactly once.
    """
    tree = shapely.STRtree(_geometries(units))
    point, unit = tree.query(_geometries(points), predicate="intersects")
    found = np.full(len(points), len(units))
    np.minimum.at(found, point, unit)
    return np.where(found == len(units), -1, found)


def overlap_areas(polygons: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> np.ndarray:
    """Area in m2 of each unit that is covered by ``polygons``; a place covered twice counts once."""
    merged = shapely.get_parts(shapely.union_all(_geometries(polygons)))
    unit, shared = _intersections(merged, _geometries(units))[1:]
    covered = np.bincount(unit, weights=shapely.area(shared), minlength=len(units))
    whole = shapely.area(_geometries(units))
    # A unit that is wholly covered must not be more so than another one by the noise of the last bits.
    return np.where(np.isclose(covered, whole, rtol=1e-9, atol=0), whole, covered)


def area_weighted_sums(values: np.ndarray, polygons: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> np.ndarray:
    """Sum of ``values`` by unit, each polygon's value shared out in proportion to its area in each unit.

    The value of a part outside all units is lost; inside the total is kept. NaN counts as no value.
    """
    geometries = _geometries(polygons)
    polygon, unit, shared = _intersections(geometries, _geometries(units))
    share = shapely.area(shared) / shapely.area(geometries)[polygon]
    return np.bincount(unit, weights=share * np.nan_to_num(values)[polygon], minlength=len(units))


def line_lengths(lines: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> np.ndarray:
    """Length in m of ``lines`` in each unit.

    A stretch along a shared boundary is shared out between its units, so that the units add up to the whole.
    """
    geometries = _geometries(lines)
    line, unit, shared = _intersections(geometries, _geometries(units))
    length = shapely.length(shared)
    given = np.bincount(line, weights=length, minlength=len(lines))
    held = shapely.length(shapely.intersection(geometries, shapely.union_all(_geometries(units))))
    factor = np.divide(held, given, out=np.ones_like(given), where=given > 0)
    return np.bincount(unit, weights=length * factor[line], minlength=len(units))


def nearest_distances(seats: gpd.GeoSeries, points: gpd.GeoDataFrame) -> np.ndarray:
    """Distance in m from each seat to the nearest of ``points``, as the crow flies in the plane of EPSG:5514."""
    tree = shapely.STRtree(_geometries(points))
    (seat, _), distance = tree.query_nearest(_geometries(seats), return_distance=True, all_matches=False)
    found = np.full(len(seats), np.nan)
    found[seat] = distance
    return found


def _intersections(parts: np.ndarray, units: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions of the part and of the unit of each pair that meets, and what they share."""
    part, unit = shapely.STRtree(units).query(parts, predicate="intersects")
    return part, unit, shapely.intersection(parts[part], units[unit])
