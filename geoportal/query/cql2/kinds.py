"""Whether a filter fits a collection: every property exists and every operator gets operands that it can take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from geoportal.errors import alternatives
from geoportal.query.cql2.limits import refusal
from geoportal.query.cql2.operators import ARITHMETIC, ARRAYS, COMPARISONS, FUNCTIONS, INSTANTS_TOO, SPATIAL, TEMPORAL
from geoportal.query.cql2.tree import Array, Box, Call, Filter, Interval, Literal, Node, Property, Shape, is_constant
from geoportal.query.table import Kind

_NAMES = {
    "text": "a text",
    "number": "a number",
    "integer": "a number",
    "boolean": "true or false",
    "date": "a date",
    "datetime": "a timestamp",
    "geometry": "a geometry",
    "array": "an array",
    "interval": "an interval",
}
_ARITHMETIC: tuple[tuple[Kind, ...], Kind] = (("number", "number"), "number")
_TEXT: tuple[tuple[Kind, ...], Kind] = (("text",), "text")
_SCALARS = {"text", "number", "boolean", "date", "datetime"}
_HINTS = {
    ("text", "number"): "a number in single quotes is a text",
    ("date", "text"): "write DATE('2024-12-31')",
    ("datetime", "text"): "write TIMESTAMP('2024-12-31T23:59:59Z')",
    ("date", "datetime"): "write both as dates or both as timestamps, or use T_INTERSECTS and its like",
}


def check(filter_: Filter, kinds: Mapping[str, Kind]) -> None:
    """Raises ``InvalidParameter`` for the first part of the filter that does not fit columns of these ``kinds``."""
    checker = _Checker(kinds)
    checker.need(filter_.tree, {"boolean"}, "the filter as a whole")


@dataclass(frozen=True)
class _Checker:
    kinds: Mapping[str, Kind]

    def kind(self, node: Node) -> str:
        """The kind of ``node`` with integers counted as numbers, after everything under it has been checked."""
        if isinstance(node, Call):
            return self.call(node)
        if isinstance(node, Property):
            return self.property(node)
        if isinstance(node, Literal):
            return constant_kind(node)
        if isinstance(node, Shape | Box):
            return "geometry"
        if isinstance(node, Interval):
            return self.interval(node)
        return self.array(node)

    def need(self, node: Node, allowed: set[str], by: str) -> str:
        kind = self.kind(node)
        if kind not in allowed:
            wanted = " or ".join(sorted({_NAMES[name] for name in allowed}))
            raise refusal(node.at, f"{by} needs {wanted}, but {self.describe(node, kind)}")
        return kind

    def same(self, nodes: tuple[Node, ...], allowed: set[str], by: str) -> None:
        """Refuses ``nodes`` that can't be compared with each other."""
        first = self.need(nodes[0], allowed, by)
        for node in nodes[1:]:
            kind = self.need(node, allowed, by)
            if kind != first:
                hint = _HINTS.get((first, kind)) or _HINTS.get((kind, first))
                reason = f"{by} can't compare: {self.describe(nodes[0], first)}, {self.describe(node, kind)}"
                raise refusal(node.at, reason + (f"; {hint}" if hint else ""))

    def describe(self, node: Node, kind: str) -> str:
        if isinstance(node, Property):
            return f"'{node.name}' is {_NAMES[kind]}"
        if isinstance(node, Literal):
            return f"{str(node.value)!r} is {_NAMES[kind]}" if kind == "text" else f"{node.value} is {_NAMES[kind]}"
        return f"this is {_NAMES[kind]}"

    def property(self, node: Property) -> str:
        kind = self.kinds.get(node.name)
        if kind is None:
            raise refusal(
                node.at, f"'{node.name}' is not a property to filter by; {alternatives(node.name, self.kinds)}"
            )
        return "number" if kind == "integer" else kind

    def interval(self, node: Interval) -> str:
        ends = [end for end in (node.start, node.end) if end is not None]
        found = {self.need(end, {"date", "datetime"}, "INTERVAL") for end in ends}
        if len(found) > 1:
            raise refusal(node.at, "both ends of an interval must be dates, or both timestamps")
        return "interval"

    def array(self, node: Array) -> str:
        for item in node.items:
            kind = self.kind(item)
            if kind not in _SCALARS and not (isinstance(item, Shape | Box | Interval | Array) and is_constant(item)):
                raise refusal(item.at, f"an element of an array that is {_NAMES[kind]} must be written out")
        return "array"

    def call(self, node: Call) -> str:
        op = node.op
        if op in ("and", "or", "not"):
            for arg in node.args:
                self.need(arg, {"boolean"}, op.upper())
        elif op in COMPARISONS or op == "between":
            self.same(node.args, _SCALARS, op.upper())
        elif op == "in":
            self.membership(node)
        elif op == "like":
            self.pattern(node)
        elif op == "isnull":
            self.need(node.args[0], {*_SCALARS, "geometry", "array"}, "IS NULL")
        elif op in SPATIAL | TEMPORAL | ARRAYS:
            self.relation(node)
        else:
            return self.value(node)
        return "boolean"

    def membership(self, node: Call) -> None:
        items = node.args[1]
        if not isinstance(items, Array) or not items.items:
            raise refusal(items.at, "IN needs at least one value in its list")
        self.same((node.args[0], *items.items), _SCALARS, "IN")

    def pattern(self, node: Call) -> None:
        value, pattern = node.args
        self.need(value, {"text"}, "LIKE")
        self.need(pattern, {"text"}, "LIKE")
        while isinstance(pattern, Call) and pattern.op in ("casei", "accenti"):
            pattern = pattern.args[0]
        if not isinstance(pattern, Literal):
            raise refusal(pattern.at, "the pattern of LIKE must be a text in quotes, or CASEI or ACCENTI of one")

    def relation(self, node: Call) -> None:
        if node.op in SPATIAL:
            allowed = {"geometry"}
        elif node.op in ARRAYS:
            allowed = {"array"}
        else:
            allowed = {"interval", "date", "datetime"} if node.op in INSTANTS_TOO else {"interval"}
        for arg in node.args:
            self.need(arg, allowed, node.op.upper())

    def value(self, node: Call) -> str:
        """The kind of arithmetic, of CASEI and ACCENTI, and of the service's own functions."""
        if node.op in ARITHMETIC:
            takes, returns = _ARITHMETIC
        elif node.op in FUNCTIONS:
            takes, returns = FUNCTIONS[node.op].takes, FUNCTIONS[node.op].returns
        else:
            takes, returns = _TEXT
        for arg, kind in zip(node.args, takes, strict=True):
            self.need(arg, {kind}, node.op.upper())
        return "number" if returns == "integer" else returns


def constant_kind(node: Literal) -> str:
    """The kind of a constant, integers counted as numbers."""
    value = node.value
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, datetime):
        return "datetime"
    return "date" if isinstance(value, date) else "text"
