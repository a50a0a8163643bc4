"""Every indicator of a snapshot for one unit: values over time, rank, and the units around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geoportal.profiles.standing import Standing, standing
from geoportal.profiles.unit import Unit
from geoportal.site import Level
from geoportal.snapshot.indicator import IndicatorTable, UnitValue
from geoportal.snapshot.reader import Snapshot

COMPARED: tuple[Level, ...] = ("okres", "kraj")
STANDS_OUT = 0.4  # of the way from the middle of all units to either end: the highest and the lowest tenth
FEWEST = 10  # units of a level; of four the highest is nothing to speak of


@dataclass(frozen=True)
class Figure:
    """One period of an indicator for a unit.

    ``above``: the values of the units it lies in, by level. ``standing`` is that of all units of its level.
    """

    period: str
    unit: UnitValue
    above: Mapping[Level, UnitValue]
    standing: Standing

    @property
    def rank(self) -> int | None:
        """Its place from the highest; None without a value, and where there is no other unit."""
        if self.unit.value is None or len(self.standing.known) < 2:
            return None
        return self.standing.rank(self.unit.value)

    def share_of(self, level: Level) -> float | None:
        """Percent of the whole that it lies in; None where that tells nothing."""
        whole = self.above.get(level)
        if whole is None or whole.value is None or self.unit.value is None or whole.value <= 0:
            return None
        return self.unit.value / whole.value * 100


@dataclass(frozen=True)
class Series:
    """An indicator over time, its periods in their order; there is at least one."""

    table: IndicatorTable
    figures: tuple[Figure, ...]

    @property
    def latest(self) -> Figure:
        """The last period."""
        return self.figures[-1]

    @property
    def adds_up(self) -> bool:
        """Whether values are parts of a whole: sums without a negative one."""
        whole = self.table.aggregate == "sum" and self.table.measure == "count"
        return whole and (not self.latest.standing.known or self.latest.standing.known[0] >= 0)

    @property
    def distance(self) -> float:
        """How far the last value lies from the middle of all units, 0 to 0.5; 0 where that tells nothing."""
        value, held = self.latest.unit.value, self.latest.standing
        if value is None or self.table.measure == "count" or len(held.known) < FEWEST:
            return 0.0
        return abs(held.quantile(value) - 0.5)


def series_of(snapshot: Snapshot, unit: Unit) -> list[Series]:
    """All indicators that have values at the unit's level, in the order of the snapshot."""
    return [
        Series(table, tuple(_figure(snapshot, unit, table, period) for period in table.periods(unit.level)))
        for table in snapshot.indicators.values()
        if unit.level in table.levels
    ]


def _figure(snapshot: Snapshot, unit: Unit, table: IndicatorTable, period: str) -> Figure:
    own = standing(snapshot, table.id, unit.level, period)
    above = {
        level: standing(snapshot, table.id, level, period).values[unit.parents[level]]
        for level in COMPARED
        if level in unit.parents and level in table.levels and period in table.periods(level)
    }
    return Figure(period, own.values[unit.code], above, own)


def standing_out(held: Sequence[Series], themes: Sequence[str], most: int = 3) -> list[Series]:
    """Relative indicators in which the unit is among the highest or the lowest tenth, of each theme at most one."""
    first = sorted(held, key=lambda one: (-one.distance, themes.index(one.table.theme), one.table.id))
    found: dict[str, Series] = {}
    for one in first:
        if one.distance >= STANDS_OUT:
            found.setdefault(one.table.theme, one)
    return list(found.values())[:most]
