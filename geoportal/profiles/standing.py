"""How the values of an indicator are spread over the units of a level in one period."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geoportal.snapshot.indicator import UnitValue
from geoportal.snapshot.reader import Snapshot


@dataclass(frozen=True)
class Standing:
    """``values`` by code; ``known`` are the numbers among them, ascending. ``quartiles``: the lower and the upper."""

    values: Mapping[str, UnitValue]
    known: tuple[float, ...]
    quartiles: tuple[float, float]

    def rank(self, value: float) -> int:
        """The place of ``value`` from the highest; equal values share a place."""
        return len(self.known) - bisect_right(self.known, value) + 1

    def rank_from_below(self, value: float) -> int:
        """The place of ``value`` from the lowest; equal values share a place."""
        return bisect_left(self.known, value) + 1

    def quantile(self, value: float) -> float:
        """The share of units below ``value``, of those equal to it half."""
        return (bisect_left(self.known, value) + bisect_right(self.known, value)) / 2 / len(self.known)


@lru_cache(maxsize=2048)
def standing(snapshot: Snapshot, indicator_id: str, level: str, period: str) -> Standing:
    """The standing of all units of ``level`` in ``period``, kept for the next unit that asks."""
    held = snapshot.indicators[indicator_id].values(level, period)
    known = sorted(one.value for one in held if one.value is not None)
    low, high = np.percentile(known, (25, 75)).tolist() if known else (0.0, 0.0)
    return Standing({one.code: one for one in held}, tuple(known), (low, high))
