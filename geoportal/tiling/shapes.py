"""Geometries on a grid of whole units: rounded, whole again where rounding broke them, turned as tiles want them."""

from __future__ import annotations

import numpy as np
import shapely

DIMENSIONS = {"point": 0, "line": 1, "polygon": 2}
_TYPES = (shapely.GeometryType.POINT, shapely.GeometryType.LINESTRING, shapely.GeometryType.POLYGON)


def of_dimension(shapes: np.ndarray, dimension: int) -> tuple[np.ndarray, np.ndarray]:
    """The single geometries of this dimension, and the shape that each is a part of."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    if (shapely.get_type_id(parts) == shapely.GeometryType.GEOMETRYCOLLECTION).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        owners = owners[inner]
    held = (shapely.get_type_id(parts) == _TYPES[dimension]) & ~shapely.is_empty(parts)
    return parts[held], owners[held]


def settle(parts: np.ndarray, owners: np.ndarray, dimension: int) -> tuple[np.ndarray, np.ndarray]:
    """Single geometries with whole coordinates, valid, with rings as MVT 2.1 (4.3.3.3) has them; lost ones dropped.

    Shared borders stay shared: a vertex is rounded alike on both sides. Only what rounding made invalid is rebuilt.
    """
    whole = shapely.transform(parts, np.round)
    if dimension == 2:
        return _settle_polygons(parts, whole, owners)
    if dimension == 1:
        held = shapely.length(whole) > 0
        return shapely.remove_repeated_points(whole[held]), owners[held]
    return whole, owners


def _without_repeats(shapes: np.ndarray) -> np.ndarray:
    """The shapes with each vertex once; most have no other, and are left alone."""
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    repeated = (coordinates[1:] == coordinates[:-1]).all(axis=1)
    affected = np.unique(owner[1:][repeated])
    shapes[affected] = shapely.remove_repeated_points(shapes[affected])
    return shapes


def _settle_polygons(parts: np.ndarray, whole: np.ndarray, owners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    valid = shapely.is_valid(whole)
    whole = _without_repeats(whole[valid])
    if not valid.all():
        # Snap-rounding keeps what the eye sees; a polygon thinner than a unit vanishes.
        mended, inner = of_dimension(shapely.set_precision(shapely.make_valid(parts[~valid]), 1.0), 2)
        whole = np.concatenate((whole, mended))
        owners = np.concatenate((owners[valid], owners[~valid][inner]))
    return shapely.orient_polygons(whole, exterior_cw=False), owners  # y runs south: clockwise on the screen
