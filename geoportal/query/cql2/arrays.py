"""The relations of arrays, which are sets: order and repetition do not count (OGC 21-065r2, 7.9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geoportal.query import arrow
from geoportal.query.cql2.compare import Datum
from geoportal.query.cql2.limits import refusal

_MOST = 5_000_000  # elements over all rows of a table


@dataclass(frozen=True)
class Elements:
    """Some elements of the sets: ``values`` (without nulls) of one ``kind``, each in the row at the same place."""

    kind: str
    rows: np.ndarray
    values: pa.Array


@dataclass(frozen=True)
class Sets:
    """One set for each row, and the rows whose set is unknown because it, or an element of it, is null.

    A set of one row alone is the same for all rows of the other side.
    """

    elements: tuple[Elements, ...]
    unknown: np.ndarray


def repeated(value: Datum, count: int, kind: str | None = None) -> tuple[Elements, np.ndarray]:
    """A scalar expression as one element of each row's set, and where it is null."""
    column = _plain(pa.repeat(value, count) if isinstance(value, pa.Scalar) else value)
    unknown = arrow.flags(column.is_null())
    return Elements(kind or _kind(column.type), np.flatnonzero(~unknown), column.drop_null()), unknown


def listed(column: pa.Array | pa.ChunkedArray) -> Sets:
    """The sets of a list column."""
    array = arrow.one_piece(column)
    unknown = arrow.flags(array.is_null())
    values, rows = _plain(array.flatten()), arrow.values_of(array.value_parent_indices(), np.int64)
    missing = arrow.flags(values.is_null())
    unknown[rows[missing]] = True
    return Sets((Elements(_kind(values.type), rows[~missing], values.drop_null()),), unknown)


def _plain(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One piece, without a dictionary."""
    array = arrow.one_piece(column)
    return array.cast(array.type.value_type) if pa.types.is_dictionary(array.type) else array


def _kind(kind: pa.DataType) -> str:
    """The kind by which elements are told apart: 1 and '1' are different, 1 and 1.0 are not."""
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return "number"
    if pa.types.is_timestamp(kind):
        return "datetime"
    return "text" if pa.types.is_string(kind) or pa.types.is_large_string(kind) else str(kind)


def relate(op: str, left: Sets, right: Sets, at: str) -> Datum:
    """Whether the sets of each row are in the relation ``op``."""
    check_size(sum(len(part.rows) for part in left.elements + right.elements), at)
    unknown = left.unknown | right.unknown
    first, second, codes = _coded(left, right)
    size, other = (_per_row(side, codes, len(sets.unknown)) for side, sets in ((first, left), (second, right)))
    common = _per_row(_common(first, second, codes, left, right), codes, len(unknown))
    result = {
        "a_contains": common == other,
        "a_containedby": common == size,
        "a_equals": (common == size) & (common == other),
        "a_overlaps": common > 0,
    }[op]
    return arrow.booleans(result, unknown)


def check_size(elements: int, at: str) -> None:
    """Refuses sets that would not fit into memory."""
    if elements > _MOST:
        raise refusal(at, f"the arrays have more than {_MOST} elements over all features")


def _common(first: np.ndarray, second: np.ndarray, codes: int, left: Sets, right: Sets) -> np.ndarray:
    """The elements that both sides have in the same row."""
    if len(left.unknown) == len(right.unknown):
        return np.intersect1d(first, second, assume_unique=True)
    columnar, constant = (first, second) if len(right.unknown) == 1 else (second, first)
    return columnar[np.isin(columnar % codes, constant)]


def _coded(left: Sets, right: Sets) -> tuple[np.ndarray, np.ndarray, int]:
    """The elements of both as distinct numbers ``row * codes + code``; equal values of one kind have one code."""
    found: list[list[np.ndarray]] = [[], []]
    codes = max(1, sum(len(part.rows) for part in left.elements + right.elements))
    start = 0
    for kind in {part.kind for part in left.elements + right.elements}:
        parts = [(side, part) for side, sets in enumerate((left, right)) for part in sets.elements if part.kind == kind]
        encoded = pa.chunked_array([_comparable(part) for _, part in parts]).combine_chunks().dictionary_encode()
        indices = arrow.values_of(encoded.indices, np.int32).astype(np.int64)
        offset = 0
        for side, part in parts:
            numbers = indices[offset : offset + len(part.rows)]
            found[side].append(part.rows.astype(np.int64) * codes + start + numbers)
            offset += len(part.rows)
        start += len(encoded.dictionary)
    first, second = (_distinct(np.concatenate(side)) if side else np.empty(0, np.int64) for side in found)
    return first, second, codes


def _distinct(pairs: np.ndarray) -> np.ndarray:
    return pairs if (np.diff(pairs) > 0).all() else np.unique(pairs)


def _comparable(part: Elements) -> pa.Array:
    """The values in the one type that all values of their kind share."""
    if part.kind == "number":
        return pc.add(part.values.cast(pa.float64(), safe=False), arrow.scalar(0.0))  # -0.0 is 0.0
    shared = {"text": pa.string(), "datetime": pa.timestamp("us", "UTC")}
    return part.values.cast(shared[part.kind]) if part.kind in shared else part.values


def _per_row(pairs: np.ndarray, codes: int, count: int) -> np.ndarray:
    return np.bincount(pairs // codes, minlength=count)
