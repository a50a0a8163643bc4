"""A request for features of a collection, and which ones it selects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geoportal.crs import CRS84, CRS84_URI, PublishedCrs, published
from geoportal.query.arrow import flags, numbers, scalar
from geoportal.query.columns import CollectionTable
from geoportal.query.cql2 import Filter, evaluate
from geoportal.query.meeting import meeting
from geoportal.site import Bounds
from geoportal.snapshot.collection import Collection


@dataclass(frozen=True)
class ItemsQuery:
    """What was asked for. ``bbox`` is x before y in ``bbox_crs``; ``equals`` are fields with their wanted values."""

    bbox: Bounds | None = None
    bbox_crs: PublishedCrs | None = None
    equals: Mapping[str, Any] = field(default_factory=dict)
    filter: Filter | None = None
    filter_crs: str | None = None
    sortby: tuple[tuple[str, str], ...] = ()
    limit: int = 1000
    offset: int = 0


@dataclass(frozen=True)
class Selection:
    """The positions of one page, in the order of the answer, and how many features matched in all."""

    positions: np.ndarray
    matched: int


def select(collection: Collection, query: ItemsQuery) -> Selection:
    """The page that ``query`` asks for. Without ``sortby`` features keep the collection's order."""
    found = find(collection, query)
    if query.sortby and len(found):
        found = found[_sorted(collection, found, query.sortby)]
    return Selection(found[query.offset : query.offset + query.limit], len(found))


def find(collection: Collection, query: ItemsQuery) -> np.ndarray:
    """Positions, ascending, of all features that match."""
    found: np.ndarray | None = None
    if query.bbox is not None:
        found = _in_box(collection, query.bbox, query.bbox_crs or published()[CRS84_URI])
    if query.equals:
        found = _both(found, np.flatnonzero(_equal(collection, query.equals)))
    if query.filter is not None:
        mask = evaluate(query.filter, CollectionTable(collection), query.filter_crs)
        found = _both(found, np.flatnonzero(mask))
    return np.arange(collection.count) if found is None else found


def _both(found: np.ndarray | None, more: np.ndarray) -> np.ndarray:
    return more if found is None else np.intersect1d(found, more, assume_unique=True)


def _in_box(collection: Collection, box: Bounds, crs: PublishedCrs) -> np.ndarray:
    """Features that meet a box whose edges are straight in ``crs``; only in degrees it may cross the antimeridian."""
    return collection.within(box) if crs.name == CRS84 else meeting(collection, shapely.box(*box), crs)


def _equal(collection: Collection, equals: Mapping[str, Any]) -> np.ndarray:
    table = collection.columns.table
    masks = [pc.equal(table.column(name), scalar(value)) for name, value in equals.items()]
    return np.logical_and.reduce([flags(pc.fill_null(mask, scalar(False))) for mask in masks])


def _sorted(collection: Collection, found: np.ndarray, keys: tuple[tuple[str, str], ...]) -> np.ndarray:
    """The order of ``found`` by ``keys`` (field, direction); absent values last, ties keep their order."""
    rows = numbers(found.astype(np.int64))
    held = CollectionTable(collection)
    columns = {name: held.sorted_by(name).take(rows) for name, _ in keys}
    table = pa.table({**columns, "@position": numbers(np.arange(len(found)))})
    order = pc.sort_indices(table, sort_keys=[*keys, ("@position", "ascending")])
    return np.frombuffer(order.buffers()[1], dtype=np.uint64, count=len(order)).astype(np.int64)
