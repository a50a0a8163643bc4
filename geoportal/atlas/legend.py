"""What stands beside a map: classes with ranges in words, counts and colours, or the sizes of circles."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from geoportal.atlas.classes import Classes
from geoportal.atlas.numbers import needed_decimals, number
from geoportal.atlas.palette import class_colours

LARGEST_RADIUS_PX = 28.0
TO = {"cs": "až", "en": "to"}  # a dash would be read as a minus sign


@dataclass(frozen=True)
class ClassEntry:
    """One class: its colour, its range in words, how many units are in it."""

    colour: str
    label: str
    count: int


@dataclass(frozen=True)
class CircleEntry:
    """One circle of the scale: its radius in px and the value it stands for."""

    radius: float
    label: str


def class_entries(
    classes: Classes, decimals: int = 0, language: str = "cs", palette: str | None = None
) -> list[ClassEntry]:
    """The classes from the lowest; ends are written as the values themselves are, inner edges exactly, zero as 0."""
    if not classes.counts:
        return []
    inner = classes.edges[1:-1]
    shown = needed_decimals(inner)
    between = (number(edge, shown if edge else 0, language) for edge in inner)
    lowest, highest = (_end(classes.edges[end], decimals, language) for end in (0, -1))
    texts = [lowest, *between, highest]
    return [
        ClassEntry(colour, "0" if i == classes.zeros else _range(texts[i], texts[i + 1], language), classes.counts[i])
        for i, colour in enumerate(class_colours(classes, palette))
    ]


def _end(value: float, decimals: int, language: str) -> str:
    """The lowest or highest value; a whole one without decimals, as the round edges beside it."""
    return number(value, needed_decimals((round(value, decimals),), decimals), language)


def _range(low: str, high: str, language: str) -> str:
    return low if low == high else f"{low} {TO.get(language, '–')} {high}"


def largest(values: Iterable[float]) -> float:
    """The largest magnitude, which gets the largest circle; 1 when all are zero or there are none."""
    return max((abs(value) for value in values), default=0.0) or 1.0


def radius(value: float, largest_value: float) -> float:
    """The radius in px of the circle whose area is proportional to the magnitude of ``value``."""
    return LARGEST_RADIUS_PX * math.sqrt(abs(value) / largest_value)


def circle_entries(values: Iterable[float], language: str = "cs") -> list[CircleEntry]:
    """Three circles for round values up to the largest magnitude, the largest first; fewer where values are small."""
    top = largest(values)
    steps = [_round_down(top / share) for share in (1, 4, 20)]
    return [
        CircleEntry(round(radius(value, top), 1), number(value, needed_decimals((value,)), language))
        for value in dict.fromkeys(step for step in steps if step > 0)
    ]


def _round_down(value: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above ``value``."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(digit * power for digit in (5, 2, 1) if digit * power <= value * (1 + 1e-12))
