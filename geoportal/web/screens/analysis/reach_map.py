"""The map of who has an open service within reach: shares of people, or for obce whether they do."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from geoportal.analyses.reach import Reach, UnitReach
from geoportal.atlas.legend import ClassEntry
from geoportal.atlas.palette import sequential
from geoportal.figures.subject import Legend, StateEntry, Unit
from geoportal.web.screens.analysis.answer import Figure
from geoportal.web.screens.analysis.subject import counted, level_subject
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

STEP = 25  # percent; the classes are the same for every question, so that maps can be compared
SHARES = ("nobody", "to_25", "to_50", "to_75", "to_100")
YES_OR_NO = ("no", "doubtful", "yes")  # of an obec, all of whose people are counted at one point


def reach_figure(visit: Visit, found: Reach, label: str) -> Figure:
    """The map with its legend. Raises ``NotFound`` where the snapshot has no outlines of the level."""
    level, names = found.question.level, unit_names(visit.snapshot, found.question.level)
    classes = classes_of(level)
    colours = sequential(len(classes))
    units = [_unit(visit, one, names[one.code], level) for one in found.units]
    how_many, held = counted(visit, level), Counter(unit.mark for unit in units)
    missing = sum(unit.value is None for unit in units)
    legend = Legend(
        title=visit.say("analysis.reach.legend." + ("obec" if level == "obec" else "share")),
        classes=[
            (ClassEntry(colour, visit.say("analysis.reach.class." + name), held[at]), how_many(held[at]))
            for at, (name, colour) in enumerate(zip(classes, colours, strict=True))
        ],
        circles=(),
        below_zero="",
        states=[StateEntry("missing", visit.say("status.missing"), how_many(missing))] if missing else (),
    )
    return Figure(level_subject(visit, level, units, colours), legend, label)


def classes_of(level: str) -> Sequence[str]:
    """The classes of a level, by the keys of their names."""
    return YES_OR_NO if level == "obec" else SHARES


def mark_of(one: UnitReach, level: str) -> int | None:
    """The class of a unit; None where it has no people or nothing is known of them."""
    if one.share is None:
        return None
    if level == "obec":
        return 2 if one.reached else 1 if one.doubtful else 0
    return math.ceil(round(one.share, 9) / STEP)


def _unit(visit: Visit, one: UnitReach, name: str, level: str) -> Unit:
    mark = mark_of(one, level)
    if mark is None:
        return Unit(one.code, f"{name}: {visit.say('status.missing')}", None, "missing", None)
    told = f"{visit.say.number(one.share or 0, 1)}\u00a0%"
    if level == "obec":
        told = visit.say("analysis.reach.class." + YES_OR_NO[mark])
    return Unit(one.code, f"{name}: {told}", one.share, "incomplete" if one.unknown else "ok", mark)
