"""Whole numbers as protobuf varints, many at once."""

from __future__ import annotations

import numpy as np


def zigzag(numbers: np.ndarray) -> np.ndarray:
    """Signed numbers as unsigned ones, small where they are near zero."""
    return ((numbers << 1) ^ (numbers >> 63)).astype(np.uint64)


def lengths(numbers: np.ndarray) -> np.ndarray:
    """The bytes that each number takes."""
    taken = np.ones(len(numbers), dtype=np.int64)
    rest = numbers >> np.uint64(7)
    while rest.any():
        taken += rest > 0
        rest >>= np.uint64(7)
    return taken


def encode(numbers: np.ndarray) -> tuple[bytes, np.ndarray]:
    """All numbers after each other, and where each begins (n + 1)."""
    taken = lengths(numbers)
    starts = np.concatenate(([0], np.cumsum(taken)))
    out = np.empty(int(starts[-1]), dtype=np.uint8)
    for position in range(int(taken.max(initial=0))):
        present = np.flatnonzero(taken > position)
        septets = (numbers[present] >> np.uint64(7 * position)) & np.uint64(0x7F)
        more = (taken[present] > position + 1).astype(np.uint8) << 7
        out[starts[present] + position] = septets.astype(np.uint8) | more
    return out.tobytes(), starts


def sums(numbers: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The sums over consecutive runs of ``counts`` numbers; a run may be empty."""
    totals = np.concatenate(([0], np.cumsum(numbers)))
    ends = np.cumsum(counts)
    return totals[ends] - totals[ends - counts]


def places(starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Positions from each of ``starts`` on, ``counts`` of them, all runs after each other."""
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)
