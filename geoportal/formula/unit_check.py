"""The unit of what a formula gives, from the units of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from geoportal.formula.tree import Name, Number, Operation, Tree
from geoportal.formula.unit import Unit


@dataclass(frozen=True)
class _Measured:
    """``number``: the value of what consists of numbers alone, which has no unit until it meets one."""

    unit: Unit
    number: Fraction | None = None


def unit_of(tree: Tree, units: Mapping[str, Unit]) -> Unit:
    """The unit of ``tree``, whose names have ``units``. Numbers that multiply or divide convert: 100 x km²/km² are %.

    Raises ``ValueError`` where unlike things are added, and where a number makes everything nothing.
    """
    return _measured(tree, units).unit


def _measured(tree: Tree, units: Mapping[str, Unit]) -> _Measured:
    match tree:
        case Number(text):
            return _Measured(Unit(), Fraction(text))
        case Name(name):
            return _Measured(units[name])
        case Operation(sign, left, right):
            first, second = _measured(left, units), _measured(right, units)
            if first.number is not None and second.number is not None:
                return _Measured(Unit(), _number(sign, first.number, second.number))
            return _Measured(_added(first, second) if sign in "+-" else _multiplied(sign, first, second))


def _number(sign: str, left: Fraction, right: Fraction) -> Fraction:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / _not_zero(right)


def _multiplied(sign: str, left: _Measured, right: _Measured) -> Unit:
    """A value that is twice as large is told in a unit that is half as large."""
    first = left.unit if left.number is None else Unit(1 / _not_zero(left.number))
    second = right.unit if right.number is None else Unit(1 / _not_zero(right.number))
    return first * second if sign == "*" else first / second


def _not_zero(number: Fraction) -> Fraction:
    if number == 0:
        raise ValueError("multiplies or divides by 0")
    return number


def _added(left: _Measured, right: _Measured) -> Unit:
    """A bare number is taken in the unit of a share, as the 100 of ``100 - podil``; anything else must be alike."""
    measured = [part.unit for part in (left, right) if part.number is None]
    if len(measured) == 2 and measured[0] != measured[1]:
        raise ValueError(f"adds or subtracts unlike things, {measured[0]} and {measured[1]}")
    if len(measured) == 1 and measured[0].powers:
        raise ValueError(f"adds or subtracts a bare number and {measured[0]}")
    return measured[0]
