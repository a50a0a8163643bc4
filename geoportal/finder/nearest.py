"""The nearest points to a position, exactly: candidates by the straight line through the Earth, then by geodesic.

No geodesic is shorter than the straight line (chord) between its ends. So once the last one wanted is nearer along the
ellipsoid than the next candidate is straight, nothing that was not looked at can be nearer.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable

import numpy as np
from rtree import index

from geoportal.crs import distance_m

_AXIS, _FLATTENING = 6_378_137.0, 1 / 298.257223563  # of WGS 84
_ECCENTRICITY = _FLATTENING * (2 - _FLATTENING)
_FEW = 100  # up to so many points a sweep over all of them is faster than the tree
_FIRST = 5  # candidates asked of the tree at first; nearly always enough for three
_LEAF = 32


class NearestIndex:
    """An index over ``points`` (n x 2, longitude and latitude in degrees)."""

    def __init__(self, points: np.ndarray) -> None:
        self.lonlat: list[tuple[float, float]] = [(lon, lat) for lon, lat in points.tolist()]
        self._points = _all_geocentric(points)
        self._tree = _tree(self._points) if len(points) > _FEW else None

    def __len__(self) -> int:
        return len(self.lonlat)

    @property
    def small(self) -> bool:
        """Whether there are so few points that all are looked at anyway."""
        return self._tree is None

    def sight(self, lon: float, lat: float) -> Sight:
        """The points as seen from a position."""
        return Sight(self, lon, lat)

    def candidates(self, here: np.ndarray, wanted: int) -> tuple[list[int], list[float]]:
        """At least the ``wanted`` nearest positions by chord, the nearest first, and the length of each chord."""
        if self._tree is None or wanted >= len(self.lonlat):
            return _by_chord(self._points - here)
        near = np.sort(np.fromiter(self._tree.nearest(here.tolist() * 2, wanted), dtype=np.int64))
        order, chords = _by_chord(self._points[near] - here)
        return near[order].tolist(), chords


class Sight:
    """The points of an index from one position; what was looked at once is kept for the next question."""

    def __init__(self, held: NearestIndex, lon: float, lat: float) -> None:
        self._index, self._lon, self._lat = held, lon, lat
        self._here = geocentric(lon, lat)
        self._order, self._chords = held.candidates(self._here, _FIRST)
        self._distances: dict[int, float] = {}

    def nearest(self, limit: int, accept: Callable[[int], bool] | None = None) -> list[tuple[int, float]]:
        """Positions and metres of the ``limit`` nearest points that ``accept`` lets through, the nearest first.

        Of two equally far the one that comes first.
        """
        held: list[tuple[float, int]] = []
        looked, farthest = 0, math.inf
        while looked < len(self._order) or self._fetch():
            for position, chord in zip(self._order[looked:], self._chords[looked:], strict=True):
                if farthest <= chord:
                    return [(position, distance) for distance, position in held[:limit]]
                if accept is None or accept(position):
                    insort(held, (self.distance(position), position))
                    farthest = held[limit - 1][0] if len(held) >= limit else math.inf
            looked = len(self._order)
        return [(position, distance) for distance, position in held[:limit]]

    def _fetch(self) -> bool:
        """Gets more candidates; whether there are any."""
        known = len(self._order)
        if known < len(self._index):
            self._order, self._chords = self._index.candidates(self._here, 4 * known)
        return len(self._order) > known

    def distance(self, position: int) -> float:
        """Metres to the point at ``position``."""
        found = self._distances.get(position)
        if found is None:
            found = self._distances[position] = distance_m(self._lon, self._lat, *self._index.lonlat[position])
        return found


def geocentric(lon: float, lat: float) -> np.ndarray:
    """Metres from the centre of the Earth along three axes (EPSG:4978) of a position on the ellipsoid, in degrees."""
    east, north = math.radians(lon), math.radians(lat)
    normal = _AXIS / math.sqrt(1 - _ECCENTRICITY * math.sin(north) ** 2)
    flat = normal * math.cos(north)
    return np.array((flat * math.cos(east), flat * math.sin(east), normal * (1 - _ECCENTRICITY) * math.sin(north)))


def _by_chord(lines: np.ndarray) -> tuple[list[int], list[float]]:
    """The order of ``lines`` (n x 3) by length, of equal ones the first before, and their lengths in this order."""
    squares = np.einsum("ij,ij->i", lines, lines)
    order = squares.argsort(kind="stable")
    return order.tolist(), np.sqrt(squares[order]).tolist()


def _all_geocentric(points: np.ndarray) -> np.ndarray:
    """The same for many ``points`` (n x 2)."""
    east, north = np.radians(points).T
    normal = _AXIS / np.sqrt(1 - _ECCENTRICITY * np.sin(north) ** 2)
    flat = normal * np.cos(north)
    return np.column_stack((flat * np.cos(east), flat * np.sin(east), normal * (1 - _ECCENTRICITY) * np.sin(north)))


def _tree(points: np.ndarray) -> index.Index:
    shape = index.Property(dimension=3, leaf_capacity=_LEAF, index_capacity=_LEAF)
    return index.Index((np.arange(len(points)), points, points), properties=shape)
