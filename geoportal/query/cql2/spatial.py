"""The spatial relations, decided by boxes where that is enough and by geometries elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
import pyarrow.compute as pc
import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geoportal.errors import InvalidParameter
from geoportal.query import arrow
from geoportal.query.cql2.compare import Datum
from geoportal.query.cql2.limits import Deadline
from geoportal.query.table import Table

_SLICE = 2_048  # geometries between two looks at the clock
Boxes: TypeAlias = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
_RELATIONS: dict[str, Callable[..., np.ndarray]] = {
    "s_contains": shapely.contains,
    "s_crosses": shapely.crosses,
    "s_disjoint": shapely.disjoint,
    "s_equals": shapely.equals,
    "s_intersects": shapely.intersects,
    "s_overlaps": shapely.overlaps,
    "s_touches": shapely.touches,
    "s_within": shapely.within,
}
CONVERSE = {"s_contains": "s_within", "s_within": "s_contains"}


def relate_constants(op: str, left: BaseGeometry, right: BaseGeometry) -> Datum:
    """Whether two geometries of the filter are in the relation."""
    return arrow.scalar(bool(_RELATIONS[op](left, right)))


def relate_features(op: str, table: Table, deadline: Deadline) -> Datum:
    """Whether each feature's geometry is in the relation to itself."""
    return arrow.booleans(*_exact(lambda part: _RELATIONS[op](part, part), table, np.arange(table.count), deadline))


def relate(op: str, table: Table, literal: BaseGeometry, deadline: Deadline) -> Datum:
    """Whether each feature's geometry is in the relation to ``literal``; unknown where there is no geometry."""
    if op == "s_disjoint":
        return pc.invert(relate("s_intersects", table, literal, deadline))
    shapely.prepare(literal)
    points, boxes = table.points(), table.bounds()
    if points is not None:
        return _points(op, points, literal, deadline)
    predicate = _RELATIONS[CONVERSE.get(op, op)]
    if boxes is None or literal.is_empty:
        return arrow.booleans(*_exact(lambda part: predicate(literal, part), table, np.arange(table.count), deadline))
    columns = (boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3])
    possible, sure = _by_boxes(op, columns, literal)
    nothing = np.isnan(columns[0])
    rows = np.flatnonzero((possible & ~sure) | nothing)
    result, null = _exact(lambda part: predicate(literal, part), table, rows, deadline)
    result[sure] = True
    return arrow.booleans(result, null)


def is_missing(table: Table) -> Datum:
    """Whether a feature has no geometry."""
    points, boxes = table.points(), table.bounds()
    if points is not None:
        return arrow.booleans(np.isnan(points[0]))
    rows = np.arange(table.count) if boxes is None else np.flatnonzero(np.isnan(boxes[:, 0]))
    missing = np.zeros(table.count, bool)
    missing[rows] = shapely.is_missing(table.geometries(rows))
    return arrow.booleans(missing)


def _points(op: str, points: tuple[np.ndarray, np.ndarray], literal: BaseGeometry, deadline: Deadline) -> Datum:
    """The relation of points, none of which becomes a geometry before the literal's box lets it through."""
    x, y = points
    possible, sure = _by_boxes(op, (x, y, x, y), literal)
    result = sure.copy()
    predicate = _RELATIONS[CONVERSE.get(op, op)]
    for rows in _parts(np.flatnonzero(possible & ~sure), 16 * _SLICE, deadline):
        result[rows] = _safely(lambda part: predicate(literal, part), shapely.points(x[rows], y[rows]))
    return arrow.booleans(result, np.isnan(x))


def _by_boxes(op: str, boxes: Boxes, literal: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    """Where the boxes allow the relation, and where they alone prove it."""
    west, south, east, north = boxes
    if literal.is_empty:
        return np.ones(len(west), bool), np.zeros(len(west), bool)
    left, bottom, right, top = literal.bounds
    if op == "s_contains":
        possible = (west <= left) & (east >= right) & (south <= bottom) & (north >= top)
    elif op == "s_equals":
        possible = (west == left) & (east == right) & (south == bottom) & (north == top)
    elif op == "s_within":
        possible = (west >= left) & (east <= right) & (south >= bottom) & (north <= top)
    else:
        possible = (west <= right) & (east >= left) & (south <= top) & (north >= bottom)
    return possible, _proven(op, boxes, literal)


def _proven(op: str, boxes: Boxes, literal: BaseGeometry) -> np.ndarray:
    """Where a geometry's box lies in a literal that is itself a rectangle."""
    west, south, east, north = boxes
    left, bottom, right, top = literal.bounds
    is_rectangle = literal.geom_type == "Polygon" and literal.equals(shapely.box(left, bottom, right, top))
    if op == "s_intersects" and is_rectangle:
        return (west >= left) & (east <= right) & (south >= bottom) & (north <= top)
    if op == "s_within" and is_rectangle:  # what lies on the edge alone is not within
        return (west > left) & (east < right) & (south > bottom) & (north < top)
    return np.zeros(len(west), bool)


def _exact(
    predicate: Callable[[np.ndarray], np.ndarray], table: Table, rows: np.ndarray, deadline: Deadline
) -> tuple[np.ndarray, np.ndarray]:
    """The predicate on the geometries of ``rows``, false elsewhere; and which of them are missing."""
    result, null = np.zeros(table.count, bool), np.zeros(table.count, bool)
    for part in _parts(rows, _SLICE, deadline):
        geometries = table.geometries(part)
        null[part] = shapely.is_missing(geometries)
        result[part] = _safely(predicate, geometries)
    return result, null


def _parts(rows: np.ndarray, size: int, deadline: Deadline) -> Iterator[np.ndarray]:
    for start in range(0, len(rows), size):
        deadline.check()
        yield rows[start : start + size]


def _safely(predicate: Callable[[np.ndarray], np.ndarray], geometries: np.ndarray) -> np.ndarray:
    try:
        return predicate(geometries)
    except GEOSException as error:
        raise InvalidParameter(f"filter: the spatial relation can't be decided ({error})") from None
