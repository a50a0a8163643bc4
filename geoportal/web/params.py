"""Query parameters: each declared once, checked strictly, refused by name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import request

from geoportal.errors import InvalidParameter, alternatives

Parser = Callable[[str], Any]


@dataclass(frozen=True)
class Parameter:
    """A declared query parameter: what the API document says of it, and how its text is read.

    ``many``: it may be given several times, which means the same as one value with commas.
    """

    name: str
    description: str
    parse: Parser = str
    schema: dict[str, Any] = field(default_factory=lambda: {"type": "string"})
    required: bool = False
    many: bool = False


def read_declared(parameters: Iterable[Parameter]) -> dict[str, Any]:
    """The request's parameters as declared, an absent one None. Raises ``InvalidParameter``."""
    declared = {parameter.name: parameter for parameter in parameters}
    several = [name for name, parameter in declared.items() if parameter.many]
    values = read_params(several, **{name: parameter.parse for name, parameter in declared.items()})
    required(values, *(name for name, parameter in declared.items() if parameter.required))
    return values


def read_params(several: Iterable[str] = (), /, **parsers: Parser) -> dict[str, Any]:
    """The request's parameters, parsed; an absent one is None. One of ``several`` may be given more than once.

    Raises ``InvalidParameter`` for an unknown or repeated parameter, and whatever a parser raises.
    """
    values: dict[str, Any] = dict.fromkeys(parsers)
    for name, given in request.args.lists():
        if name not in parsers:
            raise InvalidParameter(f"unknown parameter '{name[:80]}'; {alternatives(name[:80], parsers)}")
        if len(given) > 1 and name not in several:
            raise InvalidParameter(f"parameter '{name}' is given {len(given)} times; once is allowed")
        values[name] = parsers[name](",".join(given))
    return values


def whole_parameter(name: str, description: str, low: int, high: int, **schema: Any) -> Parameter:
    """A declared whole number from ``low`` to ``high``."""
    bounds = {"type": "integer", "minimum": low, "maximum": high, **schema}
    return Parameter(name, description, whole(name, low, high), bounds)


def number_parameter(name: str, description: str, low: float, high: float, required: bool = False) -> Parameter:
    """A declared number from ``low`` to ``high``."""
    bounds = {"type": "number", "minimum": low, "maximum": high}
    return Parameter(name, description, number(name, low, high), bounds, required)


def choice_parameter(name: str, description: str, allowed: Iterable[str]) -> Parameter:
    """A declared choice of words."""
    words = list(allowed)
    return Parameter(name, description, choice(name, words), {"type": "string", "enum": words})


def whole(name: str, low: int, high: int) -> Parser:
    """A parser of whole numbers from ``low`` to ``high``."""

    def parse(text: str) -> int:
        if text.isascii() and text.isdecimal() and len(text) < 16 and low <= int(text) <= high:
            return int(text)
        raise InvalidParameter(f"{name}={text[:40]!r} is not a whole number from {low} to {high}")

    return parse


def number(name: str, low: float, high: float) -> Parser:
    """A parser of finite numbers from ``low`` to ``high``."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if low <= value <= high:
            return value
        raise InvalidParameter(f"{name}={text[:40]!r} is not a number from {low:g} to {high:g}")

    return parse


def choice(name: str, allowed: Iterable[str]) -> Parser:
    """A parser that lets through only ``allowed`` words."""
    words = list(allowed)

    def parse(text: str) -> str:
        if text in words:
            return text
        raise InvalidParameter(f"{name}={text[:80]!r} does not exist; {alternatives(text[:80], words)}")

    return parse


def required(values: dict[str, Any], *names: str) -> None:
    """Raises ``InvalidParameter`` for the first of ``names`` that was not given."""
    for name in names:
        if values[name] is None:
            raise InvalidParameter(f"parameter '{name}' is required")
