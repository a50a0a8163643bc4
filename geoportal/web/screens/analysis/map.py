"""The map of an answer as the page itself holds it: shapes alone, so that its legend and words stay the page's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from geoportal.figures.ground import Ground, Place
from geoportal.figures.svg import fragment
from geoportal.figures.typeface import Typeface
from geoportal.web.screens.analysis.answer import Figure

WIDTH = 480  # px; a page enlarges it as its column is wide
MARGIN = 6  # px, so that no line is cut
LINE = 22  # height of a line of the legend
BELOW_ZERO = 9  # radius of the hollow circle of the legend
TYPE = 1.1  # names are set for a phone; wider pages make them smaller again


@dataclass(frozen=True)
class CircleKey:
    """A circle of the legend, ``y`` its middle."""

    y: float
    radius: float
    label: str
    below_zero: bool = False


@dataclass(frozen=True)
class InlineMap:
    """``body``: what stands in an ``svg`` of ``width`` x ``height`` units.

    ``keys``: circles of the legend in the same units, so that they stay as large as those of the map; they take
    ``keys_height``, and the words beside them begin at ``keys_x``.
    """

    width: int
    height: int
    body: Markup
    figure: Figure
    keys: tuple[CircleKey, ...] = ()

    @property
    def keys_x(self) -> float:
        """Twice the widest circle, and the same again as a gap."""
        return 2 * max((key.radius for key in self.keys), default=0.0) + 2 * MARGIN

    @property
    def keys_height(self) -> int:
        """Where the last circle ends."""
        return round(self.keys[-1].y + max(self.keys[-1].radius, LINE / 2) + MARGIN) if self.keys else 0


def inline_map(figure: Figure, typeface: Typeface) -> InlineMap:
    """The map of ``figure``, as high as its area needs."""
    west, south, east, north = figure.subject.outlines.bounds
    room = WIDTH - 2 * MARGIN
    tall = round(room * (north - south) / (east - west))
    ground = Ground(figure.subject, Place(MARGIN, MARGIN, room, tall), typeface, TYPE)
    body = Markup(fragment(ground.groups()))  # noqa: S704 - it escapes
    return InlineMap(WIDTH, tall + 2 * MARGIN, body, figure, tuple(_keys(figure)))


def _keys(figure: Figure) -> Iterator[CircleKey]:
    y = float(MARGIN)
    for entry in figure.legend.circles:
        radius = entry.radius * TYPE
        room = max(radius, LINE / 2)
        yield CircleKey(y + room, radius, entry.label)
        y += 2 * room + MARGIN / 2
    if figure.legend.below_zero:
        yield CircleKey(y + LINE / 2, BELOW_ZERO, figure.legend.below_zero, below_zero=True)
