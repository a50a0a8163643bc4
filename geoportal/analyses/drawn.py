"""An area that somebody drew or described: read, checked, moved to EPSG:5514 and cut at the box of the region."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import orjson
import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geoportal.crs import CRS84, KROVAK, project, project_geometries
from geoportal.errors import AnalysisRefused
from geoportal.site import Bounds

Remark = Literal["mended", "cut"]

MOST_VERTICES = 2_000
MOST_CROSSING = 60  # vertices of an area that crosses itself: crossings grow with the square, and so does the mending
MOST_CHARACTERS = 120_000
MOST_RADIUS_KM = 200.0
STEP = 0.01  # degrees: a line drawn straight in degrees bends by less than 3 cm within it when measured in metres
CORNERS = 64  # of a quarter of a circle, whose area is then 0.01 % too small
KM_PER_DEGREE = 60.0  # of longitude at most 60° from the equator: no circle reaches farther in degrees
_LEAST = 1e-10  # square degrees: less than a square metre
_AREAS = ("Polygon", "MultiPolygon")
_PAIR = re.compile(r"\s*(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)\s*", re.ASCII)
_SHOWN = 60  # characters of what can't be read


@dataclass(frozen=True)
class Area:
    """``degrees``: the area in CRS84, ``metres``: the same in EPSG:5514; both empty where it is not near the region.

    ``remarks``: ``mended`` where it crossed itself and was read by the even-odd rule, ``cut`` where it goes beyond the
    box of the region, outside which nothing is known.
    """

    degrees: BaseGeometry
    metres: BaseGeometry
    remarks: tuple[Remark, ...] = ()


def read_area(text: str, name: str, box: Bounds) -> Area:
    """The area that ``text`` is: corners, WKT or GeoJSON in degrees, longitude first.

    ``name`` is the parameter that it came in. Raises ``AnalysisRefused`` for anything that is no area, for one with too
    many vertices, and for one without an inside.
    """
    if len(text) > MOST_CHARACTERS:
        raise AnalysisRefused("area_characters", name=name, characters=len(text), most=MOST_CHARACTERS)
    shape = _checked(_parsed(text.strip(), name), name)
    remarks: list[Remark] = []
    if not shapely.is_valid(shape):
        shape = _mended(shape, name)
        remarks.append("mended")
    if shape.area < _LEAST:
        raise AnalysisRefused("area_flat", name=name)
    frame = shapely.box(*box)
    if not shapely.covers(frame, shape):
        shape = _areas_of(shapely.intersection(shape, frame))
        remarks.append("cut")
    return Area(shape, _in_metres(shape), tuple(remarks))


def circle(lon: float, lat: float, radius_km: float, box: Bounds) -> Area:
    """The area within ``radius_km`` of a point, measured in EPSG:5514, which is right to 0.01 % within Czechia."""
    west, south, east, north = box
    margin = radius_km / KM_PER_DEGREE
    if not (west - margin < lon < east + margin and south - margin < lat < north + margin):
        return Area(shapely.Polygon(), shapely.Polygon(), ("cut",))
    middle = project(np.array([[lon, lat]]), CRS84, KROVAK)
    metres = shapely.buffer(shapely.points(middle)[0], radius_km * 1000, quad_segs=CORNERS)
    degrees = _moved(metres, KROVAK, CRS84)
    if shapely.covers(shapely.box(*box), degrees):
        return Area(degrees, metres)
    near = _areas_of(shapely.intersection(metres, _in_metres(shapely.box(*box))))
    return Area(_moved(near, KROVAK, CRS84), near, ("cut",))


def _parsed(text: str, name: str) -> BaseGeometry:
    try:
        if text.startswith("{"):
            return shapely.from_geojson(orjson.dumps(_geometry(orjson.loads(text), name)))
        if text[:1].isalpha():
            with np.errstate(invalid="ignore"):  # NaN is refused with a sentence later
                return shapely.from_wkt(text)
        return _from_corners(text, name)
    except (GEOSException, ValueError, TypeError):  # orjson's refusal is a ValueError
        raise AnalysisRefused("area_form", name=name, shown=text[:_SHOWN]) from None


def _geometry(content: object, name: str) -> object:
    """The geometry of a feature, of a collection's only feature, or the object itself."""
    if not isinstance(content, dict):
        return content
    if content.get("type") == "FeatureCollection":
        features = content.get("features")
        if not isinstance(features, list) or len(features) != 1 or not isinstance(features[0], dict):
            raise AnalysisRefused("area_features", name=name)
        content = features[0]
    return content.get("geometry") if content.get("type") == "Feature" else content


def _from_corners(text: str, name: str) -> BaseGeometry:
    pairs = [_PAIR.fullmatch(part) for part in text.strip("; \n").split(";")]
    corners = [(float(pair[1]), float(pair[2])) for pair in pairs if pair]
    if len(corners) < max(len(pairs), 3):
        raise AnalysisRefused("area_form", name=name, shown=text[:_SHOWN])
    return shapely.Polygon(corners)


def _checked(shape: BaseGeometry | None, name: str) -> BaseGeometry:
    if shape is None or shape.geom_type not in _AREAS or shape.is_empty:
        kind = "POLYGON EMPTY" if shape is None or shape.is_empty else shape.geom_type
        raise AnalysisRefused("area_kind", name=name, kind=kind)
    flat: BaseGeometry = shapely.force_2d(shape)
    count = shapely.get_num_coordinates(flat)
    if count > MOST_VERTICES:
        raise AnalysisRefused("area_vertices", name=name, vertices=count, most=MOST_VERTICES)
    coordinates = shapely.get_coordinates(flat)
    if not (np.isfinite(coordinates).all() and (np.abs(coordinates) <= (180, 90)).all()):
        raise AnalysisRefused("area_degrees", name=name)
    return flat


def _mended(shape: BaseGeometry, name: str) -> BaseGeometry:
    count = shapely.get_num_coordinates(shape)
    if count > MOST_CROSSING:
        where = shapely.is_valid_reason(shape).partition("[")[2].rstrip("]")
        raise AnalysisRefused("area_crosses", name=name, where=where, vertices=count, most=MOST_CROSSING)
    return _areas_of(shapely.make_valid(shape))


def _areas_of(shape: BaseGeometry) -> BaseGeometry:
    """The areas of ``shape`` without the points and lines where it only touches."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in _AREAS]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _in_metres(degrees: BaseGeometry) -> BaseGeometry:
    return _moved(shapely.segmentize(degrees, STEP), CRS84, KROVAK)


def _moved(shape: BaseGeometry, source: str, target: str) -> BaseGeometry:
    moved = project_geometries(np.array([shape], dtype=object), source, target)[0]
    return moved if shapely.is_valid(moved) else _areas_of(shapely.make_valid(moved))


def radius_of(text: str, name: str) -> float:
    """A radius in kilometres. Raises ``AnalysisRefused``."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if 0 < value <= MOST_RADIUS_KM:
        return value
    raise AnalysisRefused("radius", name=name, shown=text[:_SHOWN], most=f"{MOST_RADIUS_KM:g}")
