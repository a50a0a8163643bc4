"""The table of the atlas: the accessible twin of the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geoportal.atlas.classes import Classes
from geoportal.query.collation import collation
from geoportal.snapshot.indicator import UnitValue
from geoportal.web.screens.atlas.choice import Choice
from geoportal.web.screens.atlas.pane import Pane
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class Row:
    """One unit of the table; ``mark`` is the index of its class, or None, ``second`` a second indicator's value.

    ``rank`` is ``place`` in words; that is 0 where there is no value.
    """

    code: str
    name: str
    place: int
    rank: str
    value: str
    status: str
    mark: int | None
    second: str = ""


def rows_of(visit: Visit, choice: Choice) -> list[Row]:
    """The table of the page that shows ``choice``."""
    pane = Pane(visit, choice, choice.table)
    return rows(visit, choice, pane.values(choice.period), pane.classes(choice.period))


def rows(visit: Visit, choice: Choice, values: Sequence[UnitValue], classes: Classes) -> list[Row]:
    """The table in the order asked for; equal values share a rank, units without a value come last by name."""
    names = unit_names(visit.snapshot, choice.level)
    known = sorted((v for v in values if v.value is not None), key=lambda v: -(v.value or 0.0))
    ranks: dict[float, int] = {}
    for position, unit in enumerate(known, start=1):
        ranks.setdefault(unit.value or 0.0, position)
    shown = sorted(values, key=lambda v: (v.value is None, collation(names[v.code])))
    beside = _beside(choice)
    keys = {unit.code: unit.value for unit in beside if unit.value is not None}
    if "druha" not in choice.order:
        keys = {unit.code: unit.value for unit in known if unit.value is not None}
    if choice.order != "nazev":
        sign = -1 if choice.order.startswith("-") else 1
        shown.sort(key=lambda v: (v.code not in keys, sign * keys.get(v.code, 0.0)))
    made = [_row(visit, choice, unit, names[unit.code], ranks, classes) for unit in shown]
    if choice.second is None:
        return made
    decimals = choice.second.table.decimals
    told = {v.code: visit.say.number(v.value, decimals) for v in beside if v.value is not None}
    return [replace(row, second=told.get(row.code, "")) for row in made]


def _beside(choice: Choice) -> list[UnitValue]:
    """The values of the second indicator."""
    return choice.second.table.values(choice.level, choice.second.period) if choice.second else []


def _row(visit: Visit, choice: Choice, unit: UnitValue, name: str, ranks: dict[float, int], classes: Classes) -> Row:
    status = "" if unit.status == "ok" else visit.say("status." + unit.status)
    if unit.value is None:
        return Row(unit.code, name, 0, "", "", status, None)
    value = visit.say.number(unit.value, choice.table.decimals)
    mark = classes.index(unit.value) if classes.counts and choice.view != "dvojrozmerna" else None
    place = ranks[unit.value]
    return Row(unit.code, name, place, visit.say.number(place), value, status, mark)
