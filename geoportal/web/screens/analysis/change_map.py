"""The map of a change: colours that part at zero, or circles where counts changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from geoportal.analyses.change import Change
from geoportal.atlas.classes import Classes, Scheme, classes_of
from geoportal.atlas.legend import circle_entries, class_entries, largest
from geoportal.atlas.palette import PALETTES
from geoportal.figures.subject import Legend, StateEntry, Unit
from geoportal.snapshot.indicator import Status
from geoportal.web.screens.analysis.answer import Figure
from geoportal.web.screens.analysis.change_asked import RELATIVE_DECIMALS, SHOWN, Question, shown_unit
from geoportal.web.screens.analysis.subject import counted, level_subject
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

PALETTE = "oranzovofialova"  # neither of its ends reads as the better one
# Which of the palette's five steps, from the strongest, a number of classes on one side takes.
_STEPS: Mapping[int, tuple[int, ...]] = MappingProxyType(
    {0: (), 1: (2,), 2: (1, 3), 3: (1, 2, 4), 4: (0, 1, 2, 4), 5: (0, 1, 2, 3, 4)}
)


def change_figure(visit: Visit, asked: Question, held: Sequence[Change], title: str) -> Figure:
    """Areas coloured by their change; of counts circles, filled where there are more, hollow where there are fewer."""
    numbers = [value for one in held if (value := asked.measured(one)) is not None]
    circles = asked.table.measure == "count" and asked.shown == SHOWN[0]
    classes = Classes((), ()) if circles else classes_of(numbers, Scheme())
    units, colours = _units(visit, asked, held, classes), change_colours(classes)
    subject = level_subject(visit, asked.level, units, colours, largest(numbers))
    return Figure(subject, _legend(visit, asked, units, classes, numbers if circles else []), title)


def change_colours(classes: Classes) -> tuple[str, ...]:
    """A colour for each class: one hue below zero, another above, the neutral middle for a class of zeros alone."""
    ramp = PALETTES[PALETTE].ramp
    half = len(ramp) // 2
    sides = [(low > 0) - (high < 0) or (high > 0) - (low < 0) for low, high in pairwise(classes.edges)]
    sides = [0 if place == classes.zeros else side for place, side in enumerate(sides)]
    below, above = sides.count(-1), sides.count(1)
    low = [ramp[place] for place in _STEPS[below]]
    high = [ramp[len(ramp) - 1 - place] for place in reversed(_STEPS[above])]
    return (*low, *(ramp[half],) * (len(sides) - below - above), *high)


def _units(visit: Visit, asked: Question, held: Sequence[Change], classes: Classes) -> list[Unit]:
    say, names = visit.say, unit_names(visit.snapshot, asked.level)
    decimals = asked.table.decimals if asked.shown == SHOWN[0] else RELATIVE_DECIMALS

    def drawn(one: Change) -> Unit:
        value = asked.measured(one)
        if value is None:
            state: Status = "confidential" if one.status == "confidential" else "missing"
            told = say("status." + state) if one.absolute is None else say("analysis.change.no_ratio")
            return Unit(one.code, f"{names[one.code]}: {told}", None, state, None)
        told = f"{say.number(value, decimals)}\u00a0{shown_unit(visit, asked)}"
        mark = classes.index(value) if classes.counts else None
        return Unit(one.code, f"{names[one.code]}: {told}", value, one.status, mark)

    return [drawn(one) for one in held]


def _legend(visit: Visit, asked: Question, units: Sequence[Unit], classes: Classes, circled: Sequence[float]) -> Legend:
    say, how_many = visit.say, counted(visit, asked.level)
    decimals = asked.table.decimals if asked.shown == SHOWN[0] else RELATIVE_DECIMALS
    entries = zip(class_entries(classes, decimals, visit.language, PALETTE), change_colours(classes), strict=True)
    states = Counter(unit.status for unit in units if unit.status != "ok")
    return Legend(
        title=say("analysis.change.legend", unit=shown_unit(visit, asked)),
        classes=[(replace(entry, colour=colour), how_many(entry.count)) for entry, colour in entries],
        circles=circle_entries(circled, visit.language) if circled else [],
        below_zero=say("analysis.change.fewer") if any(value < 0 for value in circled) else "",
        states=[StateEntry(one, say("status." + one), how_many(count)) for one, count in sorted(states.items())],
    )
