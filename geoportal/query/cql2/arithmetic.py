"""Arithmetic in double precision; what has no finite result (division by zero, overflow) is null."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from geoportal.query import arrow
from geoportal.query.cql2.compare import Datum

Doubles = np.ndarray | np.float64

# The quotient of 'div' is cut towards zero and '%' takes the sign of the dividend, as in SQL.
_OPERATE: dict[str, Callable[..., Doubles]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "%": np.fmod,
    "div": lambda left, right: np.trunc(np.divide(left, right)),
    # NaN stands for null here, but has powers: NaN^0 and 1^NaN are 1.
    "^": lambda left, right: np.power(left, right) + 0 * left + 0 * right,
    "abs": np.abs,
    "ceil": np.ceil,
    "floor": np.floor,
}


def calculate(op: str, *operands: Datum) -> Datum:
    """The result of an operator or numeric function, null where an operand is null."""
    with np.errstate(all="ignore"):
        result = _OPERATE[op](*(_doubles(operand) for operand in operands))
    if isinstance(result, np.ndarray):
        return arrow.numbers(result, ~np.isfinite(result))
    return arrow.scalar(float(result)) if np.isfinite(result) else arrow.null(pa.float64())


def _doubles(value: Datum) -> Doubles:
    """``value`` with NaN for null."""
    if isinstance(value, pa.Scalar):
        return np.float64(value.as_py() if value.is_valid else np.nan)
    return arrow.doubles(value)
