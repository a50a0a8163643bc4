"""The map of an answer over the units of a level, with the boundaries and towns that pictures of indicators have."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geoportal.errors import NotFound, alternatives
from geoportal.figures.ground import seats_in_order
from geoportal.figures.subject import Subject, Unit
from geoportal.site import LEVELS
from geoportal.snapshot.outlines import Outlines, read_outlines, read_seats
from geoportal.web.screens.picture.screen import ABOVE, NAMED
from geoportal.web.screens.visit import Visit

Counted = Callable[[int], str]


def level_outlines(visit: Visit, level: str) -> Outlines:
    """The outlines of a level. Raises ``NotFound`` where the snapshot has none."""
    outlines = read_outlines(visit.snapshot.folder, level)
    if outlines is None:
        held = [one for one in LEVELS if read_outlines(visit.snapshot.folder, one)]
        raise NotFound(f"there are no outlines of level '{level}'; {alternatives(level, held)}")
    return outlines


def level_subject(
    visit: Visit, level: str, units: Sequence[Unit], colours: Sequence[str], largest: float = 1.0
) -> Subject:
    """The map of ``units``, which are in the order of codes; circles without ``colours``."""
    folder = visit.snapshot.folder
    return Subject(
        units=tuple(units),
        outlines=level_outlines(visit, level),
        above=read_outlines(folder, ABOVE.get(level, "")),
        towns=seats_in_order(*(read_seats(folder, one) for one in NAMED)),
        colours=tuple(colours),
        largest=largest,
    )


def counted(visit: Visit, level: str) -> Counted:
    """What says how many units of a level there are."""
    return lambda count: visit.say("atlas.units." + level, count=count)
