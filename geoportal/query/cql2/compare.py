"""Comparisons and three-valued logic over Arrow columns; null is 'unknown'."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from itertools import chain
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geoportal.query import arrow

Datum: TypeAlias = pa.Scalar | pa.Array | pa.ChunkedArray

_COMPARE: dict[str, Callable[[Datum, Datum], Datum]] = {
    "=": pc.equal,
    "<>": pc.not_equal,
    "<": pc.less,
    ">": pc.greater,
    "<=": pc.less_equal,
    ">=": pc.greater_equal,
}


def compare(op: str, left: Datum, right: Datum) -> Datum:
    """Whether ``left op right``; texts are ordered by code point."""
    return _COMPARE[op](*_of_one_type(left, right))


def between(value: Datum, low: Datum, high: Datum) -> Datum:
    """Whether ``low <= value <= high``."""
    return pc.and_kleene(compare(">=", value, low), compare("<=", value, high))


def among(value: Datum, constants: list[pa.Scalar], others: Iterable[Datum]) -> Datum:
    """Whether ``value`` equals a constant or another column; unknown when null is among what could have matched."""
    known = [constant for constant in constants if constant.is_valid]
    if len(known) > 1 and not isinstance(value, pa.Scalar):
        members = pc.if_else(pc.is_valid(value), _is_in(value, known), arrow.null(pa.bool_()))
        found: Iterable[Datum] = [members]
    else:
        found = (compare("=", value, constant) for constant in known)
    unknown = [arrow.null(pa.bool_())] * (len(known) < len(constants))
    return any_of(chain(found, unknown, (compare("=", value, other) for other in others)))


def all_of(values: Iterable[Datum]) -> Datum:
    """AND of all: false when one is false, else unknown when one is unknown."""
    return reduce(pc.and_kleene, values)


def any_of(values: Iterable[Datum]) -> Datum:
    """OR of all: true when one is true, else unknown when one is unknown."""
    return reduce(pc.or_kleene, values)


def _is_in(value: Datum, constants: list[pa.Scalar]) -> Datum:
    kind = value.type.value_type if pa.types.is_dictionary(value.type) else value.type
    if pa.types.is_floating(kind):
        doubles = np.array([constant.as_py() for constant in constants], np.float64)
        zero = arrow.scalar(0.0)  # hashing tells -0.0 from 0.0; their sum with it is 0.0
        return pc.is_in(pc.add(value, zero), value_set=pc.add(arrow.numbers(doubles), zero))
    if pa.types.is_integer(kind):
        # A whole number can't equal a fraction, and one beyond 64 bits is never stored.
        numbers = [number for constant in constants if (number := constant.as_py()) == int(number)]
        whole = [int(number) for number in numbers if -(2**63) <= number < 2**63]
        return pc.is_in(value, value_set=arrow.numbers(np.array(whole, np.int64)))
    members = pa.concat_arrays([pa.repeat(constant, 1) for constant in constants])
    if pa.types.is_timestamp(kind):
        return pc.is_in(value.cast(members.type), value_set=members)
    return pc.is_in(value, value_set=members.cast(kind))


def _of_one_type(left: Datum, right: Datum) -> tuple[Datum, Datum]:
    """Both as they are, or both as doubles: Arrow refuses large integers beside doubles."""
    if pa.types.is_floating(left.type) and pa.types.is_integer(right.type):
        return left, right.cast(pa.float64(), safe=False)
    if pa.types.is_integer(left.type) and pa.types.is_floating(right.type):
        return left.cast(pa.float64(), safe=False), right
    return left, right
