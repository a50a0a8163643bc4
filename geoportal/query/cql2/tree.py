"""A filter as a tree. Two trees are equal when they mean the same, wherever their parts stood in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from shapely.geometry.base import BaseGeometry

Value: TypeAlias = str | bool | int | float | date | datetime


@dataclass(frozen=True)
class Literal:
    """A constant; whole numbers are ``int``, and ``datetime`` has a time zone."""

    value: Value
    at: str = field(compare=False)


@dataclass(frozen=True)
class Property:
    """The value of a queryable."""

    name: str
    at: str = field(compare=False)


@dataclass(frozen=True)
class Shape:
    """A geometry of the filter, its axes in the order in which they were written."""

    geometry: BaseGeometry
    at: str = field(compare=False)


@dataclass(frozen=True)
class Box:
    """A BBOX: both lower values, then both upper values, its axes in the order in which they were written."""

    corners: tuple[float, float, float, float]
    at: str = field(compare=False)


@dataclass(frozen=True)
class Interval:
    """Two instants, both included; ``None`` is an open end."""

    start: Literal | Property | None
    end: Literal | Property | None
    at: str = field(compare=False)


@dataclass(frozen=True)
class Array:
    """A list, which the array functions take as a set."""

    items: tuple[Node, ...]
    at: str = field(compare=False)


@dataclass(frozen=True)
class Call:
    """An operator or function over its operands; ``op`` is the name of CQL2 JSON in lower case."""

    op: str
    args: tuple[Node, ...]
    at: str = field(compare=False)


Node: TypeAlias = Literal | Property | Shape | Box | Interval | Array | Call


@dataclass(frozen=True)
class Filter:
    """A filter whose syntax and size have been checked, but not yet whether it fits a collection."""

    tree: Node

    @property
    def properties(self) -> set[str]:
        """Names of all queryables it mentions."""
        return {node.name for node in walk(self.tree) if isinstance(node, Property)}


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes directly under ``node``."""
    if isinstance(node, Call):
        return node.args
    if isinstance(node, Array):
        return node.items
    if isinstance(node, Interval):
        return tuple(end for end in (node.start, node.end) if end is not None)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """``node`` and everything under it, without recursion."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(parts(current))


def is_constant(node: Node) -> bool:
    """Whether ``node`` is the same for every row."""
    return not any(isinstance(part, Property) for part in walk(node))


def depth(node: Node) -> int:
    """How many levels the tree has, counted without recursion."""
    levels, row = 0, [node]
    while row:
        levels += 1
        row = [part for current in row for part in parts(current)]
    return levels


def joined(op: str, args: list[Node], at: str) -> Node:
    """``and`` or ``or`` of ``args``, operands of the same operator taken in: a long chain is not a deep tree."""
    flat: list[Node] = []
    for arg in args:
        flat += arg.args if isinstance(arg, Call) and arg.op == op else (arg,)
    return Call(op, tuple(flat), at)
