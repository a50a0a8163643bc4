"""Constants of a filter: numbers, dates, timestamps and geometries, checked as they are read."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import orjson
import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geoportal.errors import alternatives
from geoportal.query.cql2.limits import Limits, refusal
from geoportal.query.cql2.tree import Box, Interval, Literal, Property, Shape

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})")
_EXACT = 2**53
# How deep the arrays of GeoJSON 'coordinates' are nested, down to a position.
GEOMETRIES = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
    "GeometryCollection": -1,
}


def number(value: str | float, at: str) -> Literal:
    """A number; whole ones up to 2^63 stay exact, so that codes of many digits compare as they are written."""
    if isinstance(value, str) and value.isdecimal() and len(value) <= 19:
        value = int(value)
    parsed = float(value)
    if not math.isfinite(parsed):
        raise refusal(at, "the number is too large")
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return Literal(value, at)
    if parsed.is_integer() and abs(parsed) <= _EXACT:
        return Literal(int(parsed), at)
    return Literal(parsed, at)


def day(text: str, at: str) -> Literal:
    """A date, written ``YYYY-MM-DD``."""
    if not _DATE.fullmatch(text):
        raise refusal(at, f"'{text}' is not a date; write DATE('2024-12-31')")
    try:
        return Literal(date.fromisoformat(text), at)
    except ValueError:
        raise refusal(at, f"there is no day '{text}' in the calendar") from None


def timestamp(text: str, at: str) -> Literal:
    """A moment, written as RFC 3339 has it; another offset than Z is turned to UTC."""
    if not _TIMESTAMP.fullmatch(text):
        raise refusal(at, f"'{text}' is not a timestamp; write TIMESTAMP('2024-12-31T23:59:59Z')")
    try:
        return Literal(datetime.fromisoformat(text.upper()).astimezone(UTC), at)
    except (ValueError, OverflowError):
        raise refusal(at, f"there is no moment '{text}' in the calendar") from None


def instant(text: str, at: str) -> Literal | None:
    """The bound of an interval: a date, a timestamp, or ``None`` for the open end ``..``."""
    if text == "..":
        return None
    return timestamp(text, at) if "t" in text.lower() else day(text, at)


def interval(start: Literal | Property | None, end: Literal | Property | None, at: str) -> Interval:
    """Two bounds, the later one second; constants of one granularity."""
    if isinstance(start, Literal) and isinstance(end, Literal):
        if type(start.value) is not type(end.value):
            raise refusal(at, "both ends of an interval must be dates, or both timestamps")
        if start.value > end.value:  # type: ignore[operator]
            raise refusal(at, "the interval ends before it starts")
    return Interval(start, end, at)


def box(numbers: list[float], at: str) -> Box:
    """A BBOX of 4 numbers, or of 6 with heights, which are dropped as the layers have none."""
    if len(numbers) not in (4, 6):
        raise refusal(at, f"BBOX has {len(numbers)} numbers; 4 are needed (or 6 with heights)")
    half = len(numbers) // 2
    if not all(map(math.isfinite, numbers)):
        raise refusal(at, "the numbers of a BBOX must be finite")
    return Box((numbers[0], numbers[1], numbers[half], numbers[half + 1]), at)


def geometry_from_wkt(text: str, at: str) -> Shape:
    """The geometry of a WKT literal; its heights are dropped."""
    try:
        return _checked(shapely.from_wkt(text), at)
    except GEOSException as error:
        raise refusal(at, f"the geometry can't be read: {_reason(error)}") from None


def geometry_from_geojson(value: dict[str, Any], at: str, limits: Limits) -> Shape:
    """The geometry of a GeoJSON literal; its heights are dropped."""
    _check_geojson(value, at, 0)
    if str(value).count("[") > 3 * limits.vertices + limits.entries:
        raise too_many_vertices(at, limits)
    try:
        return _checked(shapely.from_geojson(orjson.dumps(value)), at, limits)
    except GEOSException as error:
        raise refusal(at, f"the geometry can't be read: {_reason(error)}") from None


def _checked(geometry: BaseGeometry, at: str, limits: Limits | None = None) -> Shape:
    flat = shapely.force_2d(geometry)
    if limits and shapely.get_num_coordinates(flat) > limits.vertices:
        raise too_many_vertices(at, limits)
    if not np.isfinite(shapely.get_coordinates(flat)).all():
        raise refusal(at, "the coordinates must be finite numbers")
    if not shapely.is_valid(flat):
        raise refusal(at, f"the geometry is not valid: {shapely.is_valid_reason(flat)}")
    return Shape(flat, at)


def too_many_vertices(at: str, limits: Limits) -> Exception:
    """The refusal of a geometry with more vertices than ``limits`` allow."""
    return refusal(at, f"the geometry has more than {limits.vertices} vertices")


def _check_geojson(value: dict[str, Any], at: str, level: int) -> None:
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in GEOMETRIES:
        raise refusal(at, f"'{kind}' is not a geometry type; {alternatives(str(kind), GEOMETRIES)}")
    if kind != "GeometryCollection":
        return _check_coordinates(value.get("coordinates"), GEOMETRIES[kind], f"{at}.coordinates")
    members = value.get("geometries")
    if not isinstance(members, list) or level > 0:
        raise refusal(at, "a GeometryCollection needs a list 'geometries', none of them a collection")
    for index, member in enumerate(members):
        if not isinstance(member, dict):
            raise refusal(f"{at}.geometries[{index}]", "a geometry must be a JSON object")
        _check_geojson(member, f"{at}.geometries[{index}]", level + 1)
    return None


def _check_coordinates(value: Any, nesting: int, at: str) -> None:
    if not isinstance(value, list):
        raise refusal(at, "an array is needed")
    if nesting:
        for index, part in enumerate(value):
            _check_coordinates(part, nesting - 1, f"{at}[{index}]")
    elif len(value) not in (2, 3) or not all(type(part) in (int, float) for part in value):
        raise refusal(at, "a position must be an array of 2 or 3 numbers")


def _reason(error: GEOSException) -> str:
    return str(error).split("Exception: ")[-1].strip()
