"""The legend of a picture: classes, circles or a square of two indicators; units without a value; what lies above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geoportal.figures.cover import PIN, area_paint, line_paint, pin
from geoportal.figures.drawing import Box, Circle, Group, Item, Paint, Stroke, Words
from geoportal.figures.ground import INCOMPLETE, Place, circle_paint
from geoportal.figures.look import INK, PAPER, QUIET
from geoportal.figures.subject import Legend, Look, Square, StateEntry
from geoportal.figures.typeface import Typeface

TITLE, TEXT = 17.0, 16.0  # sizes of type
ROW, SWATCH, GAP = 30.0, 34.0, 10.0  # px
CELL, SMALL = 46.0, 14.0  # of a square of two indicators: side of a colour, size of the words along its axes
SMALLER = (1.0, 0.9, 0.8, 0.7, 0.6)  # shares of the usual size of type
DARK = 0.179  # relative luminance at which white and black words stand out alike


class _Column:
    """Rows from the top of ``place`` down. ``scale`` enlarges the type, ``circles`` the circles, as on the map."""

    def __init__(self, place: Place, typeface: Typeface, scale: float, circles: float) -> None:
        self.place, self.typeface, self.scale, self.circles = place, typeface, scale, circles
        self.y = place.y

    def title(self, text: str) -> Iterator[Item]:
        size = TITLE * self.scale
        for line in self.typeface.lines(text, size, self.place.width, bold=True, most=3):
            self.y += size * 1.3
            yield Words(self.place.x, self.y - size * 0.3, line, size, INK, bold=True)
        self.y += GAP * self.scale

    def row(self, paint: Paint, label: str, count: str) -> Iterator[Item]:
        step = ROW * self.scale
        tall = step * 0.66
        yield Box(self.place.x, self.y + (step - tall) / 2, SWATCH * self.scale, tall, paint)
        yield from self._told(label, count)

    def layer(self, look: Look, label: str) -> Iterator[Item]:
        step, wide = ROW * self.scale, SWATCH * self.scale
        x, y = self.place.x, self.y + step / 2
        if look.geometry == "point":
            yield from pin(x + wide / 2, y, look, min(self.scale, step / 2 / PIN))
        elif look.geometry == "line":
            yield Stroke(x, y, x + wide, y, line_paint(look, self.scale))
        else:
            yield Box(x, y - step * 0.33, wide, step * 0.66, area_paint(look, self.scale))
        yield from self._told(label, "")

    def pair(self, name: str, value: str) -> Iterator[Item]:
        size = TEXT * self.scale
        self.y += size * 1.4
        wide = self.typeface.width(value, size)
        room = self.place.width - wide - GAP
        yield Words(self.place.x, self.y - size * 0.3, self.typeface.cut(name, size, room, bold=True), size, INK, True)
        yield Words(self.place.x + self.place.width, self.y - size * 0.3, value, size, INK, anchor="end")

    def square(self, square: Square) -> Iterator[Item]:
        size, cell = SMALL * self.scale, CELL * self.scale
        side = len(square.colours) * cell
        lines = self.typeface.lines(square.upwards + " →", size, side, most=3)
        left = self.place.x + len(lines) * size * 1.2 + 4
        bottom = self.y + side
        for number, line in enumerate(lines, start=1):
            yield Words(self.place.x + number * size * 1.2 - size * 0.2, bottom, line, size, INK, turned=True)
        for row, colours in enumerate(square.colours):
            for column, colour in enumerate(colours):
                x, y = left + column * cell, bottom - (row + 1) * cell
                yield Box(x, y, cell - 1, cell - 1, Paint(colour))
                ink = PAPER if luminance(colour) < DARK else INK
                told = str(square.counts[row][column])
                yield Words(x + cell / 2, y + cell / 2 + size * 0.34, told, size, ink, bold=True, anchor="middle")
        self.y = bottom
        room = self.place.x + self.place.width - left
        for line in self.typeface.lines(square.across + " →", size, room, most=3):
            self.y += size * 1.25
            yield Words(left, self.y, line, size, INK)
        self.y += GAP * self.scale

    def _told(self, label: str, count: str) -> Iterator[Item]:
        """Words beside a swatch; the count has a line of its own where both would not go into one."""
        step, size = ROW * self.scale, TEXT * self.scale
        left = self.place.x + (SWATCH + GAP) * self.scale
        room = self.place.width - (SWATCH + GAP) * self.scale
        wide = self.typeface.width(count, size)
        base = self.y + step / 2 + size * 0.34
        if not count:
            lines = self.typeface.lines(label, size, room, most=2)
            yield from (Words(left, base + n * size * 1.2, line, size, INK) for n, line in enumerate(lines))
            self.y += (len(lines) - 1) * size * 1.2
        elif self.typeface.width(label, size) + GAP + wide <= room:
            yield Words(left, base, label, size, INK)
            yield Words(self.place.x + self.place.width, base, count, size, QUIET, anchor="end")
        else:
            yield Words(left, base, self.typeface.cut(label, size, room), size, INK)
            self.y += size * 1.2
            yield Words(left, self.y + step / 2 + size * 0.34, self.typeface.cut(count, size, room), size, QUIET)
        self.y += step

    def circle(self, radius: float, paint: Paint, label: str, widest: float) -> Iterator[Item]:
        size, r = TEXT * self.scale, radius * self.circles
        tall = max(2 * r, size * 1.3)
        x = self.place.x + widest * self.circles
        yield Circle(x, self.y + tall / 2, r, paint)
        yield Words(x + widest * self.circles + GAP * self.scale, self.y + tall / 2 + size * 0.34, label, size, INK)
        self.y += tall + 4 * self.scale


def legend_group(
    columns: Sequence[tuple[Sequence[Legend], Place]], typeface: Typeface, scale: float, name: str = "legenda"
) -> Group:
    """The legends of each column in its place, all in smaller type where they would run out of it."""

    def fit(size: float) -> bool:
        return all(legend_height(held, at.width, typeface, size, scale) <= at.height for held, at in columns)

    size = next(filter(fit, (scale * share for share in SMALLER)), scale * SMALLER[-1])
    made = [(_Column(place, typeface, size, scale), legends) for legends, place in columns]
    return Group(name, tuple(item for column, held in made for legend in held for item in _entries(column, legend)))


def parted(legend: Legend) -> list[Legend]:
    """What the map itself shows, and apart from that what lies above it and which units are chosen, if any."""
    if not legend.layers and not legend.chosen:
        return [legend]
    above = Legend("", [], [], "", [], layers=legend.layers, chosen=legend.chosen, chosen_title=legend.chosen_title)
    return [replace(legend, layers=(), chosen=()), above]


def legend_height(
    legends: Sequence[Legend], width: float, typeface: Typeface, scale: float, circles: float | None = None
) -> float:
    """How many px the legends take in a column so wide."""
    column = _Column(Place(0, 0, width, 0), typeface, scale, circles or scale)
    for legend in legends:
        for _ in _entries(column, legend):
            pass
    return column.y


def _entries(column: _Column, legend: Legend) -> Iterator[Item]:
    scale = column.scale
    if legend.title:
        yield from column.title(legend.title)
    if legend.square:
        yield from column.square(legend.square)
    for entry, count in legend.classes:
        yield from column.row(Paint(entry.colour, QUIET, 0.8), entry.label, count)
    yield from _circles(column, legend)
    column.y += GAP * scale
    for state in legend.states:
        yield from column.row(_state_paint(state), state.label, state.count)
    for look, label in legend.layers:
        yield from column.layer(look, label)
    if legend.chosen:
        column.y += GAP * scale
        yield from column.title(legend.chosen_title)
        column.y -= GAP * scale
    for name, value in legend.chosen:
        yield from column.pair(name, value)
    column.y += GAP * scale


def _circles(column: _Column, legend: Legend) -> Iterator[Item]:
    widest = max((entry.radius for entry in legend.circles), default=0.0)
    for circle in legend.circles:
        yield from column.circle(circle.radius, circle_paint(False, legend.circle), circle.label, widest)
    if legend.below_zero:
        yield from column.circle(min(widest, 10.0), circle_paint(True), legend.below_zero, widest)


def _state_paint(state: StateEntry) -> Paint:
    if state.status == "incomplete":
        return Paint(PAPER, QUIET, 0.8, INCOMPLETE)
    return Paint(stroke=QUIET, width=0.8, pattern="confidential" if state.status == "confidential" else "missing")


def luminance(colour: str) -> float:
    """The relative luminance of a hex colour (WCAG 2.2), from 0 to 1."""
    shares = (part / 255 for part in bytes.fromhex(colour[1:]))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
