"""A collection as the table that Esri clients know: an object id, no Booleans, all times as instants."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geoportal.query.columns import CollectionTable, queryable_kinds
from geoportal.query.table import Kind
from geoportal.snapshot.collection import Collection

_SEEN_AS: Mapping[Kind, Kind] = {"boolean": "integer", "date": "datetime"}
_STORED = {"boolean": pa.int64(), "date": pa.timestamp("us", "UTC")}


class Attributes(CollectionTable):
    """The columns of a collection with its object ids: position + 1, the same for as long as the snapshot."""

    def __init__(self, collection: Collection) -> None:
        super().__init__(collection)
        self.collection = collection
        taken = {name.upper() for name in collection.fields}
        self.object_id = next(name for name in _object_id_names() if name not in taken)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The object id and the fields."""
        return self.object_id, *self.collection.fields

    def kinds(self) -> Mapping[str, Kind]:
        """What a ``where`` may name."""
        kinds = queryable_kinds(self.collection)
        return {self.object_id: "integer", **{name: _SEEN_AS.get(kind, kind) for name, kind in kinds.items()}}

    def column(self, name: str) -> pa.ChunkedArray:
        """The values of a field, or the object ids."""
        if name == self.object_id:
            return pa.chunked_array([pa.array(np.arange(1, self.count + 1))])
        column = super().column(name)
        stored = _STORED.get(queryable_kinds(self.collection)[name])
        return pc.cast(column, stored) if stored else column


def _object_id_names() -> tuple[str, ...]:
    return ("OBJECTID", *(f"OBJECTID_{number}" for number in range(1, 1000)))
