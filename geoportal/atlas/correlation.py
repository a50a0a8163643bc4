"""How closely two indicators go together over the same units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FEWEST = 5  # pairs; of fewer a coefficient says nothing


@dataclass(frozen=True)
class Correlation:
    """Coefficients over ``count`` pairs: of the values (Pearson) and of their ranks (Spearman)."""

    count: int
    pearson: float
    spearman: float


def correlate(one: Sequence[float | None], other: Sequence[float | None]) -> Correlation | None:
    """The correlation over the units where both are known; None for few of them or where one does not vary."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    if len(pairs) < FEWEST:
        return None
    first, second = np.array(pairs, dtype=float).T
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    return Correlation(len(pairs), _pearson(first, second), _pearson(_ranks(first), _ranks(second)))


def _pearson(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.clip(np.corrcoef(first, second)[0, 1], -1, 1))


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1; equal values share the mean of theirs."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: np.ndarray = (last - (counts - 1) / 2)[places]
    return ranks
