"""LIKE and the functions of text: CASEI, ACCENTI, lower, upper, length."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from geoportal.query import arrow
from geoportal.query.cql2.compare import Datum
from geoportal.query.cql2.folding import Mapping, folded
from geoportal.query.cql2.limits import Deadline, Limits
from geoportal.query.cql2.pattern import matcher

_SLICE = 65_536  # rows between two looks at the clock


def unaccented(text: str) -> str:
    """``text`` without the marks that Unicode can take off its letters; ø and ł are letters of their own."""
    kept = (char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", "".join(kept))


MAPPINGS: dict[str, Mapping] = {"casei": str.casefold, "accenti": unaccented, "lower": str.lower, "upper": str.upper}


def mapped(op: str, value: Datum, deadline: Deadline) -> Datum:
    """``value`` put through a function of text."""
    function = MAPPINGS[op]
    if isinstance(value, pa.Scalar):
        return arrow.scalar(function(value.as_py())) if value.is_valid else value
    return _per_slice(_compact(value), deadline, lambda part: folded(part.cast(pa.string()), function))


def like(value: Datum, pattern: str, at: str, deadline: Deadline, limits: Limits) -> Datum:
    """Whether ``value`` matches ``pattern``. Raises ``InvalidParameter`` when the pattern has too many wildcards."""
    matches, is_regex = matcher(pattern, at, limits)
    if isinstance(value, pa.Scalar):
        return matches(value)
    return _decoded(_per_slice(_compact(value) if is_regex else value, deadline, matches))


def length(value: Datum) -> Datum:
    """How many characters the text has."""
    if not isinstance(value, pa.Scalar) and pa.types.is_dictionary(value.type):
        value = value.cast(value.type.value_type)
    return pc.utf8_length(value)


def _compact(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """``column`` with a dictionary when its texts repeat so often that this saves more than it costs."""
    repeats = not pa.types.is_dictionary(column.type) and len(column) > _SLICE
    if repeats and 8 * pc.count_distinct(column.slice(0, _SLICE)).as_py() < _SLICE:
        return column.dictionary_encode()
    return column


def _per_slice(
    column: pa.Array | pa.ChunkedArray, deadline: Deadline, function: Callable[[pa.Array], pa.Array]
) -> pa.ChunkedArray:
    """``function`` over the column part by part; over the dictionary alone where there is one, which is kept."""
    done = []
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    for chunk in chunks or [pa.nulls(0, column.type)]:
        if pa.types.is_dictionary(chunk.type):
            values = pa.chunked_array([function(part) for part in _slices(chunk.dictionary, deadline)])
            done.append(pa.DictionaryArray.from_arrays(chunk.indices, values.combine_chunks()))
        else:
            done += [function(part) for part in _slices(chunk, deadline)]
    return pa.chunked_array(done)


def _decoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_dictionary(column.type):
        return column
    return pa.chunked_array([pc.take(chunk.dictionary, chunk.indices) for chunk in column.chunks])


def _slices(array: pa.Array, deadline: Deadline) -> Iterator[pa.Array]:
    for start in range(0, max(len(array), 1), _SLICE):
        deadline.check()
        yield array.slice(start, _SLICE)
