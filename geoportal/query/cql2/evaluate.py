"""The rows of a table that a filter lets through."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geoportal.crs import PublishedCrs
from geoportal.query import arrow
from geoportal.query.cql2 import arithmetic, arrays, compare, spatial, temporal, text
from geoportal.query.cql2.arrays import Sets
from geoportal.query.cql2.compare import Datum
from geoportal.query.cql2.kinds import check
from geoportal.query.cql2.limits import Deadline, Limits
from geoportal.query.cql2.operators import ARRAYS, COMPARISONS, SPATIAL, TEMPORAL
from geoportal.query.cql2.place import filter_place, in_crs84
from geoportal.query.cql2.tree import Array, Box, Call, Filter, Interval, Literal, Node, Property, Shape, is_constant
from geoportal.query.table import Kind, Table

SECONDS = 5.0


def evaluate(
    filter_: Filter,
    table: Table,
    filter_crs: str | None = None,
    *,
    seconds: float = SECONDS,
    limits: Limits | None = None,
) -> np.ndarray:
    """A Boolean array of ``table.count``: true where the filter is true; false where it is false or unknown.

    ``filter_crs`` is the CRS of the filter's geometries, a URI or ``EPSG:5514``, with the axes in its own order; CRS84
    when it is ``None``. Raises ``InvalidParameter`` when the filter does not fit the table, or takes longer than
    ``seconds``.
    """
    check(filter_, table.kinds())
    rows = _Rows(table, filter_place(filter_crs), Deadline.after(seconds), limits or Limits())
    result = pc.fill_null(rows.value(filter_.tree), arrow.scalar(False))
    if isinstance(result, pa.Scalar):
        return np.full(table.count, result.as_py())
    return arrow.flags(result)


@dataclass(frozen=True)
class _Rows:
    table: Table
    crs: PublishedCrs
    deadline: Deadline
    limits: Limits
    columns: dict[str, Datum] = field(default_factory=dict)

    def value(self, node: Node) -> Datum:
        """The values of an expression: a column, or a scalar when it is the same for every row."""
        if isinstance(node, Literal):
            return arrow.scalar(node.value)
        if isinstance(node, Property):
            return self.column(node.name)
        self.deadline.check()
        return self.call(cast(Call, node))

    def column(self, name: str) -> Datum:
        if name not in self.columns:
            self.columns[name] = self.table.column(name)
        return self.columns[name]

    def call(self, node: Call) -> Datum:
        op, args = node.op, node.args
        if op in SPATIAL:
            return self.spatial(op, args)
        if op in TEMPORAL:
            return temporal.relate(op, self.span(args[0]), self.span(args[1]))
        if op in ARRAYS:
            return self.arrays(node)
        if op == "isnull":
            return self.is_null(args[0])
        if op == "in":
            return self.membership(args[0], cast(Array, args[1]).items)
        if op in ("and", "or"):
            results = map(self.value, args)  # one by one, so that a long chain holds few columns at a time
            return compare.all_of(results) if op == "and" else compare.any_of(results)
        values = [self.value(arg) for arg in args]
        if op == "like":
            pattern = cast(pa.Scalar, values[1]).as_py()
            return text.like(values[0], pattern, args[1].at, self.deadline, self.limits)
        return self.operation(op, values)

    def operation(self, op: str, values: list[Datum]) -> Datum:
        """Operators and functions of scalar operands alone."""
        if op == "not":
            return pc.invert(values[0])
        if op in COMPARISONS:
            return compare.compare(op, *values)
        if op == "between":
            return compare.between(*values)
        if op in text.MAPPINGS:
            return text.mapped(op, values[0], self.deadline)
        return text.length(values[0]) if op == "length" else arithmetic.calculate(op, *values)

    def membership(self, node: Node, items: tuple[Node, ...]) -> Datum:
        constants = [cast(pa.Scalar, self.value(item)) for item in items if is_constant(item)]
        return compare.among(self.value(node), constants, (self.value(item) for item in items if not is_constant(item)))

    def is_null(self, node: Node) -> Datum:
        if isinstance(node, Shape | Box | Array):
            return arrow.scalar(False)
        if isinstance(node, Property) and self.kind(node) == "geometry":
            return spatial.is_missing(self.table)
        return pc.is_null(self.value(node))

    def kind(self, node: Property) -> Kind:
        return self.table.kinds()[node.name]

    def spatial(self, op: str, args: tuple[Node, ...]) -> Datum:
        left, right = (in_crs84(arg, self.crs) if isinstance(arg, Shape | Box) else None for arg in args)
        if left is not None and right is not None:
            return spatial.relate_constants(op, left, right)
        if left is None and right is None:
            return spatial.relate_features(op, self.table, self.deadline)
        if right is None:
            return spatial.relate(spatial.CONVERSE.get(op, op), self.table, left, self.deadline)
        return spatial.relate(op, self.table, right, self.deadline)

    def span(self, node: Node) -> temporal.Span:
        if not isinstance(node, Interval):
            value = self.value(node)
            return temporal.span(value, value)
        start, end = (None if bound is None else self.value(bound) for bound in (node.start, node.end))
        return temporal.span(start, end)

    def arrays(self, node: Call) -> Datum:
        result = arrays.relate(node.op, self.sets(node.args[0]), self.sets(node.args[1]), node.at)
        return result[0] if is_constant(node) else result

    def sets(self, node: Node) -> Sets:
        if not isinstance(node, Array):
            return arrays.listed(self.value(node))
        count = 1 if is_constant(node) else self.table.count
        arrays.check_size(count * len(node.items), node.at)
        elements, unknown = [], np.zeros(count, bool)
        for item in node.items:
            if isinstance(item, Shape | Box | Interval | Array):
                part, missing = arrays.repeated(arrow.scalar(self.spelled(item)), count, kind="spelled")
            else:
                part, missing = arrays.repeated(self.value(item), count)
            elements.append(part)
            unknown |= missing
        return Sets(tuple(elements), unknown)

    def spelled(self, node: Node) -> str:
        """A text that is the same for equal constants, and for no others."""
        if isinstance(node, Shape | Box):
            return f"geometry {shapely.normalize(in_crs84(node, self.crs)).wkb_hex}"
        if isinstance(node, Array):
            return f"array {sorted({self.spelled(item) for item in node.items})}"
        if isinstance(node, Interval):
            return f"interval {[bound and repr(cast(Literal, bound).value) for bound in (node.start, node.end)]}"
        return repr(arrow.scalar(cast(Literal, node).value))
