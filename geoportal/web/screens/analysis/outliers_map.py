"""The map of outliers: a colour for each kind of unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from geoportal.analyses.outliers import Kind
from geoportal.atlas.legend import ClassEntry
from geoportal.figures.subject import Legend, StateEntry, Unit
from geoportal.web.screens.analysis.answer import Figure
from geoportal.web.screens.analysis.outliers_asked import Found, Question
from geoportal.web.screens.analysis.subject import counted, level_subject
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

# Red for what is high and blue for what is low, pale where the neighbours are the opposite, as GeoDa draws them.
COLOURS: Mapping[Kind, str] = MappingProxyType(
    {
        "high-high": "#b2182b",
        "high-low": "#fdae61",
        "low-high": "#92c5de",
        "low-low": "#2166ac",
        "insignificant": "#eceeed",
        "alone": "#c3c9c6",
    }
)


def outliers_figure(visit: Visit, asked: Question, found: Found, title: str) -> Figure:
    """The map with its legend; kinds without a unit keep their place in it, but for units without neighbours."""
    say, names, kinds = visit.say, unit_names(visit.snapshot, asked.level), found.outliers.kinds
    shown = [kind for kind in COLOURS if kind != "alone" or "alone" in kinds]
    units = []
    for one, kind in zip(found.values, kinds, strict=True):
        said = say("status." + one.status) if one.value is None else say("analysis.outliers.kinds." + kind)
        mark = shown.index(kind) if kind in shown else None
        units.append(Unit(one.code, f"{names[one.code]}: {said}", one.value, one.status, mark))
    colours = [COLOURS[kind] for kind in shown]
    counts, how_many = Counter(kinds), counted(visit, asked.level)
    states = Counter(one.status for one in found.values if one.status != "ok")
    legend = Legend(
        title=say("analysis.outliers.legend"),
        classes=[
            (ClassEntry(COLOURS[kind], say("analysis.outliers.kinds." + kind), counts[kind]), how_many(counts[kind]))
            for kind in shown
        ],
        circles=(),
        below_zero="",
        states=[StateEntry(one, say("status." + one), how_many(count)) for one, count in sorted(states.items())],
    )
    return Figure(level_subject(visit, asked.level, units, colours), legend, title)
