"""The table of the atlas: the accessible twin of the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geoportal.atlas.classes import Classes
from geoportal.query.collation import collation
from geoportal.snapshot.indicator import UnitValue
from geoportal.web.screens.atlas_choice import Choice
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class Row:
    """One unit of the table; ``mark`` is the index of its class, or None, ``second`` a second indicator's value."""

    code: str
    name: str
    rank: str
    value: str
    status: str
    mark: int | None
    second: str = ""


def rows(visit: Visit, choice: Choice, values: Sequence[UnitValue], classes: Classes) -> list[Row]:
    """The table in the order asked for; equal values share a rank, units without a value come last by name."""
    names = unit_names(visit.snapshot, choice.level)
    known = sorted((v for v in values if v.value is not None), key=lambda v: -(v.value or 0.0))
    ranks: dict[float, int] = {}
    for position, unit in enumerate(known, start=1):
        ranks.setdefault(unit.value or 0.0, position)
    shown = sorted(values, key=lambda v: (v.value is None, collation(names[v.code])))
    if choice.order != "nazev":
        sign = -1 if choice.order.startswith("-") else 1
        shown.sort(key=lambda v: (v.value is None, sign * (v.value or 0.0)))
    beside = _beside(visit, choice)
    made = [_row(visit, choice, unit, names[unit.code], ranks, classes) for unit in shown]
    return [replace(row, second=beside.get(row.code, "")) for row in made] if beside else made


def _beside(visit: Visit, choice: Choice) -> dict[str, str]:
    """The second indicator's value in words, by code."""
    if choice.second is None:
        return {}
    table = choice.second.table
    values = table.values(choice.level, choice.second.period)
    return {v.code: visit.say.number(v.value, table.decimals) for v in values if v.value is not None}


def _row(visit: Visit, choice: Choice, unit: UnitValue, name: str, ranks: dict[float, int], classes: Classes) -> Row:
    status = "" if unit.status == "ok" else visit.say("status." + unit.status)
    if unit.value is None:
        return Row(unit.code, name, "", "", status, None)
    value = visit.say.number(unit.value, choice.table.decimals)
    mark = classes.index(unit.value) if classes.counts else None
    return Row(unit.code, name, visit.say.number(ranks[unit.value]), value, status, mark)
