"""A drawing: shapes and words in px from the upper left corner, which each writer of a format puts in its own terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

Pattern = Literal["missing", "confidential"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Paint:
    """How a shape is filled and lined; ``pattern`` stands in place of ``fill``, ``width`` and ``dash`` are in px.

    ``opacity`` is that of the fill, ``line_opacity`` that of the stroke.
    """

    fill: str | None = None
    stroke: str | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    line_opacity: float = 1.0
    pattern: Pattern | None = None


@dataclass(frozen=True)
class Area:
    """Closed rings (each n x 2, its last point not repeated), filled by the even-odd rule.

    ``code`` and ``told``: the territorial unit that it shows, and what is said of it.
    """

    rings: tuple[np.ndarray, ...]
    paint: Paint
    code: str = ""
    told: str = ""


@dataclass(frozen=True)
class Line:
    """Open lines, each n x 2."""

    parts: tuple[np.ndarray, ...]
    paint: Paint


@dataclass(frozen=True)
class Circle:
    """A circle, with the territorial unit that it shows."""

    x: float
    y: float
    radius: float
    paint: Paint
    code: str = ""
    told: str = ""


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    paint: Paint


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    paint: Paint


@dataclass(frozen=True)
class Words:
    """One line of text on the baseline ``y``; ``halo`` keeps it readable over a map, ``turned`` lets it run upwards."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    anchor: Anchor = "start"
    halo: bool = False
    turned: bool = False


Item = Area | Line | Circle | Box | Stroke | Words


@dataclass(frozen=True)
class Group:
    """Items drawn one after another; ``name`` is for people who go on drawing, outside of ``window`` nothing is seen.

    ``window``: left, top, width, height in px.
    """

    name: str
    items: tuple[Item, ...]
    window: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Drawing:
    """A picture ``width`` x ``height`` px. ``title`` and ``description`` are for readers who do not see it."""

    width: int
    height: int
    title: str
    description: str
    language: str
    groups: tuple[Group, ...]
