"""CQL2 JSON to a tree; the place of each part is its path from the root, ``$``."""

from __future__ import annotations

from typing import Any

import orjson

from geoportal.errors import InvalidParameter, alternatives
from geoportal.query.cql2 import literals
from geoportal.query.cql2.limits import Limits, refusal
from geoportal.query.cql2.operators import ALL, JSON_NAMES, check_count
from geoportal.query.cql2.tree import Array, Call, Literal, Node, Property, joined

_OPERATORS = {JSON_NAMES.get(op, op): op for op in ALL}
_MEMBERS = ("bbox", "date", "interval", "op", "property", "timestamp", "type")


def parse_json(text: str, limits: Limits) -> Node:
    """The tree of a filter in CQL2 JSON. Raises ``InvalidParameter`` with the path of what is wrong."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidParameter(f"filter, line {error.lineno}, column {error.colno}: not JSON ({error.msg})") from None
    return _node(value, "$", limits, 1)


def _node(value: Any, at: str, limits: Limits, level: int) -> Node:
    if level > limits.depth:
        raise refusal(at[:80], f"the filter is nested deeper than {limits.depth} levels")
    if isinstance(value, dict):
        return _object(value, at, limits, level)
    if isinstance(value, list):
        return Array(_nodes(value, at, limits, level), at)
    if isinstance(value, str | bool):
        return Literal(value, at)
    if value is None:
        raise refusal(at, "null is not a value; use the operator 'isNull'")
    return literals.number(value, at)


def _nodes(values: list[Any], at: str, limits: Limits, level: int) -> tuple[Node, ...]:
    if len(values) > limits.entries:
        raise refusal(at, f"the list has more than {limits.entries} entries")
    return tuple(_node(value, f"{at}[{index}]", limits, level + 1) for index, value in enumerate(values))


def _object(value: dict[str, Any], at: str, limits: Limits, level: int) -> Node:
    if "op" in value:
        return _call(value, at, limits, level)
    if "property" in value:
        return Property(_text(value["property"], f"{at}.property"), at)
    if "date" in value:
        return literals.day(_text(value["date"], f"{at}.date"), at)
    if "timestamp" in value:
        return literals.timestamp(_text(value["timestamp"], f"{at}.timestamp"), at)
    if "interval" in value:
        return _interval(value["interval"], at)
    if "bbox" in value:
        return literals.box(_numbers(value["bbox"], f"{at}.bbox"), at)
    if "type" in value:
        return literals.geometry_from_geojson(value, at, limits)
    wrong = next(iter(value), "")
    raise refusal(at, f"an object with '{wrong}' is not a part of CQL2; {alternatives(wrong, _MEMBERS)}")


def _call(value: dict[str, Any], at: str, limits: Limits, level: int) -> Node:
    name, args = _text(value["op"], f"{at}.op"), value.get("args")
    op = _OPERATORS.get(name)
    if op is None:
        raise refusal(f"{at}.op", f"'{name}' is not an operator; {alternatives(name, _OPERATORS, most=60)}")
    if not isinstance(args, list):
        raise refusal(at, f"'{name}' needs its operands as an array 'args'")
    check_count(op, len(args), at)
    nodes = _nodes(args, f"{at}.args", limits, level)
    if op == "in" and not isinstance(nodes[1], Array):
        raise refusal(f"{at}.args[1]", "'in' needs an array of values")
    return joined(op, list(nodes), at) if op in ("and", "or") else Call(op, nodes, at)


def _interval(value: Any, at: str) -> Node:
    if not isinstance(value, list) or len(value) != 2:
        raise refusal(f"{at}.interval", "an array of 2 ends is needed")
    start, end = (_bound(end, f"{at}.interval[{index}]") for index, end in enumerate(value))
    return literals.interval(start, end, at)


def _bound(value: Any, at: str) -> Literal | Property | None:
    if isinstance(value, dict) and "property" in value:
        return Property(_text(value["property"], f"{at}.property"), at)
    return literals.instant(_text(value, at), at)


def _text(value: Any, at: str) -> str:
    if not isinstance(value, str):
        raise refusal(at, "a text is needed")
    return value


def _numbers(value: Any, at: str) -> list[float]:
    if not isinstance(value, list) or not all(type(part) in (int, float) for part in value):
        raise refusal(at, "an array of numbers is needed")
    return [float(part) for part in value]
