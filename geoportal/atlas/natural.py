"""Natural breaks: the classes whose values lie closest to their means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def natural_edges(ordered: Sequence[float], count: int) -> list[float]:
    """Upper edges of at most ``count`` classes of ascending values; equal values are never parted.

    The sum of squared deviations from the means of the classes is the least there is (Fisher 1958, known after Jenks).
    The best start of a last class never moves back as its end moves on, so whole layers of ends are halved at once.
    """
    values, weights = np.unique(np.asarray(ordered, dtype=float), return_counts=True)
    classes = min(count, len(values))
    sums = _Sums(values - values.mean(), weights)
    best = sums.deviation(np.zeros(len(values), dtype=int), np.arange(len(values)))
    starts: list[np.ndarray] = []
    for number in range(1, classes):
        best, start = _with_one_more(best, sums, number)
        starts.append(start)
    end, edges = len(values) - 1, [float(values[-1])]
    for start in reversed(starts):
        end = int(start[end]) - 1
        edges.append(float(values[end]))
    return edges[::-1]


class _Sums:
    """Running sums from which the squared deviation of any stretch of values follows."""

    def __init__(self, values: np.ndarray, weights: np.ndarray) -> None:
        self.weight, self.first, self.second = (
            np.concatenate(([0.0], np.cumsum(part))) for part in (weights, weights * values, weights * values**2)
        )

    def deviation(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """The squared deviation from their mean of the values from ``start`` to ``end``, both included."""
        weight = self.weight[end + 1] - self.weight[start]
        first = self.first[end + 1] - self.first[start]
        spread: np.ndarray = self.second[end + 1] - self.second[start] - first * first / weight
        return spread


def _with_one_more(best: np.ndarray, sums: _Sums, number: int) -> tuple[np.ndarray, np.ndarray]:
    """The least deviation of the values up to each, in ``number`` + 1 classes, and where the last of these starts."""
    found, start = np.full(len(best), np.inf), np.zeros(len(best), dtype=int)
    left, right = np.array([number]), np.array([len(best) - 1])
    low, high = np.array([number]), np.array([len(best) - 1])
    while len(left):
        middle = (left + right) // 2
        lengths = np.minimum(middle, high) - low + 1
        offsets = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        candidates = np.arange(lengths.sum()) - np.repeat(offsets - low, lengths)
        costs = best[candidates - 1] + sums.deviation(candidates, np.repeat(middle, lengths))
        least = np.minimum.reduceat(costs, offsets)
        at = np.flatnonzero(costs == np.repeat(least, lengths))
        _, first = np.unique(np.repeat(np.arange(len(left)), lengths)[at], return_index=True)
        chosen = candidates[at[first]]
        found[middle], start[middle] = least, chosen
        left, right = np.concatenate((left, middle + 1)), np.concatenate((middle - 1, right))
        low, high = np.concatenate((low, chosen)), np.concatenate((chosen, high))
        kept = left <= right
        left, right, low, high = left[kept], right[kept], low[kept], high[kept]
    return found, start
