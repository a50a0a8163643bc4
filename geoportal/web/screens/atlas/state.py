"""All that the page's script needs to redraw the atlas: values of all periods and classes, but no geometry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from geoportal.query.collation import collation
from geoportal.site import LEVELS
from geoportal.snapshot.indicator import STATUSES, IndicatorTable
from geoportal.snapshot.reader import Snapshot
from geoportal.web.screens.atlas.pair import digits
from geoportal.web.screens.atlas.pane import Pane
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

SPARE_DIGITS = 3
COMPARED = ("okres", "kraj")  # the levels whose values stand beside a unit's


def units_state(visit: Visit, level: str) -> dict[str, Any]:
    """Codes and names of the units in the order of values, their place in the alphabet, and what they lie in."""
    names = unit_names(visit.snapshot, level)
    codes = [code for code, _ in visit.snapshot.units[level]]
    ordered = {code: place for place, code in enumerate(sorted(codes, key=lambda code: collation(names[code])))}
    parents = unit_parents(visit.snapshot, level)
    above = []
    for one in COMPARED:
        if one in parents:
            known = [code for code, _ in visit.snapshot.units[one]]
            of = [known.index(code) if code in known else None for code in parents[one]]
            above.append({"level": one, "names": [name for _, name in visit.snapshot.units[one]], "of": of})
    return {
        "codes": codes,
        "names": [names[code] for code in codes],
        "places": [ordered[c] for c in codes],
        "above": above,
    }


def pane_state(visit: Visit, pane: Pane, period: str) -> dict[str, Any]:
    """One indicator: values by period in the order of units, and how each period is drawn."""
    table = pane.table
    return {
        "id": table.id,
        "title": visit.into(table.title),
        "unit": visit.into(table.unit),
        "decimals": table.decimals,
        "measure": table.measure,
        "periods": pane.periods,
        "at": pane.periods.index(period),
        **_values(table, pane.choice.level, pane.periods),
        "above": {level: _values(table, level, pane.periods)["values"] for level in _compared(table, pane)},
        "country": [_maybe(table.country(one), table.decimals) for one in pane.periods],
        "views": [_view(pane, one) for one in pane.periods],
    }


def _view(pane: Pane, period: str) -> dict[str, Any]:
    classes = pane.classes(period)
    values = [unit.value if classes.counts else None for unit in pane.values(period)]
    return {
        "marks": digits(None if value is None else classes.index(value) for value in values),
        "colours": pane.colours(period),
        "largest": pane.largest(period),
        "finding": pane.finding(period),
        "coverage": pane.coverage(period),
    }


def _compared(table: IndicatorTable, pane: Pane) -> list[str]:
    level = pane.choice.level
    higher = [one for one in COMPARED if one in table.levels and LEVELS.index(one) > LEVELS.index(level)]
    return [one for one in higher if set(pane.periods) <= set(table.periods(one))]


def _values(table: IndicatorTable, level: str, periods: Sequence[str]) -> dict[str, Any]:
    """Values with three digits more than are shown; statuses as a digit a unit, none where all is known."""
    values, statuses = [], []
    for period in periods:
        units = table.values(level, period)
        values.append([_maybe(unit.value, table.decimals) for unit in units])
        digits = "".join(str(STATUSES.index(unit.status)) for unit in units)
        statuses.append(digits if digits.strip("0") else "")
    return {"values": values, "statuses": statuses}


def _maybe(value: float | None, decimals: int) -> float | None:
    return None if value is None else _short(value, decimals + SPARE_DIGITS)


def _short(value: float, decimals: int) -> float | int:
    rounded = round(float(value), decimals)
    return int(rounded) if rounded.is_integer() else rounded


@lru_cache(maxsize=12)
def unit_parents(snapshot: Snapshot, level: str) -> Mapping[str, tuple[str | None, ...]]:
    """The codes of the units of coarser levels that the units lie in, in the order of their codes."""
    layer = next((held for held in snapshot.collections.values() if held.level == level), None)
    if layer is None or layer.card.territory is None or layer.card.id_field is None:
        return {}
    columns = layer.columns.table
    ids = columns.column(layer.card.id_field).to_pylist()
    found: dict[str, tuple[str | None, ...]] = {}
    for above, field in layer.card.territory.parents.items():
        if field in columns.column_names:
            held = dict(zip(ids, columns.column(field).to_pylist(), strict=True))
            found[above] = tuple(held.get(code) for code, _ in snapshot.units[level])
    return found
