"""The nearest services to a position: candidates from an index, ranked by distance on the ellipsoid."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from rtree import index

from geoportal.crs import distances_m
from geoportal.snapshot.collection import Collection

# Degrees shrunk eastwards rank neighbours almost as the ellipsoid does; this many more than asked for hold the truth.
_SPARE = 8


@dataclass(frozen=True)
class Found:
    """A service and its distance in metres, as the crow flies."""

    collection: Collection
    position: int
    distance_m: float


class NearestIndex:
    """An index over the points of several collections."""

    def __init__(self, collections: Iterable[Collection]) -> None:
        self._members = [(collection, position) for collection in collections for position in range(collection.count)]
        boxes = [collection.points for collection, position in self._members if position == 0]
        self._points = np.concatenate(boxes) if boxes else np.empty((0, 2))
        self._shrink = math.cos(math.radians(float(self._points[:, 1].mean()))) if boxes else 1.0
        self._tree = index.Index(interleaved=True)
        for number, (lon, lat) in enumerate(self._points.tolist()):
            self._tree.insert(number, (lon * self._shrink, lat, lon * self._shrink, lat))

    def nearest(self, lon: float, lat: float, limit: int) -> list[Found]:
        """The ``limit`` nearest, the nearest first; of two equally far the one that comes first in its collection."""
        x = lon * self._shrink
        numbers = np.array(sorted(self._tree.nearest((x, lat, x, lat), limit + _SPARE)), dtype=int)
        if not len(numbers):
            return []
        distances = distances_m(lon, lat, self._points[numbers, 0], self._points[numbers, 1])
        best = np.argsort(distances, kind="stable")[:limit]
        members = [self._members[number] for number in numbers[best].tolist()]
        return [Found(one, at, float(d)) for (one, at), d in zip(members, distances[best], strict=True)]
