"""Tables for filters: a small one in memory, and the standard's test data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from geoportal.query.table import Kind


@dataclass(frozen=True)
class MemoryTable:
    """Columns and geometries held in memory; ``boxed`` says whether boxes are kept."""

    columns: Mapping[str, pa.Array | pa.ChunkedArray]
    shapes: np.ndarray
    boxed: bool = True
    pointed: bool = False
    fetched: list[int] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.shapes)

    def kinds(self) -> Mapping[str, Kind]:
        return {**{name: kind_of(column.type) for name, column in self.columns.items()}, "geom": "geometry"}

    def column(self, name: str) -> pa.Array | pa.ChunkedArray:
        return self.columns[name]

    def geometries(self, rows: np.ndarray) -> np.ndarray:
        self.fetched.append(len(rows))
        return self.shapes[rows]

    def bounds(self) -> np.ndarray | None:
        return shapely.bounds(self.shapes) if self.boxed else None

    def points(self) -> tuple[np.ndarray, np.ndarray] | None:
        return (shapely.get_x(self.shapes), shapely.get_y(self.shapes)) if self.pointed else None


def kind_of(kind: pa.DataType) -> Kind:
    """The kind of a column of this Arrow type."""
    if pa.types.is_timestamp(kind):
        return "datetime"
    if pa.types.is_dictionary(kind):
        return kind_of(kind.value_type)
    names: dict[str, Kind] = {
        "bool": "boolean",
        "double": "number",
        "int64": "integer",
        "date32[day]": "date",
        "list<element: string>": "array",
        "list<item: string>": "array",
    }
    return names.get(str(kind), "text")


def read_layer(path: Path, layer: str) -> MemoryTable:
    """A layer of the standard's GeoPackage; its moments are in UTC."""
    _, table = pyogrio.read_arrow(path, layer=layer, datetime_as_string=False)
    names = [name for name in table.column_names if name not in ("fid", "geom")]
    columns = {name: _in_utc(table.column(name)) for name in names}
    shapes = shapely.from_wkb(table.column("geom").to_numpy(zero_copy_only=False))
    return MemoryTable(columns, shapes, pointed="places" in layer)


def _in_utc(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_timestamp(column.type):
        return column
    return (
        column.cast(pa.timestamp("ms", "UTC"))
        if column.type.tz
        else column.cast(pa.timestamp("ms")).cast(pa.timestamp("ms", "UTC"))
    )


def small() -> MemoryTable:
    """Six rows with a null in every column; the shapes are unit squares in a row, of which the last is missing."""
    moments = [1_600_000_000, 1_650_000_000, None, 1_700_000_000, 1_650_000_000, 0]
    return MemoryTable(
        {
            "name": pa.array(["Liberec", "Česká Lípa", "liberec", None, "Semily", "50 % \\ straße"]),
            "code": pa.array(["3505", "3501", "3505", "3506", None, ""]),
            "size": pa.array([1, 2, None, 4, 5, 9007199254740993], pa.int64()),
            "share": pa.array([0.5, None, 1.5, 2.0, -1.0, 0.0]),
            "open": pa.array([True, False, None, True, False, True]),
            "day": pa.array([0, 19000, None, 19001, 19000, 1], pa.date32()),
            "seen": pa.array([None if s is None else s * 1000 for s in moments], pa.timestamp("ms", "UTC")),
            "until": pa.array([None if s is None else (s + 9) * 1000 for s in moments], pa.timestamp("ms", "UTC")),
            "tags": pa.array([["a", "b"], [], None, ["a"], ["a", None], ["c", "a", "a", "b"]]),
        },
        np.array([shapely.box(x, 0, x + 1, 1) for x in range(5)] + [None]),
    )
