"""A formula as a tree of numbers, names of indicators and the four operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

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
