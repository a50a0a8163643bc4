"""Encoded features in a file mapped into memory: one, some or all of them are slices of it."""

from __future__ import annotations

import mmap
from pathlib import Path

import numpy as np


class FeatureFile:
    """Features as GeoJSON text, separated by commas; ``offsets`` (n + 1) bound each one, its comma included."""

    def __init__(self, path: Path, offsets: Path) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._offsets: np.ndarray = np.load(offsets, mmap_mode="r")

    def one(self, position: int) -> bytes:
        """The feature at ``position``."""
        return self._bytes[int(self._offsets[position]) : int(self._offsets[position + 1]) - 1]

    def some(self, positions: np.ndarray) -> bytes:
        """The features at ``positions`` separated by commas; a run of neighbours is one slice."""
        if not len(positions):
            return b""
        breaks = np.flatnonzero(np.diff(positions) != 1)
        first = positions[np.concatenate(([0], breaks + 1))]
        last = positions[np.concatenate((breaks, [len(positions) - 1]))] + 1
        runs = zip(self._offsets[first].tolist(), self._offsets[last].tolist(), strict=True)
        return b",".join([self._bytes[start : end - 1] for start, end in runs])  # the last of all has no comma
