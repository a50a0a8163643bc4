"""Units that are alike: the nearest by the standardised values of a few indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geoportal.profiles.figures import FEWEST
from geoportal.profiles.standing import standing
from geoportal.profiles.unit import Unit
from geoportal.site import Likeness
from geoportal.snapshot.reader import Snapshot

MOST = 5


@dataclass(frozen=True)
class Alike:
    """Codes of the units that are alike, the nearest first, with the distance in standard deviations.

    ``by``: what they were compared by; none where a unit can't be compared.
    """

    by: tuple[Likeness, ...]
    units: tuple[tuple[str, float], ...]


def alike(snapshot: Snapshot, unit: Unit, measures: Sequence[Likeness], most: int = MOST) -> Alike:
    """The ``most`` nearest units of the same level by the latest values.

    Distance is the root of the mean square of differences, each divided by the standard deviation over all units of
    the level that have all values. A logarithm is taken of positive values only; others count as missing.
    """
    by = tuple(one for one in measures if _period(snapshot, one, unit))
    codes = [code for code, _ in snapshot.units[unit.level]]
    columns = [_column(snapshot, one, unit, codes) for one in by]
    if not columns:
        return Alike((), ())
    table = np.stack(columns, axis=1)
    whole = ~np.isnan(table).any(axis=1)
    at = codes.index(unit.code)
    if not whole[at] or whole.sum() < FEWEST:
        return Alike((), ())
    spread = table[whole].std(axis=0)
    varied = spread > 0
    apart = np.sqrt(np.mean(((table[:, varied] - table[at, varied]) / spread[varied]) ** 2, axis=1))
    order = [one for one in np.lexsort((np.arange(len(codes)), apart)).tolist() if whole[one] and one != at]
    return Alike(by, tuple((codes[one], float(apart[one])) for one in order[:most]))


def _period(snapshot: Snapshot, measure: Likeness, unit: Unit) -> str | None:
    table = snapshot.indicators.get(measure.indicator)
    return table.periods(unit.level)[-1] if table and unit.level in table.levels else None


def _column(snapshot: Snapshot, measure: Likeness, unit: Unit, codes: Sequence[str]) -> np.ndarray:
    period = _period(snapshot, measure, unit)
    assert period is not None  # its caller chose those that have one
    held = standing(snapshot, measure.indicator, unit.level, period).values
    values = np.array([np.nan if held[code].value is None else held[code].value for code in codes], float)
    if measure.logarithm:
        values = np.log(np.where(values > 0, values, np.nan))
    return values
