"""Random filters give the rows that a plain evaluator gives, which takes one row and one value at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from math import fmod, isfinite, trunc
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geoportal.query.cql2 import Filter, evaluate
from geoportal.query.cql2.tree import Array, Call, Literal, Node, Property
from tests.query.tables import small

TABLE = small()
ROWS = [
    dict(zip(TABLE.columns, values, strict=True))
    for values in zip(*(c.to_pylist() for c in TABLE.columns.values()), strict=True)
]
COMPARE: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "<>": ne, "<": lt, ">": gt, "<=": le, ">=": ge}


def _call(op: str, *args: Node) -> Node:
    return Call(op, args, "")


def _leaf(names: list[str], values: list[Any]) -> st.SearchStrategy[Node]:
    properties = st.sampled_from(names).map(lambda name: Property(name, ""))
    return properties | st.sampled_from(values).map(lambda value: Literal(value, ""))


_NUMBERS = st.recursive(
    _leaf(["size", "share"], [0, 1, 2, -1.5, 0.5, 4, 7]),
    lambda inner: st.builds(_call, st.sampled_from(["+", "-", "*", "/", "%", "div", "^"]), inner, inner),
    max_leaves=4,
)
_TEXTS = st.recursive(
    _leaf(["name", "code"], ["Liberec", "liberec", "3505", "", "ČESKÁ LÍPA"]),
    lambda inner: st.builds(_call, st.sampled_from(["casei", "accenti", "upper", "lower"]), inner),
    max_leaves=3,
)
_DAYS = _leaf(["day"], [date(2022, 1, 8), date(1970, 1, 1)])
_MOMENTS = _leaf(["seen", "until"], [datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)])


def _predicates(values: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    compared = st.builds(_call, st.sampled_from(sorted(COMPARE)), values, values)
    between = st.builds(_call, st.just("between"), values, values, values)
    items = st.lists(values, min_size=1, max_size=4).map(lambda nodes: Array(tuple(nodes), ""))
    return (
        compared
        | between
        | st.builds(_call, st.just("in"), values, items)
        | st.builds(_call, st.just("isnull"), values)
    )


_ATOMS = (
    _predicates(_NUMBERS)
    | _predicates(_TEXTS)
    | _predicates(_DAYS)
    | _predicates(_MOMENTS)
    | _leaf(["open"], [True, False])
)
_FILTERS = st.recursive(
    _ATOMS,
    lambda inner: (
        st.builds(_call, st.just("not"), inner) | st.builds(_call, st.sampled_from(["and", "or"]), inner, inner)
    ),
    max_leaves=6,
)


@settings(max_examples=200)
@given(_FILTERS)
def test_whole_columns_give_the_rows_that_single_rows_give(tree: Node) -> None:
    with np.errstate(all="raise"):
        found = evaluate(Filter(tree), TABLE).tolist()
    assert found == [_value(tree, row) is True for row in ROWS], tree


def _value(node: Node, row: dict[str, Any]) -> Any:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Property):
        return row[node.name]
    assert isinstance(node, Call)
    if node.op == "in":
        items = node.args[1]
        assert isinstance(items, Array)
        value = _value(node.args[0], row)
        return _or([_of(eq, value, _value(item, row)) for item in items.items])
    return _operation(node.op, [_value(arg, row) for arg in node.args])


def _operation(op: str, values: list[Any]) -> Any:
    if op == "isnull":
        return values[0] is None
    if op == "not":
        return None if values[0] is None else not values[0]
    if op in ("and", "or"):
        return _and(values) if op == "and" else _or(values)
    if op == "between":
        return _and([_of(ge, values[0], values[1]), _of(le, values[0], values[2])])
    if op in COMPARE:
        return _of(COMPARE[op], *values)
    if op in ("casei", "accenti", "upper", "lower"):
        return _of(_TEXT_FUNCTIONS[op], *values)
    return _of(lambda left, right: _calculated(op, float(left), float(right)), *values)


_TEXT_FUNCTIONS: dict[str, Callable[[str], str]] = {
    "casei": str.casefold,
    "accenti": lambda text: text.translate(str.maketrans("ČÁÍčáí", "CAIcai")),
    "upper": str.upper,
    "lower": str.lower,
}


def _of(function: Callable[..., Any], *values: Any) -> Any:
    """A whole number beside a fraction is rounded to a double first, as SQL does."""
    if any(value is None for value in values):
        return None
    return function(*(map(float, values) if any(isinstance(value, float) for value in values) else values))


def _and(values: list[Any]) -> bool | None:
    return False if False in values else None if None in values else True


def _or(values: list[Any]) -> bool | None:
    return True if True in values else None if None in values else False


def _calculated(op: str, left: float, right: float) -> float | None:
    try:
        result = {
            "+": lambda: left + right,
            "-": lambda: left - right,
            "*": lambda: left * right,
            "/": lambda: left / right,
            "%": lambda: fmod(left, right),
            "div": lambda: float(trunc(left / right)),
            "^": lambda: left**right,
        }[op]()
    except (ArithmeticError, ValueError):
        return None
    return result if isinstance(result, float) and isfinite(result) else None
