"""What a filter asks of a collection: columns with their kinds, and geometries only where a box leaves a doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

import numpy as np
import pyarrow as pa

Kind = Literal["text", "number", "integer", "boolean", "date", "datetime", "geometry", "array"]


class Table(Protocol):
    """``count`` rows of one collection. All arrays are in the same order and have ``count`` entries."""

    @property
    def count(self) -> int:
        """How many rows there are."""

    def kinds(self) -> Mapping[str, Kind]:
        """The kind of each queryable, by its name."""

    def column(self, name: str) -> pa.Array | pa.ChunkedArray:
        """An attribute; null where there is no value. Text may be dictionary-encoded, times are timestamps in UTC."""

    def geometries(self, rows: np.ndarray) -> np.ndarray:
        """Shapely geometries in CRS84 of ``rows`` alone (positions, ascending); ``None`` where there is none."""

    def bounds(self) -> np.ndarray | None:
        """Boxes (n x 4: west, south, east, north) in degrees, NaN for no or empty geometry; ``None`` when not kept."""

    def points(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Longitudes and latitudes when every geometry is a point, NaN for none; ``None`` for other geometries."""
