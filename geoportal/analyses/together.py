"""The value that several units would have if they were one, computed from their obce as every coarser level is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from geoportal.analyses.values import ObecValues, nearest_period, obec_values
from geoportal.cards.derived import expanded
from geoportal.formula import names
from geoportal.formula.evaluate import evaluate
from geoportal.profiles.unit import units_of
from geoportal.site import Level
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.snapshot.reader import Snapshot

How = Literal["sum", "ratio", "mean"]


@dataclass(frozen=True)
class Together:
    """``value`` is None where nothing is known. ``unknown``: how many obce are left out for want of a value."""

    value: float | None
    how: How
    unknown: int


def together(snapshot: Snapshot, table: IndicatorTable, period: str, level: Level, codes: Sequence[str]) -> Together:
    """The units of ``level`` with ``codes`` as one: a sum, the formula of sums, or a mean by the weight of the card."""
    chosen = _obce(snapshot, level, set(codes))
    parts = _parts(snapshot, table, period)
    known = np.logical_and.reduce([chosen, *(part.known for part in parts.values())])
    sums = {name: float(part.values[known].sum()) for name, part in parts.items()}
    value: float
    if table.aggregate == "ratio":
        cards = {name: one.card for name, one in snapshot.indicators.items()}
        value = float(evaluate(expanded(table.card, cards).tree, sums)) if parts else np.nan
    elif table.aggregate == "mean":
        weight = str(table.card.weight)
        products = parts[table.id].values * parts[weight].values if parts else np.empty(0)
        value = float(products[known].sum()) / sums[weight] if parts and sums[weight] else np.nan
    else:
        value = sums[table.id] if parts and known.any() else np.nan
    unknown = int(chosen.sum() - known.sum()) if parts else int(chosen.sum())
    return Together(None if np.isnan(value) else value, table.aggregate, unknown)


def _parts(snapshot: Snapshot, table: IndicatorTable, period: str) -> dict[str, ObecValues]:
    """Values by obec of what the value is computed from; none where one of them has none."""
    free: frozenset[str]
    if table.aggregate == "ratio":
        derived = expanded(table.card, {name: one.card for name, one in snapshot.indicators.items()})
        wanted, free = names(derived.tree), derived.nearest
    elif table.aggregate == "mean":
        weight = str(table.card.weight)
        wanted, free = (table.id, weight), frozenset({weight})
    else:
        wanted, free = (table.id,), frozenset()
    found: dict[str, ObecValues] = {}
    for name in wanted:
        held = snapshot.indicators.get(name)
        periods = held.periods("obec") if held and "obec" in held.levels else []
        if not periods or (period not in periods and name not in free):
            return {}
        at = period if period in periods else nearest_period(period, periods)
        found[name] = obec_values(snapshot, name, at)
    return found


def _obce(snapshot: Snapshot, level: Level, codes: set[str]) -> np.ndarray:
    """Which obce lie in the units, in the order of codes."""
    held = units_of(snapshot).by_level["obec"]
    order = [code for code, _ in snapshot.units["obec"]]
    within = [code if level == "obec" else held[code].parents.get(level) for code in order]
    return np.array([code in codes for code in within])
