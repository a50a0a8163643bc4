"""A collection as the table of columns that filters are evaluated over."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from geoportal.query.collation import ORDER
from geoportal.query.table import Kind
from geoportal.snapshot.collection import Collection

GEOMETRY = "geometry"  # the queryable under which filters know a feature's geometry
ALIAS = "geom"  # another name of it, which many clients and the standard's own test data use

KINDS: Mapping[str, Kind] = {
    "text": "text", "code": "text", "url": "text", "phone": "text", "integer": "integer", "number": "number",
    "boolean": "boolean", "date": "date", "datetime": "datetime",
}  # fmt: skip


class CollectionTable:
    """The columns of a collection by queryable name."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self.count = collection.count

    def kinds(self) -> Mapping[str, Kind]:
        """The queryables and their kinds."""
        return queryable_kinds(self._collection)

    def column(self, name: str) -> pa.ChunkedArray:
        """The values of a field."""
        return self._collection.columns.table.column(name)

    def sorted_by(self, name: str) -> pa.ChunkedArray:
        """What stands for the values of a field when features are sorted: of words their place in the alphabet.

        Comparisons in filters stay with code points, as CQL2 has them; a total order of answers is ours to choose.
        """
        order, held = ORDER.format(name), self._collection.columns.table
        return held.column(order) if order in held.column_names else self.column(name)

    def geometries(self, rows: np.ndarray) -> np.ndarray:
        """Shapely geometries in CRS84 of ``rows``."""
        return self._collection.columns.geometries[rows]

    def bounds(self) -> np.ndarray | None:
        """The box of each geometry, in degrees."""
        return None if self.points() else self._collection.columns.boxes

    def points(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Longitudes and latitudes of a layer of single points."""
        if self._collection.entry["grid"] is None:
            return None
        points = self._collection.points
        return points[:, 0], points[:, 1]


def queryable_kinds(collection: Collection) -> dict[str, Kind]:
    """What a filter may name: the fields and the geometry."""
    fields = {name: KINDS[field.type] for name, field in collection.fields.items()}
    return {ALIAS: "geometry", **fields, GEOMETRY: "geometry"}
