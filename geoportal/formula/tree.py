"""A formula as a tree of numbers, names of indicators and the four operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Sign = Literal["+", "-", "*", "/"]


@dataclass(frozen=True)
class Number:
    """A number as it is written: digits, maybe with a decimal point."""

    text: str


@dataclass(frozen=True)
class Name:
    """The id of an indicator, such as ``obyvatel-15-64``."""

    id: str


@dataclass(frozen=True)
class Operation:
    """``left`` and ``right`` joined by a sign."""

    sign: Sign
    left: Tree
    right: Tree


Tree = Number | Name | Operation


def names(tree: Tree) -> tuple[str, ...]:
    """The ids that ``tree`` names, each once, in the order in which they are read."""
    match tree:
        case Name(name):
            return (name,)
        case Operation(_, left, right):
            return tuple(dict.fromkeys((*names(left), *names(right))))
    return ()


def size(tree: Tree, sizes: Mapping[str, int]) -> int:
    """How many numbers and names ``tree`` has when each name stands for ``sizes`` of them (1 unless told)."""
    match tree:
        case Name(name):
            return sizes.get(name, 1)
        case Operation(_, left, right):
            return size(left, sizes) + size(right, sizes)
    return 1


def substituted(tree: Tree, trees: Mapping[str, Tree]) -> Tree:
    """``tree`` with other trees in place of the names that ``trees`` has."""
    match tree:
        case Name(name):
            return trees.get(name, tree)
        case Operation(sign, left, right):
            return Operation(sign, substituted(left, trees), substituted(right, trees))
    return tree


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
