"""The values of an indicator by obec as arrays, in the order of codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geoportal.snapshot.reader import Snapshot


@dataclass(frozen=True)
class ObecValues:
    """``values``: NaN where there is none. ``confidential``: where it is known and not published."""

    values: np.ndarray
    confidential: np.ndarray

    @property
    def known(self) -> np.ndarray:
        """Where there is a value."""
        known: np.ndarray = ~np.isnan(self.values)
        return known


@lru_cache(maxsize=512)
def obec_values(snapshot: Snapshot, indicator_id: str, period: str) -> ObecValues:
    """The values in ``period``, kept for the next who asks."""
    held = snapshot.indicators[indicator_id].values("obec", period)
    values = np.array([np.nan if one.value is None else one.value for one in held], dtype=float)
    return ObecValues(values, np.array([one.status == "confidential" for one in held]))


def nearest_period(wanted: str, available: Sequence[str]) -> str:
    """The period of ``available`` nearest in time to ``wanted``; of two equally near the later one."""
    return min(available, key=lambda period: (abs(_year(period) - _year(wanted)), -_year(period)))


def _year(period: str) -> float:
    year, _, month = period.partition("-")
    return int(year) + (int(month[:2]) / 12 if month[:2].isdecimal() else 0)
