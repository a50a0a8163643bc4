"""The geometries of a filter in CRS84, whatever CRS they are written in."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoportal.crs import CRS84, CRS84_URI, PublishedCrs, find_published, project_geometries, published
from geoportal.errors import InvalidParameter, alternatives
from geoportal.query.cql2.limits import refusal
from geoportal.query.cql2.tree import Box, Shape

_GEOGRAPHIC = {CRS84, "EPSG:4258"}
_BEYOND = 1e8  # metres; more than twice around the Earth
_PIECES = 64  # a straight line of another CRS is bent in CRS84; so many pieces a side follow it closely


def filter_place(filter_crs: str | None) -> PublishedCrs:
    """The CRS of a filter's geometries, CRS84 when ``filter_crs`` is None. Raises ``InvalidParameter``."""
    found = find_published(filter_crs or CRS84_URI)
    if found is None:
        raise InvalidParameter(
            f"filter-crs='{filter_crs}' is not a CRS of this service; {alternatives(str(filter_crs), published())}"
        )
    return found


def in_crs84(literal: Shape | Box, crs: PublishedCrs) -> BaseGeometry:
    """The literal, written in ``crs`` with the authority's order of axes, longitude first in CRS84.

    Raises ``InvalidParameter`` when it is outside of what the CRS covers.
    """
    geometry = _rectangle(literal, crs) if isinstance(literal, Box) else shapely.transform(literal.geometry, crs.order)
    if not (np.abs(shapely.get_coordinates(geometry)) < _BEYOND).all():
        raise refusal(literal.at, f"the coordinates are outside of what {crs.uri} covers")
    if crs.name != CRS84 and not geometry.is_empty:
        west, south, east, north = geometry.bounds
        piece = max(east - west, north - south) / _PIECES
        bent = shapely.segmentize(geometry, piece) if piece > 0 else geometry
        geometry = project_geometries(np.array([bent]), crs.name, CRS84)[0]
        if not shapely.is_valid(geometry):
            raise refusal(literal.at, f"the geometry is outside of what {crs.uri} covers")
    if not (np.abs(shapely.get_coordinates(geometry)) <= (180, 90)).all():
        hint = "; longitude comes first in CRS84" if crs.uri == CRS84_URI else f" (read as {crs.uri})"
        raise refusal(literal.at, f"the coordinates are beyond longitude 180 or latitude 90{hint}")
    return geometry


def _rectangle(literal: Box, crs: PublishedCrs) -> BaseGeometry:
    west, south, east, north = crs.order(np.array(literal.corners).reshape(2, 2)).ravel().tolist()
    if south > north:
        raise refusal(literal.at, f"the southern edge ({south:g}) is north of the northern one ({north:g})")
    if west <= east:
        return shapely.box(west, south, east, north)
    if crs.name not in _GEOGRAPHIC:
        raise refusal(literal.at, f"the western edge ({west:g}) is east of the eastern one ({east:g})")
    return shapely.MultiPolygon([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])
