"""The whole picture: title above, maps with their legends, source and address at the foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoportal.figures.drawing import Box, Drawing, Group, Item, Paint, Stroke, Words
from geoportal.figures.ground import Ground, Place
from geoportal.figures.legend import legend_group, legend_height, parted
from geoportal.figures.look import INK, PAPER, QUIET, RULE, Size
from geoportal.figures.subject import Captions, Legend, Subject
from geoportal.figures.typeface import Typeface

TITLES = (34.0, 28.0, 23.0)  # sizes of type: the largest in which the title takes two lines at most
LEAD, NAME = 19.0, 18.0
NOTES, FEW = (14.0, 12.0), 4  # sizes of type: the largest in which the notes take no more than so many lines
LINE = 1.3  # of the size of the type
MARGIN, GAP = 36.0, 20.0  # px
LEGEND = 265.0  # width in px
NARROW = 205.0  # width of the legend beside one of two maps


@dataclass(frozen=True)
class Panel:
    """A map with its legends; ``title`` stands above it where a picture has two maps."""

    subject: Subject
    legends: Sequence[Legend]
    title: str = ""


def compose(subject: Subject, legend: Legend, captions: Captions, size: Size, typeface: Typeface) -> Drawing:
    """The drawing of ``subject``; equal arguments give an equal one."""
    return compose_panels((Panel(subject, (legend,)),), captions, size, typeface)


def compose_panels(panels: Sequence[Panel], captions: Captions, size: Size, typeface: Typeface) -> Drawing:
    """The drawing of one map or of several side by side; equal arguments give an equal one."""
    head, top = _head(captions, size, typeface)
    foot, bottom = _foot(captions, size, typeface)
    across = (size.width - 2 * MARGIN - (len(panels) - 1) * 2 * GAP) / len(panels)
    below = min(across, LEGEND * 1.2 * size.type)
    tallest = max(legend_height(panel.legends, below, typeface, size.type) for panel in panels)
    under = Place(0, 0, below, tallest) if len(panels) > 1 else None
    inside: list[Group] = []
    for number, panel in enumerate(panels):
        left = MARGIN + number * (across + 2 * GAP)
        place = Place(left, top + GAP, across, bottom - top - 2 * GAP)
        suffix = f"-{number + 1}" if number else ""
        inside += _panel(panel, place, typeface, size.type, suffix, under)
    paper = Group("papir", (Box(0, 0, size.width, size.height, Paint(PAPER)),))
    groups = (paper, head, *inside, foot)
    return Drawing(size.width, size.height, captions.title, captions.description, captions.language, groups)


def _panel(
    panel: Panel, place: Place, typeface: Typeface, scale: float, suffix: str, under: Place | None
) -> Iterator[Group]:
    """The legend stands beside the map; of several maps below it in the size of ``under``, where they get larger so."""
    if under:
        named = _named(panel.title, place, typeface, scale, suffix)
        yield named
        tall = len(named.items) * NAME * scale * LINE + 8
        place = Place(place.x, place.y + tall, place.width, place.height - tall)
    wide = (NARROW if under else LEGEND) * scale
    columns = _columns(panel.legends, Place(0, 0, wide, place.height), typeface, scale)
    edge = place.x + place.width - len(columns) * (wide + GAP)
    land = Place(place.x, place.y, edge - place.x, place.height)
    keys = [Place(edge + GAP + n * (wide + GAP), place.y, wide, place.height) for n in range(len(columns))]
    ground = Ground(panel.subject, land, typeface, scale, suffix)
    if under:
        land = Place(place.x, place.y, place.width, max(place.height - under.height - GAP, 1.0))
        above = Ground(panel.subject, land, typeface, scale, suffix)
        if above.scale > ground.scale:
            ground, columns = above, [panel.legends]
            keys = [Place(place.x, place.y + place.height - under.height, under.width, under.height)]
    yield from ground.groups()
    yield legend_group(list(zip(columns, keys, strict=True)), typeface, scale, "legenda" + suffix)


def _columns(legends: Sequence[Legend], place: Place, typeface: Typeface, scale: float) -> list[Sequence[Legend]]:
    """The legends one below another where ``place`` is high enough for that, otherwise in two columns."""
    parts = [part for legend in legends for part in parted(legend)]
    if len(parts) == 1 or legend_height(legends, place.width, typeface, scale) <= place.height:
        return [legends]
    return [parts[:1], parts[1:]]


def _named(title: str, place: Place, typeface: Typeface, scale: float, suffix: str) -> Group:
    size = NAME * scale
    lines = typeface.lines(title, size, place.width, bold=True, most=2)
    step = size * LINE
    words = (Words(place.x, place.y + (n + 0.75) * step, line, size, INK, bold=True) for n, line in enumerate(lines))
    return Group("nazev-mapy" + suffix, tuple(words))


def _head(captions: Captions, size: Size, typeface: Typeface) -> tuple[Group, float]:
    """Title and lead, and where they end."""
    room = size.width - 2 * MARGIN
    wanted = (text * size.type for text in TITLES)
    smallest = TITLES[-1] * size.type
    chosen = next((t for t in wanted if len(typeface.lines(captions.title, t, room, bold=True)) <= 2), smallest)
    titles = typeface.lines(captions.title, chosen, room, bold=True, most=2)
    leads = typeface.lines(captions.lead, LEAD * size.type, room, most=2) if captions.lead else []
    items: list[Item] = []
    y = MARGIN * 0.7
    for lines, text, colour, bold in ((titles, chosen, INK, True), (leads, LEAD * size.type, QUIET, False)):
        for line in lines:
            y += text * LINE
            items.append(Words(MARGIN, y - text * 0.25, line, text, colour, bold))
        y += 4
    return Group("nadpis", tuple(items)), y


def _foot(captions: Captions, size: Size, typeface: Typeface) -> tuple[Group, float]:
    """The notes under a rule, and where they begin. Nothing of them is cut: licences ask for sources to be named."""
    room = size.width - 2 * MARGIN
    for wanted in NOTES:
        text = wanted * size.type
        lines = [line for note in captions.notes for line in typeface.lines(note, text, room)]
        if len(lines) <= FEW:
            break
    top = size.height - MARGIN * 0.6 - len(lines) * text * LINE
    rule = Stroke(MARGIN, top - 8, size.width - MARGIN, top - 8, Paint(stroke=RULE))
    words = (Words(MARGIN, top + (n + 1) * text * LINE - text * 0.3, line, text, QUIET) for n, line in enumerate(lines))
    return Group("zdroj", (rule, *words)), top - 8
