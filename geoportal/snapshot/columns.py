"""The attributes of a layer as Arrow columns in a file mapped into memory."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.ipc
import shapely

GEOMETRY = "@geometry"  # WKB in CRS84; no field can be called so


class Columns:
    """Columns named by field, and the geometries; nothing is read before it is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def table(self) -> pa.Table:
        """All columns; the bytes stay in the file."""
        with pa.memory_map(str(self._path)) as source:
            return pa.ipc.open_file(source).read_all()

    @cached_property
    def geometries(self) -> np.ndarray:
        """Shapely geometries in CRS84."""
        return shapely.from_wkb(self.table.column(GEOMETRY).to_numpy())
