"""Indicator values by unit and period, and how they add up from the obec to coarser levels.

Missing, confidential and incomplete stay distinct: a sum over known obce only is *incomplete*; a unit of which nothing
is known is *confidential* if any of its obce is, otherwise *missing*.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from geoportal.site import Level
from geoportal.territory.units import Territory

OK, MISSING, CONFIDENTIAL, INCOMPLETE = range(4)
STATUS_NAMES = ("ok", "missing", "confidential", "incomplete")


@dataclass(frozen=True)
class Series:
    """Values of one indicator at one level: arrays of shape (periods, units), units in the order of the level.

    A value without meaning is NaN; ``status`` says why (``STATUS_NAMES`` by position).
    """

    periods: tuple[str, ...]
    values: np.ndarray
    status: np.ndarray

    def at(self, period: str) -> tuple[np.ndarray, np.ndarray]:
        """Values and status of one period."""
        row = self.periods.index(period)
        return self.values[row], self.status[row]


def nearest_period(wanted: str, available: tuple[str, ...]) -> str:
    """The period of ``available`` nearest in time to ``wanted``; of two equally near the later one."""
    return min(available, key=lambda period: (abs(_year(period) - _year(wanted)), -_year(period)))


def _year(period: str) -> float:
    year, _, month = period.partition("-")
    return int(year) + (int(month[:2]) / 12 if month[:2].isdecimal() else 0)


def aggregate_sum(base: Series, territory: Territory, level: Level) -> Series:
    """Sums of the known values of each unit's obce, exact for whole numbers."""
    return _by_unit(base.periods, [base], territory, level, lambda rows: math.fsum(rows[0]))


def aggregate_mean(base: Series, weights: Series, territory: Territory, level: Level) -> Series:
    """Means of each unit's obce weighted by ``weights`` (same shape as ``base``)."""
    return _by_unit(base.periods, [base, weights], territory, level, _weighted_mean)


def aggregate_ratio(top: Series, bottom: Series, scale: float, territory: Territory, level: Level) -> Series:
    """``scale`` x sum of ``top`` / sum of ``bottom`` over the obce for which both are known."""

    def ratio(rows: np.ndarray) -> float:
        divisor = math.fsum(rows[1])
        return scale * math.fsum(rows[0]) / divisor if divisor else math.nan

    return _by_unit(top.periods, [top, bottom], territory, level, ratio)


def _weighted_mean(rows: np.ndarray) -> float:
    if rows.shape[1] == 1:  # a single value is its own mean, to the last bit
        return float(rows[0][0])
    total = math.fsum(rows[1])
    return math.fsum(rows[0] * rows[1]) / total if total else math.nan


def _by_unit(
    periods: tuple[str, ...],
    parts: list[Series],
    territory: Territory,
    level: Level,
    compute: Callable[[np.ndarray], float],
) -> Series:
    """Applies ``compute`` to the known obce of each unit: rows are ``parts``, columns the obce."""
    members = territory.members(level)
    children = [np.flatnonzero(members == unit) for unit in range(len(territory.levels[level]))]
    values = np.full((len(periods), len(children)), np.nan)
    status = np.full(values.shape, MISSING, dtype=np.uint8)
    for row in range(len(periods)):
        known = np.logical_and.reduce([part.status[row] == OK for part in parts])
        secret = np.logical_or.reduce([part.status[row] == CONFIDENTIAL for part in parts])
        stacked = np.vstack([part.values[row] for part in parts])
        for unit, obce in enumerate(children):
            usable = obce[known[obce]]
            value = compute(stacked[:, usable]) if len(usable) else math.nan
            if math.isfinite(value):
                values[row, unit] = value
                status[row, unit] = OK if len(usable) == len(obce) else INCOMPLETE
            elif secret[obce].any():
                status[row, unit] = CONFIDENTIAL
    return Series(tuple(periods), values, status)
