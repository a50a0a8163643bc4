"""Shapes as Esri clients write them: an envelope or a point as plain numbers, or any geometry as Esri JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from geoportal.errors import InvalidParameter, alternatives

MOST_CHARACTERS, MOST_RINGS = 400_000, 500

Parts = dict[str, Any]


def parse_shape(text: str, kind: str) -> tuple[BaseGeometry, Any]:
    """The shape with x before y, and its ``spatialReference`` where it names one.

    ``kind`` is one of ``KINDS``. A ring within a ring is a hole, whichever way it runs. Raises ``InvalidParameter``.
    """
    if len(text) > MOST_CHARACTERS:
        raise InvalidParameter(f"geometry has {len(text)} characters; at most {MOST_CHARACTERS} are allowed")
    if kind not in KINDS:
        raise InvalidParameter(f"geometryType={kind[:60]!r} is not supported; {alternatives(kind[:60], KINDS)}")
    parts = _json(text) if text.lstrip().startswith("{") else _plain(text, kind)
    try:
        shape = KINDS[kind](parts)
    except (IndexError, KeyError, TypeError, ValueError, StopIteration, shapely.errors.GEOSException):
        raise InvalidParameter(f"geometry={text[:60]!r} is not an {kind}; {_FORMS[kind]}") from None
    if not all(map(_is_finite, shapely.get_coordinates(shape).ravel().tolist())):
        raise InvalidParameter(f"geometry={text[:60]!r}: NaN and infinity are not allowed")
    return shape, parts.get("spatialReference")


def _json(text: str) -> Parts:
    try:
        parts = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidParameter(f"geometry={text[:60]!r} is not JSON: {error}") from None
    assert isinstance(parts, dict)
    return parts


def _plain(text: str, kind: str) -> Parts:
    names = {"esriGeometryEnvelope": ("xmin", "ymin", "xmax", "ymax"), "esriGeometryPoint": ("x", "y")}.get(kind, ())
    numbers = text.split(",")
    if not names or len(numbers) != len(names):
        raise InvalidParameter(f"geometry={text[:60]!r} is not an {kind}; {_FORMS[kind]}")
    return dict(zip(names, numbers, strict=True))


def _is_finite(value: float) -> bool:
    return abs(value) < 1e300


def _envelope(parts: Parts) -> BaseGeometry:
    west, south, east, north = (float(parts[name]) for name in ("xmin", "ymin", "xmax", "ymax"))
    if not (west <= east and south <= north):
        raise ValueError
    return shapely.box(west, south, east, north)


def _point(parts: Parts) -> BaseGeometry:
    return shapely.Point(float(parts["x"]), float(parts["y"]))


def _positions(listed: Any) -> list[tuple[float, float]]:
    return [(float(position[0]), float(position[1])) for position in listed]


def _polygon(parts: Parts) -> BaseGeometry:
    rings = sorted((shapely.Polygon(_positions(ring)) for ring in parts["rings"]), key=shapely.area, reverse=True)
    if len(rings) > MOST_RINGS:
        raise InvalidParameter(f"geometry has {len(rings)} rings; at most {MOST_RINGS} are allowed")
    shells: list[tuple[shapely.Polygon, list[shapely.LinearRing]]] = []
    for number, ring in enumerate(rings):
        point = shapely.Point(ring.exterior.coords[0])
        depth = sum(shapely.contains_xy(larger, point.x, point.y) for larger in rings[:number])
        if depth % 2:  # the shell around it is the smallest of those that contain it
            next(holes for shell, holes in reversed(shells) if shell.contains(point)).append(ring.exterior)
        else:
            shells.append((ring, []))
    shape = shapely.MultiPolygon([shapely.Polygon(shell.exterior, holes) for shell, holes in shells])
    if not shape.is_valid:  # mending it could take forever
        raise InvalidParameter(f"geometry: {shapely.is_valid_reason(shape)}; rings may not cross")
    return shape


KINDS: dict[str, Callable[[Parts], BaseGeometry]] = {
    "esriGeometryEnvelope": _envelope,
    "esriGeometryPoint": _point,
    "esriGeometryMultipoint": lambda parts: shapely.MultiPoint(_positions(parts["points"])),
    "esriGeometryPolyline": lambda parts: shapely.MultiLineString([_positions(path) for path in parts["paths"]]),
    "esriGeometryPolygon": _polygon,
}
_FORMS = {
    "esriGeometryEnvelope": 'write xmin,ymin,xmax,ymax or {"xmin":…,"ymin":…,"xmax":…,"ymax":…}, lower values first',
    "esriGeometryPoint": 'write x,y or {"x":…,"y":…}',
    "esriGeometryMultipoint": 'write {"points":[[x,y],…]}',
    "esriGeometryPolyline": 'write {"paths":[[[x,y],…],…]}',
    "esriGeometryPolygon": 'write {"rings":[[[x,y],…],…]}',
}
