"""A query to a FeatureServer, and which features it selects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from shapely.geometry.base import BaseGeometry

from geoportal.crs import PublishedCrs
from geoportal.query.attributes import Attributes
from geoportal.query.cql2 import Filter, evaluate
from geoportal.query.meeting import boxes_meeting, meeting


@dataclass(frozen=True)
class EsriQuery:
    """What was asked for. ``shape`` has x before y in ``shape_crs``; with ``boxes`` only boxes need to meet it."""

    where: Filter | None
    object_ids: tuple[int, ...] | None
    shape: BaseGeometry | None
    shape_crs: PublishedCrs
    boxes: bool
    order: tuple[tuple[str, str], ...]


def find(table: Attributes, query: EsriQuery) -> np.ndarray:
    """The positions of all features that match, in the order asked for, else by object id."""
    found = np.arange(table.count)
    if query.object_ids is not None:
        wanted = np.unique(np.array(query.object_ids, dtype=np.int64)) - 1
        found = wanted[(wanted >= 0) & (wanted < table.count)]
    if query.shape is not None:
        place = boxes_meeting if query.boxes else meeting
        found = np.intersect1d(found, place(table.collection, query.shape, query.shape_crs), assume_unique=True)
    if query.where is not None and len(found):
        found = found[evaluate(query.where, table)[found]]
    return found[_sorted(table, found, query.order)] if query.order and len(found) else found


def _sorted(table: Attributes, found: np.ndarray, order: tuple[tuple[str, str], ...]) -> np.ndarray:
    """The order of ``found``; absent values last, ties by object id."""
    rows = pa.array(found)
    keys = [*order] if any(name == table.object_id for name, _ in order) else [*order, (table.object_id, "ascending")]
    columns = pa.table({name: table.sorted_by(name).take(rows) for name, _ in keys})
    return pc.sort_indices(columns, sort_keys=keys).to_numpy()
