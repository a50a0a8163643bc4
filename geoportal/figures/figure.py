"""The whole picture: title above, map and legend side by side, source and address at the foot."""

from __future__ import annotations

from geoportal.figures.drawing import Box, Drawing, Group, Item, Paint, Stroke, Words
from geoportal.figures.ground import Ground, Place
from geoportal.figures.legend import legend_group
from geoportal.figures.look import INK, PAPER, QUIET, RULE, Size
from geoportal.figures.subject import Captions, Legend, Subject
from geoportal.figures.typeface import Typeface

TITLES = (34.0, 28.0, 23.0)  # sizes of type: the largest in which the title takes two lines at most
LEAD, NOTE = 19.0, 14.0
LINE = 1.3  # of the size of the type
MARGIN, GAP = 36.0, 20.0  # px
LEGEND = 265.0  # width in px


def compose(subject: Subject, legend: Legend, captions: Captions, size: Size, typeface: Typeface) -> Drawing:
    """The drawing of ``subject``; equal arguments give an equal one."""
    head, top = _head(captions, size, typeface)
    foot, bottom = _foot(captions, size, typeface)
    wide = LEGEND * size.type
    across = size.width - 2 * MARGIN
    ground = Ground(
        subject,
        Place(MARGIN, top + GAP, across - wide - GAP, bottom - top - 2 * GAP),
        typeface,
        size.type,
    )
    beside = Place(size.width - MARGIN - wide, top + GAP, wide, bottom - top - 2 * GAP)
    paper = Group("papir", (Box(0, 0, size.width, size.height, Paint(PAPER)),))
    key = legend_group(legend, list(subject.colours), beside, typeface, size.type)
    groups = (paper, head, *ground.groups(), key, foot)
    return Drawing(size.width, size.height, captions.title, captions.description, captions.language, groups)


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
    """The notes under a rule, and where they begin."""
    room, text = size.width - 2 * MARGIN, NOTE * size.type
    most = 1 if size.brief else 4
    lines = [line for note in captions.notes for line in typeface.lines(note, text, room, most=most)]
    top = size.height - MARGIN * 0.6 - len(lines) * text * LINE
    rule = Stroke(MARGIN, top - 8, size.width - MARGIN, top - 8, Paint(stroke=RULE))
    words = (Words(MARGIN, top + (n + 1) * text * LINE - text * 0.3, line, text, QUIET) for n, line in enumerate(lines))
    return Group("zdroj", (rule, *words)), top - 8
