"""The nearest points to a position, exactly: candidates by the straight line through the Earth, then by geodesic.

No geodesic is shorter than the straight line (chord) between its ends. So once the last one wanted is nearer along the
ellipsoid than the next candidate is straight, nothing that was not looked at can be nearer.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Container, Sequence
from copy import copy
from functools import cached_property
from struct import Struct

import numpy as np
from rtree import index

from geoportal.crs import distance_m
from geoportal.finder.geodesic import NEAR_M, Spot, arc_m, spot, spots
from geoportal.finder.vicinity import Order, Vicinities

_FEW = 100  # points; a tree of them would be slower than a sweep
_FIRST = 5  # candidates asked of the tree at first; nearly always enough for three
_LEAF = 32
_LONLAT = Struct("=2d")

Ranked = list[tuple[float, int]]  # metres and numbers, the nearest first


class NearestIndex:
    """An index over ``points`` (n x 2, longitude and latitude in degrees), which are numbered from 0.

    ``grid``: their order by cells, which spares the search for whoever stands on it.
    """

    def __init__(self, points: np.ndarray, grid: Vicinities | None = None) -> None:
        self._spots = spots(points)
        self.rows = self._spots.ravel().view(np.uint8).data
        self._points = np.ascontiguousarray(points, dtype=float).ravel().view(np.uint8).data
        self._numbers = np.arange(len(points))
        self.grid = grid

    def part(self, numbers: Sequence[int]) -> NearestIndex:
        """An index over some of the points, which keep their numbers."""
        part = copy(self)
        part._numbers, part.grid = np.array(numbers, dtype=np.int64), None
        part.__dict__.pop("_tree", None)
        return part

    def __len__(self) -> int:
        return len(self._numbers)

    def sight(self, lon: float, lat: float) -> Sight:
        """The points as seen from a position."""
        return Sight(self, lon, lat)

    def near(self, lon: float, lat: float, here: Spot) -> Order:
        """Some points nearly in order, and the metres that the chord to each has at least."""
        return (self.grid and self.grid.order(lon, lat)) or self.candidates(here, _FIRST)

    def candidates(self, here: Spot, wanted: int) -> Order:
        """At least the ``wanted`` nearest points by chord, the nearest first, and the length of each chord."""
        near, centre = self._numbers, here[:3]
        if self._tree is not None and wanted < len(near):
            near = np.sort(np.fromiter(self._tree.nearest((*centre, *centre), wanted), dtype=np.int64))
        lines = self._spots[near, :3] - centre
        squares = np.einsum("ij,ij->i", lines, lines)
        order = squares.argsort(kind="stable")
        return near[order].tolist(), np.sqrt(squares[order]).tolist()

    @cached_property
    def _tree(self) -> index.Index | None:
        """The points in space; None where they are so few that looking at all is faster."""
        if len(self) <= _FEW:
            return None
        places = self._spots[self._numbers, :3]
        shape = index.Property(dimension=3, leaf_capacity=_LEAF, index_capacity=_LEAF)
        return index.Index((self._numbers, places, places), properties=shape)

    def lonlat(self, number: int) -> Sequence[float]:
        """Where the point ``number`` is in degrees."""
        return _LONLAT.unpack_from(self._points, _LONLAT.size * number)


class Sight:
    """The points of an index from one position; what was measured once is kept for the next question."""

    def __init__(self, held: NearestIndex, lon: float, lat: float) -> None:
        self._index, self._lon, self._lat = held, lon, lat
        self._here = here = spot(lon, lat)
        self._order, self._least = held.near(lon, lat, here)
        self._distances: dict[int, float] = {}

    def nearest(self, limit: int, among: Container[int] | None = None) -> Ranked:
        """The ``limit`` nearest points, only of those ``among`` where it is given; of two equally far the lower number
        comes first."""
        distances, measure = self._distances, self._measure
        while True:
            held: Ranked = []
            farthest = math.inf
            for number, least in zip(self._order, self._least, strict=True):
                if farthest <= least:
                    return held[:limit]
                if among is None or number in among:
                    insort(held, (distances.get(number) or measure(number), number))
                    if len(held) >= limit:
                        farthest = held[limit - 1][0]
            if not self._fetch():
                return held[:limit]

    def _fetch(self) -> bool:
        """Gets more candidates; whether there are any."""
        known = len(self._order)
        if known < len(self._index):
            self._order, self._least = self._index.candidates(self._here, 4 * known)
        return len(self._order) > known

    def _measure(self, number: int) -> float:
        """Metres along the ellipsoid to the point ``number``."""
        metres = arc_m(self._here, self._index.rows, number)
        if metres > NEAR_M:
            metres = distance_m(self._lon, self._lat, *self._index.lonlat(number))
        self._distances[number] = metres
        return metres
