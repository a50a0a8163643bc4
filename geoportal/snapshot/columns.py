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
        # Arrow's to_numpy would import pandas, which costs a worker 60 MB.
        return shapely.from_wkb(np.array(self.table.column(GEOMETRY).to_pylist(), dtype=object))

    @cached_property
    def boxes(self) -> np.ndarray:
        """The box of each geometry in degrees: west, south, east, north (n x 4)."""
        return shapely.bounds(self.geometries)
