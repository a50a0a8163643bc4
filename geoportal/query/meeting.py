"""Features that meet a shape whose edges are straight in any CRS."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoportal.crs import CRS84, PublishedCrs, project, project_geometries
from geoportal.site import Bounds
from geoportal.snapshot.collection import Collection

_STEPS = 100  # parts of an edge that is moved to another CRS, so that its bulge is caught
_MARGIN = 0.0001  # degrees: more than an edge across Czechia bulges between two steps


def meeting(collection: Collection, shape: BaseGeometry, crs: PublishedCrs) -> np.ndarray:
    """Positions, ascending, of the features that intersect ``shape``, which has x before y in ``crs``."""
    box = box_around(collection, shape, crs)
    if box is None:
        return np.empty(0, dtype=np.int64)
    near = collection.within(box)
    moved = project_geometries(geometries_at(collection, near), CRS84, crs.name)
    shapely.prepare(shape)
    return near[shapely.intersects(moved, shape)]


def boxes_meeting(collection: Collection, shape: BaseGeometry, crs: PublishedCrs) -> np.ndarray:
    """Positions, ascending, of the features whose box in degrees meets the box in degrees around ``shape``."""
    box = box_around(collection, shape, crs)
    if box is None:
        return np.empty(0, dtype=np.int64)
    if collection.entry["grid"] is not None:
        return collection.within(box)
    west, south, east, north = shapely.bounds(collection.columns.geometries).T
    return np.flatnonzero((west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1]))


def box_around(collection: Collection, shape: BaseGeometry, crs: PublishedCrs) -> Bounds | None:
    """The box in degrees around the part of ``shape`` that is near the features, or None where no part is.

    What lies far away may have no place in degrees, or a senseless one.
    """
    if not collection.count or shape.is_empty:
        return None
    if crs.name == CRS84:
        west, south, east, north = shape.bounds
        return west, south, east, north
    west, south, east, north = collection.bounds
    wide = shapely.box(west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN)
    part = shapely.clip_by_rect(shape, *_moved(wide, CRS84, crs.name, 0))
    return None if part.is_empty else _moved(part, crs.name, CRS84, _MARGIN)


def geometries_at(collection: Collection, positions: np.ndarray) -> np.ndarray:
    """The geometries at ``positions`` in CRS84; those of a layer of points are made without reading the others."""
    if collection.entry["grid"] is None:
        return collection.columns.geometries[positions]
    return shapely.points(collection.points[positions])


def _moved(shape: BaseGeometry, source: str, target: str, margin: float) -> Bounds:
    """The box in ``target`` around a shape in ``source``."""
    west, south, east, north = shape.bounds
    step = max(east - west, north - south) / _STEPS
    coordinates = shapely.get_coordinates(shapely.segmentize(shape, step) if step else shape)
    moved = project(coordinates, source, target)
    (low_x, low_y), (high_x, high_y) = moved.min(axis=0) - margin, moved.max(axis=0) + margin
    return float(low_x), float(low_y), float(high_x), float(high_y)
