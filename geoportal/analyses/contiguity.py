"""Which areas touch: the queen's contiguity, for which a common corner is enough."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely

from geoportal.snapshot.reader import Snapshot

_STEPS = 1e7  # of a degree, as coordinates are published


@dataclass(frozen=True)
class Contiguity:
    """Who touches whom among ``count`` units: pairs of positions, each pair in both directions, by the first.

    ``one`` and ``other``: arrays of the same length.
    """

    count: int
    one: np.ndarray
    other: np.ndarray

    @cached_property
    def neighbours(self) -> np.ndarray:
        """How many units each touches."""
        return np.bincount(self.one, minlength=self.count)

    def among(self, kept: np.ndarray) -> Contiguity:
        """The same among the units for which ``kept`` holds, which are numbered anew."""
        place = np.cumsum(kept) - 1
        both = kept[self.one] & kept[self.other]
        return Contiguity(int(kept.sum()), place[self.one[both]], place[self.other[both]])


def touching(areas: np.ndarray) -> Contiguity:
    """The contiguity of ``areas``, which are a coverage: where two touch, they have a common vertex."""
    points, owners = shapely.get_coordinates(areas, return_index=True)
    held = np.unique(np.column_stack((np.round(points * _STEPS).astype(np.int64), owners)), axis=0)
    places, owners = held[:, :2], held[:, 2]
    pairs: list[np.ndarray] = []
    step = 1
    while (same := np.flatnonzero((places[step:] == places[:-step]).all(axis=1))).size:
        pairs.append(np.column_stack((owners[same], owners[same + step])))
        step += 1
    one_way = np.concatenate(pairs) if pairs else np.empty((0, 2), dtype=np.int64)
    found = np.unique(np.concatenate((one_way, one_way[:, ::-1])), axis=0)
    return Contiguity(len(areas), found[:, 0], found[:, 1])


@lru_cache(maxsize=12)
def contiguity(snapshot: Snapshot, level: str) -> Contiguity | None:
    """The contiguity of the units of ``level`` in the order of codes; None where the snapshot has no such layer."""
    layer = next((one for one in snapshot.collections.values() if one.level == level), None)
    if layer is None:
        return None
    order = np.array([layer.position(code) for code, _ in snapshot.units[level]])
    return touching(layer.columns.geometries[order])
