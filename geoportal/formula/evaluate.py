"""The value of a formula. Apart from its tree, since cards are read where numpy is not wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from geoportal.formula.tree import Name, Number, Operation, Sign, Tree


def evaluate(tree: Tree, values: Mapping[str, Any]) -> np.ndarray:
    """What ``tree`` gives for ``values`` by id (numbers or arrays of one shape); NaN for what has no value.

    Whatever is divided by zero has none, and neither has what is computed from it.
    """
    with np.errstate(all="ignore"):  # an overflow is infinite, which is no value either
        found = np.asarray(_evaluated(tree, values), dtype=float)
        return np.where(np.isfinite(found), found, np.nan)


def _evaluated(tree: Tree, values: Mapping[str, Any]) -> Any:
    match tree:
        case Number(text):
            return float(text)
        case Name(name):
            return np.asarray(values[name], dtype=float)
        case Operation(sign, left, right):
            return _combined(sign, _evaluated(left, values), _evaluated(right, values))


def _combined(sign: Sign, left: Any, right: Any) -> Any:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return np.divide(left, np.where(np.equal(right, 0), np.nan, right))
