"""A territorial unit among those it shares a border with."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.analyses.together import Together, together
from geoportal.profiles.unit import Unit, units_of
from geoportal.snapshot.indicator import IndicatorTable, UnitValue
from geoportal.snapshot.reader import Snapshot


@dataclass(frozen=True)
class Neighbourhood:
    """The value of ``unit`` and of each neighbour, from the highest; those without a value last.

    ``median``: of the neighbours, None where none has a value. ``together``: the neighbours as if they were one unit.
    ``rank``: the unit's place from the highest among itself and the ``ranked - 1`` neighbours with a value; equal
    values share a place.
    """

    unit: Unit
    own: UnitValue
    others: tuple[UnitValue, ...]
    median: float | None
    together: Together
    rank: int | None
    ranked: int


def neighbourhood(snapshot: Snapshot, table: IndicatorTable, period: str, unit: Unit) -> Neighbourhood:
    """The neighbourhood of ``unit`` in an indicator that has values at its level in ``period``."""
    beside = units_of(snapshot).neighbours(unit)
    values = {one.code: one for one in table.values(unit.level, period)}
    own, others = values[unit.code], [values[one.code] for one in beside]
    known = [one.value for one in others if one.value is not None]
    rank = None if own.value is None else 1 + sum(value > own.value for value in known)
    return Neighbourhood(
        unit=unit,
        own=own,
        others=tuple(_from_highest(others)),
        median=statistics.median(known) if known else None,
        together=together(snapshot, table, period, unit.level, [one.code for one in beside]),
        rank=rank,
        ranked=len(known) + (own.value is not None),
    )


def _from_highest(values: Sequence[UnitValue]) -> list[UnitValue]:
    return sorted(values, key=lambda one: (one.value is None, -(one.value or 0.0)))
