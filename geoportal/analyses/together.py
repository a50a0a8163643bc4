"""The value that several units would have if they were one, computed from their obce as every coarser level is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from geoportal.analyses.parts import formula_of, parts_of
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
    parts = parts_of(snapshot, table, period)
    known = np.logical_and.reduce([chosen, *(part.known for part in parts.values())])
    sums = {name: float(part.values[known].sum()) for name, part in parts.items()}
    value: float
    if table.aggregate == "ratio":
        value = float(evaluate(formula_of(snapshot, table).tree, sums)) if parts else np.nan
    elif table.aggregate == "mean":
        weight = str(table.card.weight)
        products = parts[table.id].values * parts[weight].values if parts else np.empty(0)
        value = float(products[known].sum()) / sums[weight] if parts and sums[weight] else np.nan
    else:
        value = sums[table.id] if parts and known.any() else np.nan
    unknown = int(chosen.sum() - known.sum()) if parts else int(chosen.sum())
    return Together(None if np.isnan(value) else value, table.aggregate, unknown)


def _obce(snapshot: Snapshot, level: Level, codes: set[str]) -> np.ndarray:
    """Which obce lie in the units, in the order of codes."""
    held = units_of(snapshot).by_level["obec"]
    order = [code for code, _ in snapshot.units["obec"]]
    within = [code if level == "obec" else held[code].parents.get(level) for code in order]
    return np.array([code in codes for code in within])
