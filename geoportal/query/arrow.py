"""Arrow values from Python and numpy ones, and back.

Arrow's own conversions (``pa.array``, ``pa.scalar``, ``to_numpy``) import pandas when it is installed, which costs a
worker half a second and 60 MB; buffers do not.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_DAY_0, _MOMENT_0 = date(1970, 1, 1), datetime(1970, 1, 1, tzinfo=UTC)


def scalar(value: str | bool | int | float | date | datetime) -> pa.Scalar:
    """The constant; moments in microseconds, in UTC."""
    if isinstance(value, str):
        return texts([value])[0]
    if isinstance(value, bool):
        return booleans(np.array([value]))[0]
    if isinstance(value, datetime):
        return _fixed(np.array([(value - _MOMENT_0) // timedelta(microseconds=1)]), pa.timestamp("us", "UTC"))[0]
    if isinstance(value, date):
        return _fixed(np.array([(value - _DAY_0).days], np.int32), pa.date32())[0]
    return numbers(np.array([value], np.int64 if isinstance(value, int) else np.float64))[0]


def null(kind: pa.DataType) -> pa.Scalar:
    """No value, of this type."""
    return pa.nulls(1, kind)[0]


def texts(values: list[str]) -> pa.Array:
    """The texts."""
    encoded = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), len(values), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))])


def booleans(values: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Truth values, null where ``missing``."""
    return pa.Array.from_buffers(pa.bool_(), len(values), [_validity(missing), _bits(values)])


def numbers(values: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """64-bit integers or doubles, null where ``missing``."""
    kind = pa.int64() if values.dtype == np.int64 else pa.float64()
    return _fixed(values, kind, missing)


def flags(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """Truth values without nulls as a Boolean array."""
    array = one_piece(column)
    bits = np.frombuffer(array.buffers()[1] or b"", np.uint8)
    return np.unpackbits(bits, count=array.offset + len(array), bitorder="little")[array.offset :].view(bool)


def doubles(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """Numbers as doubles, NaN for null."""
    array = pc.fill_null(one_piece(column).cast(pa.float64(), safe=False), scalar(np.nan))
    return values_of(array, np.float64)


def values_of(array: pa.Array, dtype: type) -> np.ndarray:
    """The values of an array without nulls that has as many bytes for each as ``dtype``."""
    return np.frombuffer(array.buffers()[1] or b"", dtype)[array.offset : array.offset + len(array)]


def one_piece(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The column as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _fixed(values: np.ndarray, kind: pa.DataType, missing: np.ndarray | None = None) -> pa.Array:
    return pa.Array.from_buffers(kind, len(values), [_validity(missing), pa.py_buffer(np.ascontiguousarray(values))])


def _validity(missing: np.ndarray | None) -> pa.Buffer | None:
    return None if missing is None or not missing.any() else _bits(~missing)


def _bits(values: np.ndarray) -> pa.Buffer:
    return pa.py_buffer(np.packbits(values, bitorder="little"))
