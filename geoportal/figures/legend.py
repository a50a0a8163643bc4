"""The legend of a picture: classes with their ranges and counts, or circles; then units without a value."""

from __future__ import annotations

from collections.abc import Iterator

from geoportal.figures.drawing import Box, Circle, Group, Item, Paint, Words
from geoportal.figures.ground import INCOMPLETE, Place, circle_paint
from geoportal.figures.look import INK, PAPER, QUIET
from geoportal.figures.subject import Legend, StateEntry
from geoportal.figures.typeface import Typeface

TITLE, TEXT = 17.0, 16.0  # sizes of type
ROW, SWATCH, GAP = 30.0, 34.0, 10.0  # px


class _Column:
    """Rows from the top of ``place`` down."""

    def __init__(self, place: Place, typeface: Typeface, scale: float) -> None:
        self.place, self.typeface, self.scale = place, typeface, scale
        self.y = place.y

    def title(self, text: str) -> Iterator[Item]:
        size = TITLE * self.scale
        for line in self.typeface.lines(text, size, self.place.width, bold=True, most=3):
            self.y += size * 1.3
            yield Words(self.place.x, self.y - size * 0.3, line, size, INK, bold=True)
        self.y += GAP * self.scale

    def row(self, paint: Paint, label: str, count: str) -> Iterator[Item]:
        step, size = ROW * self.scale, TEXT * self.scale
        tall = step * 0.66
        yield Box(self.place.x, self.y + (step - tall) / 2, SWATCH * self.scale, tall, paint)
        left = self.place.x + (SWATCH + GAP) * self.scale
        room = self.place.width - (SWATCH + GAP) * self.scale
        wide = self.typeface.width(count, size)
        base = self.y + step / 2 + size * 0.34
        if self.typeface.width(label, size) + GAP + wide <= room:
            yield Words(left, base, label, size, INK)
            yield Words(self.place.x + self.place.width, base, count, size, QUIET, anchor="end")
        else:
            yield Words(left, base, self.typeface.cut(label, size, room), size, INK)
            self.y += size * 1.2
            yield Words(left, self.y + step / 2 + size * 0.34, self.typeface.cut(count, size, room), size, QUIET)
        self.y += step

    def circle(self, radius: float, paint: Paint, label: str, widest: float) -> Iterator[Item]:
        size, r = TEXT * self.scale, radius * self.scale
        tall = max(2 * r, size * 1.3)
        x = self.place.x + widest * self.scale
        yield Circle(x, self.y + tall / 2, r, paint)
        yield Words(x + (widest + GAP) * self.scale, self.y + tall / 2 + size * 0.34, label, size, INK)
        self.y += tall + 4 * self.scale


def legend_group(legend: Legend, colours: list[str], place: Place, typeface: Typeface, scale: float) -> Group:
    """The legend in ``place``; swatches have the colours of the map."""
    column = _Column(place, typeface, scale)
    items = list(column.title(legend.title))
    for (entry, count), colour in zip(legend.classes, colours, strict=True):
        items += column.row(Paint(colour, QUIET, 0.8), entry.label, count)
    widest = max((entry.radius for entry in legend.circles), default=0.0)
    for circle in legend.circles:
        items += column.circle(circle.radius, circle_paint(False), circle.label, widest)
    if legend.below_zero:
        items += column.circle(min(widest, 10.0), circle_paint(True), legend.below_zero, widest)
    column.y += GAP * scale
    for state in legend.states:
        items += column.row(_state_paint(state), state.label, state.count)
    return Group("legenda", tuple(items))


def _state_paint(state: StateEntry) -> Paint:
    if state.status == "incomplete":
        return Paint(PAPER, QUIET, 0.8, INCOMPLETE)
    return Paint(stroke=QUIET, width=0.8, pattern="confidential" if state.status == "confidential" else "missing")
