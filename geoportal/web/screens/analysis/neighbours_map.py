"""A small map of a unit and those it borders on: named, coloured as the whole level is, the unit itself outlined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from geoportal.analyses.neighbours import Neighbourhood
from geoportal.atlas.classes import Classes, Scheme, classes_of
from geoportal.atlas.legend import circle_entries, class_entries, largest
from geoportal.atlas.palette import class_colours
from geoportal.figures.subject import Legend, StateEntry, Subject, Unit
from geoportal.snapshot.indicator import IndicatorTable, UnitValue
from geoportal.snapshot.outlines import Outlines, Seat
from geoportal.web.screens.analysis.answer import Figure
from geoportal.web.screens.analysis.subject import counted, level_outlines
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit


def neighbours_figure(visit: Visit, table: IndicatorTable, period: str, found: Neighbourhood, title: str) -> Figure:
    """The map with its legend, whose classes are those of all units of the level; counts are circles."""
    level = found.unit.level
    everybody = table.values(level, period)
    numbers = [one.value for one in everybody if one.value is not None]
    classes = Classes((), ()) if table.measure == "count" else classes_of(numbers, Scheme())
    held = {one.code: one for one in (found.own, *found.others)}
    places = [at for at, one in enumerate(everybody) if one.code in held]
    shown = [everybody[at] for at in places]
    outlines = part_of(level_outlines(visit, level), places)
    names = unit_names(visit.snapshot, level)
    known = [one.value for one in shown if one.value is not None]
    subject = Subject(
        units=tuple(_unit(visit, table, names[one.code], one, classes) for one in shown),
        outlines=outlines,
        above=part_of(outlines, [[one.code for one in shown].index(found.own.code)]),
        towns=_labels(outlines, [names[one.code] for one in shown], shown.index(found.own)),
        colours=class_colours(classes),
        largest=largest(known),
    )
    return Figure(subject, _legend(visit, table, level, shown, classes), title)


def part_of(outlines: Outlines, places: Sequence[int]) -> Outlines:
    """The outlines of the units at ``places``, which rise, numbered anew."""
    place = {old: new for new, old in enumerate(places)}
    rings = [ring for ring, unit in enumerate(outlines.units.tolist()) if unit in place]
    pieces = [np.asarray(outlines.points[outlines.rings[ring] : outlines.rings[ring + 1]]) for ring in rings]
    return Outlines(
        points=np.concatenate(pieces),
        rings=np.concatenate(([0], np.cumsum([len(piece) for piece in pieces]))),
        units=np.array([place[int(outlines.units[ring])] for ring in rings]),
        middles=np.asarray(outlines.middles)[list(places)],
    )


def _unit(visit: Visit, table: IndicatorTable, name: str, one: UnitValue, classes: Classes) -> Unit:
    if one.value is None:
        return Unit(one.code, f"{name}: {visit.say('status.' + one.status)}", None, one.status, None)
    told = f"{name}: {visit.say.number(one.value, table.decimals)}\u00a0{visit.into(table.unit)}"
    return Unit(one.code, told, one.value, one.status, classes.index(one.value) if classes.counts else None)


def _labels(outlines: Outlines, names: Sequence[str], own: int) -> tuple[Seat, ...]:
    """A name for each unit, the unit's own first, so that it is there whatever else finds no room."""
    seats = [Seat(name, *place) for name, place in zip(names, outlines.middles.tolist(), strict=True)]
    return (seats[own], *(seat for at, seat in enumerate(seats) if at != own))


def _legend(visit: Visit, table: IndicatorTable, level: str, shown: Sequence[UnitValue], classes: Classes) -> Legend:
    say, how_many = visit.say, counted(visit, level)
    known = [one.value for one in shown if one.value is not None]
    entries = class_entries(classes, table.decimals, visit.language)
    counts = classes.recounted(known).counts if classes.counts else ()
    statuses = [one.status for one in shown if one.status != "ok"]
    circles = circle_entries(known, visit.language) if table.measure == "count" and known else []
    return Legend(
        title=say("atlas.legend", unit=visit.into(table.unit)),
        classes=[(replace(entry, count=count), how_many(count)) for entry, count in zip(entries, counts, strict=True)],
        circles=circles,
        below_zero=say("atlas.below_zero") if circles and any(value < 0 for value in known) else "",
        states=[StateEntry(one, say("status." + one), how_many(statuses.count(one))) for one in sorted(set(statuses))],
    )
