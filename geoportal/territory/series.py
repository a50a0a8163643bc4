"""Indicator values by unit and period, and how they add up from the obec to coarser levels.

Missing, confidential and incomplete stay distinct: a sum over known obce only is *incomplete*; a unit of which nothing
is known is *confidential* if any of its obce is, otherwise *missing*.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from geoportal.formula import Tree
from geoportal.formula.evaluate import evaluate
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

    def taken(self, chosen: Mapping[str, str]) -> Series:
        """The rows of the periods that ``chosen`` holds, under its keys."""
        rows = [self.periods.index(period) for period in chosen.values()]
        return Series(tuple(chosen), self.values[rows], self.status[rows])

    def gaps(self) -> dict[str, dict[str, int]]:
        """How many units have a status other than ok, by period and status; only where there are any."""
        found: dict[str, dict[str, int]] = {}
        for period, row in zip(self.periods, self.status, strict=True):
            for status in (MISSING, CONFIDENTIAL, INCOMPLETE):
                if count := int((row == status).sum()):
                    found.setdefault(period, {})[STATUS_NAMES[status]] = count
        return found


def nearest_period(wanted: str, available: tuple[str, ...]) -> str:
    """The period of ``available`` nearest in time to ``wanted``; of two equally near the later one."""
    return min(available, key=lambda period: (abs(_year(period) - _year(wanted)), -_year(period)))


def _year(period: str) -> float:
    year, _, month = period.partition("-")
    return int(year) + (int(month[:2]) / 12 if month[:2].isdecimal() else 0)


def aggregate_sum(base: Series, territory: Territory, level: Level) -> Series:
    """Sums of the known values of each unit's obce, exact for whole numbers."""
    return _by_unit(base.periods, [base], territory, level, lambda units: _sums(units)[0])


def aggregate_mean(base: Series, weights: Series, territory: Territory, level: Level) -> Series:
    """Means of each unit's obce weighted by ``weights`` (same shape as ``base``)."""
    return _by_unit(base.periods, [base, weights], territory, level, _weighted_means)


def aggregate_formula(tree: Tree, parts: Mapping[str, Series], territory: Territory, level: Level) -> Series:
    """``tree`` of the sums of its ``parts`` (of the same periods) over the obce for which all of them are known."""

    def compute(units: list[np.ndarray]) -> np.ndarray:
        return evaluate(tree, dict(zip(parts, _sums(units), strict=True)))

    return _by_unit(next(iter(parts.values())).periods, list(parts.values()), territory, level, compute)


def _sums(units: list[np.ndarray]) -> np.ndarray:
    """Shape (parts, units)."""
    return np.array([[math.fsum(row) for row in rows] for rows in units]).T


def _weighted_means(units: list[np.ndarray]) -> np.ndarray:
    return np.array([_weighted_mean(rows) for rows in units])


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
    compute: Callable[[list[np.ndarray]], np.ndarray],
) -> Series:
    """What ``compute`` gives for the known obce of each unit: an array a unit, rows are ``parts``, columns the obce."""
    members = territory.members(level)
    children = [np.flatnonzero(members == unit) for unit in range(len(territory.levels[level]))]
    values = np.full((len(periods), len(children)), np.nan)
    status = np.full(values.shape, MISSING, dtype=np.uint8)
    for row in range(len(periods)):
        known = np.logical_and.reduce([part.status[row] == OK for part in parts])
        secret = np.logical_or.reduce([part.status[row] == CONFIDENTIAL for part in parts])
        stacked = np.vstack([part.values[row] for part in parts])
        usable = [obce[known[obce]] for obce in children]
        found = compute([stacked[:, obce] for obce in usable])
        for unit, obce in enumerate(children):
            if len(usable[unit]) and math.isfinite(found[unit]):
                values[row, unit] = found[unit]
                status[row, unit] = OK if len(usable[unit]) == len(obce) else INCOMPLETE
            elif secret[obce].any():
                status[row, unit] = CONFIDENTIAL
    return Series(tuple(periods), values, status)
