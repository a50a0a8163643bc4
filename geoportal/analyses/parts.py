"""What a value of several obce is computed from: itself for a sum, also its weight for a mean, the formula's parts."""

from __future__ import annotations

from geoportal.analyses.values import ObecValues, nearest_period, obec_values
from geoportal.cards.derived import Derived, expanded
from geoportal.formula import names
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.snapshot.reader import Snapshot


def formula_of(snapshot: Snapshot, table: IndicatorTable) -> Derived:
    """The formula of a ratio over indicators that have none of their own."""
    return expanded(table.card, {name: one.card for name, one in snapshot.indicators.items()})


def parts_of(snapshot: Snapshot, table: IndicatorTable, period: str) -> dict[str, ObecValues]:
    """Values by obec and indicator in ``period`` or, where the card allows it, the nearest; none where one has none."""
    free: frozenset[str] = frozenset()
    wanted: tuple[str, ...] = (table.id,)
    if table.aggregate == "ratio":
        derived = formula_of(snapshot, table)
        wanted, free = names(derived.tree), derived.nearest
    elif table.aggregate == "mean":
        weight = str(table.card.weight)
        wanted, free = (table.id, weight), frozenset({weight})
    found: dict[str, ObecValues] = {}
    for name in wanted:
        held = snapshot.indicators.get(name)
        periods = held.periods("obec") if held and "obec" in held.levels else []
        if not periods or (period not in periods and name not in free):
            return {}
        at = period if period in periods else nearest_period(period, periods)
        found[name] = obec_values(snapshot, name, at)
    return found
