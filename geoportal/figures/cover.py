"""What lies above the filled units of a picture: layers of points, lines and areas, and outlines of chosen units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import numpy as np

from geoportal.figures.drawing import Area, Circle, Group, Item, Line, Paint, Words
from geoportal.figures.look import INK, PAPER
from geoportal.figures.subject import Layer, Look

PIN, LETTER = 10.0, 13.0  # radius of a point's sign and size of its letter
FILL = 0.35  # opacity of an area above the map, through which the colours of units are seen
LINE = 0.9  # opacity of a line
RING, HALO = 3.0, 6.0  # widths of the line around a chosen unit
Window = tuple[float, float, float, float]
ToPx = Callable[[np.ndarray], np.ndarray]


def layer_group(layer: Layer, at: ToPx, scale: float, window: Window, suffix: str) -> Group:
    """The features of ``layer``; ``at`` turns metres to px."""
    look = layer.look
    if look.geometry == "point":
        places = (tuple(at(part)[0].tolist()) for part in layer.parts)
        items = [item for x, y in places for item in pin(x, y, look, scale)]
    elif look.geometry == "line":
        items = [Line(tuple(map(at, layer.parts)), line_paint(look, scale))]
    else:
        items = list(_areas(layer, at, scale))
    return Group(f"vrstva-{layer.id}{suffix}", tuple(items), window)


def _areas(layer: Layer, at: ToPx, scale: float) -> Iterator[Item]:
    pairs = zip(layer.features, layer.parts, strict=True)
    for _, held in groupby(pairs, key=lambda pair: pair[0]):
        yield Area(tuple(at(part)[:-1] for _, part in held), area_paint(layer.look, scale))


def line_paint(look: Look, scale: float) -> Paint:
    """How lines of a layer are drawn."""
    return Paint(stroke=look.colour, width=look.width * scale, line_opacity=LINE * look.opacity)


def area_paint(look: Look, scale: float) -> Paint:
    """How areas of a layer are drawn."""
    fill = look.colour if look.filled else None
    return Paint(fill, look.colour, look.width * scale, opacity=FILL * look.opacity, line_opacity=look.opacity)


def pin(x: float, y: float, look: Look, scale: float) -> tuple[Item, ...]:
    """The sign of a point: a disc with its letter."""
    disc = Paint(look.colour, PAPER, 1.5 * scale, opacity=look.opacity, line_opacity=look.opacity)
    size = LETTER * scale
    letter = Words(x, y + size * 0.34, look.letter or "•", size, PAPER, bold=True, anchor="middle")
    return Circle(x, y, PIN * scale, disc), letter


def chosen_group(rings: list[tuple[np.ndarray, ...]], scale: float, suffix: str) -> Group:
    """Lines around the chosen units, each given by its rings in px; the halo keeps them apart from dark fills."""
    items = [
        Area(unit, Paint(stroke=colour, width=width * scale))
        for unit in rings
        for colour, width in ((PAPER, HALO), (INK, RING))
    ]
    return Group(f"vybrane{suffix}", tuple(items))
