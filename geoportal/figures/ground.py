"""The map of a picture: units filled or under circles, layers above, towns named, a bar that tells the scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geoportal.atlas.legend import radius
from geoportal.atlas.palette import CIRCLE, CIRCLE_BELOW_ZERO
from geoportal.figures.cover import PIN, chosen_group, layer_group
from geoportal.figures.drawing import Area, Circle, Group, Item, Paint, Pattern, Stroke, Words
from geoportal.figures.look import BOUNDARY, INK, PAPER, STRONG_BOUNDARY
from geoportal.figures.subject import Circles, Layer, Subject, Unit
from geoportal.figures.typeface import Typeface
from geoportal.snapshot.outlines import Outlines, Seat

INCOMPLETE = (4.0, 3.0)  # dashes
SMALLEST_CIRCLE = 2.0  # px
DOT = 3.0
TOWN = 16.0  # size of a town's name
BAR_SHARE = 0.2  # of the map's width that the bar of the scale takes at most
BAR_HEIGHT = 5.0


Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Place:
    """A box on the page in px: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Ground:
    """Metres to px: the outlines fill ``place`` as far as their shape lets them.

    ``type`` enlarges names and circles, ``suffix`` keeps the names of groups apart where a picture has two maps.
    """

    subject: Subject
    place: Place
    typeface: Typeface
    type: float = 1.0
    suffix: str = ""

    @property
    def scale(self) -> float:
        """Px in a metre."""
        west, south, east, north = self.subject.outlines.bounds
        return min(self.place.width / (east - west), self.place.height / (north - south))

    def at(self, metres: np.ndarray) -> np.ndarray:
        """Places in px (n x 2)."""
        west, south, east, north = self.subject.outlines.bounds
        middle = np.array([(west + east) / 2, (south + north) / 2])
        centre = np.array([self.place.x + self.place.width / 2, self.place.y + self.place.height / 2])
        moved: np.ndarray = (metres - middle) * [self.scale, -self.scale] + centre
        return moved

    def groups(self) -> tuple[Group, ...]:
        """All of the map, from the lowest."""
        above = self.subject.above
        lines = (Area(tuple(self._rings(above)), _line(STRONG_BOUNDARY, 1.6)),) if above else ()
        points = [layer for layer in self.subject.layers if layer.look.geometry == "point"]
        under = [layer for layer in self.subject.layers if layer.look.geometry != "point"]
        return (
            Group("uzemi" + self.suffix, tuple(self._units())),
            Group("hranice" + self.suffix, lines),
            *map(self._layer, under),
            Group("kruhy" + self.suffix, self.circles),
            *self._chosen(),
            *map(self._layer, points),
            Group("mesta" + self.suffix, tuple(self._towns())),
            Group("meritko" + self.suffix, self._bar()),
        )

    def _layer(self, layer: Layer) -> Group:
        place = self.place
        return layer_group(layer, self.at, self.type, (place.x, place.y, place.width, place.height), self.suffix)

    def _chosen(self) -> tuple[Group, ...]:
        owned = self._owned
        rings = [tuple(owned[position]) for position in self.subject.chosen]
        return (chosen_group(rings, self.type, self.suffix),) if rings else ()

    def _rings(self, outlines: Outlines) -> list[np.ndarray]:
        points = self.at(np.asarray(outlines.points))
        return [ring[:-1] for ring in np.split(points, outlines.rings[1:-1])]

    @cached_property
    def _owned(self) -> dict[int, list[np.ndarray]]:
        """The rings of each unit in px."""
        owned: dict[int, list[np.ndarray]] = {}
        outlines = self.subject.outlines
        for owner, ring in zip(outlines.units.tolist(), self._rings(outlines), strict=True):
            owned.setdefault(owner, []).append(ring)
        return owned

    def _units(self) -> Iterator[Area]:
        owned = self._owned
        plain: list[Area] = []
        marked: list[Area] = []
        for position, unit in enumerate(self.subject.units):
            held = marked if unit.status == "incomplete" else plain
            held.append(Area(tuple(owned[position]), self._paint(unit), unit.code, unit.told))
        yield from (*plain, *marked)  # a dashed line would vanish under a neighbour's

    def _paint(self, unit: Unit) -> Paint:
        pattern: Pattern | None = "confidential" if unit.status == "confidential" else "missing"
        if unit.value is None:
            return Paint(stroke=BOUNDARY, width=0.6, pattern=pattern)
        fill = PAPER if unit.mark is None else self.subject.colours[unit.mark]
        if unit.status == "incomplete":
            return Paint(fill, INK, 1.0, INCOMPLETE)
        return Paint(fill, BOUNDARY, 0.6)

    @cached_property
    def circles(self) -> tuple[Circle, ...]:
        """Circles from the largest, so that none is covered; none where areas are filled with nothing over them."""
        over = self.subject.over or Circles([unit.value for unit in self.subject.units], self.subject.largest, CIRCLE)
        if self.subject.colours and not self.subject.over:
            return ()
        known = [(value, place) for place, value in enumerate(over.values) if value]
        middles = self.at(np.asarray(self.subject.outlines.middles))
        circles = []
        for value, place in sorted(known, key=lambda pair: (-abs(pair[0]), pair[1])):
            unit, (x, y) = self.subject.units[place], middles[place].tolist()
            r = max(radius(value, over.largest) * self.type, SMALLEST_CIRCLE)
            circles.append(Circle(x, y, r, circle_paint(value < 0, over.colour), unit.code, unit.told))
        return tuple(circles)

    def _towns(self) -> Iterator[Item]:
        """Names that overlap neither one another nor signs of points, each beside its dot."""
        signs = list(self._signs())
        taken = signs[:]
        size = TOWN * self.type
        seats = set(self.subject.towns)
        for town in dict.fromkeys((*self._chosen_seats(), *self.subject.towns)):
            x, y = self.at(np.array([[town.x, town.y]]))[0].tolist()
            wide = self.typeface.width(town.name, size, bold=True)
            under = max((one.radius for one in self.circles if abs(one.x - x) < 1 and abs(one.y - y) < 1), default=0.0)
            covered = any(_overlap((x, y, x, y), sign) for sign in signs)
            box = self._free(x, y, max(under, DOT) + 3 + covered * self._sign, wide, size, taken)
            if box is None:
                continue
            taken.append(box)
            if not under and not covered and town in seats:
                yield Circle(x, y, DOT, Paint(INK, PAPER))
            yield Words(box[0], box[3] - size * 0.25, town.name, size, INK, bold=True, halo=True)

    @property
    def _sign(self) -> float:
        """The width of a point's sign in px."""
        return 2 * PIN * self.type

    def _signs(self) -> Iterator[Rectangle]:
        """Where the signs of points are."""
        half = self._sign / 2
        for layer in self.subject.layers:
            if layer.look.geometry == "point" and layer.parts:
                for x, y in self.at(np.concatenate(layer.parts)).tolist():
                    yield x - half, y - half, x + half, y + half

    def _chosen_seats(self) -> Iterator[Seat]:
        """Where the names of chosen units go: at the town of the same name, otherwise in the unit's middle."""
        seats = {town.name: town for town in self.subject.towns}
        middles = self.subject.outlines.middles
        for position in self.subject.chosen:
            name = self.subject.units[position].name
            yield seats.get(name) or Seat(name, *map(int, middles[position]))

    def _free(
        self, x: float, y: float, gap: float, wide: float, size: float, taken: list[Rectangle]
    ) -> Rectangle | None:
        """Where a name goes, ``gap`` from its town: right, left, above or below; None where all that is taken."""
        half = size / 2
        corners = (
            (x + gap, y - half), (x - gap - wide, y - half), (x - wide / 2, y - gap - size), (x - wide / 2, y + gap),
        )  # fmt: skip
        place = self.place
        for left, top in corners:
            box = (left, top, left + wide, top + size)
            inside = place.x <= left and box[2] <= place.x + place.width and place.y <= top
            if inside and not any(_overlap(box, other) for other in taken):
                return box
        return None

    def _bar(self) -> tuple[Item, ...]:
        metres = round_down(self.place.width * BAR_SHARE / self.scale)
        x, y, size = self.place.x, self.place.y + self.place.height, 14 * self.type
        end, top = x + metres * self.scale, y - BAR_HEIGHT
        line = Paint(stroke=INK, width=1.4)
        text = f"{metres // 1000}\u00a0km" if metres >= 1000 else f"{metres}\u00a0m"
        return (
            Stroke(x, y, end, y, line),
            Stroke(x, top, x, y, line),
            Stroke(end, top, end, y, line),
            Words(x + 5, y - BAR_HEIGHT - 1, text, size, INK, halo=True),
        )


def circle_paint(below_zero: bool, colour: str = CIRCLE) -> Paint:
    """Filled for what is there, hollow for what is less than nothing, as on the page."""
    if below_zero:
        return Paint(PAPER, CIRCLE_BELOW_ZERO, 2, INCOMPLETE, 0.75)
    return Paint(colour, PAPER, 1, opacity=0.75)


def round_down(metres: float) -> int:
    """The largest of 1, 2, 5 times a power of ten that is not above ``metres``, at least 1."""
    power = 10 ** (len(str(int(metres))) - 1)
    return next((digit * power for digit in (5, 2) if digit * power <= metres), power)


def seats_in_order(*levels: list[Seat]) -> tuple[Seat, ...]:
    """The seats of several levels, those of the first before the others, each once."""
    return tuple(dict.fromkeys(seat for seats in levels for seat in seats))


def _line(colour: str, width: float) -> Paint:
    return Paint(stroke=colour, width=width)


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
