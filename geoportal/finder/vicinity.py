"""Which points are near, prepared by cells of a grid: from all of a cell their order is nearly the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geoportal.finder.geodesic import spots

MOST = 250  # points, so that a byte numbers one
_ENTRIES = 2**18  # of points in cells
_MARGIN = 0.1  # degrees around the points
_WIDEST = 10.0  # degrees; in a wider grid the corners of a cell need not be farthest from its middle
_POLAR = 80.0
_SPARE = 1.01

Order = tuple[Sequence[int], Sequence[float]]


class Vicinities:
    """A grid over and around at least one and at most ``MOST`` ``points`` (n x 2, degrees)."""

    def __init__(self, points: np.ndarray) -> None:
        low, high = points.min(axis=0) - _MARGIN, points.max(axis=0) + _MARGIN
        self._count = len(points)
        self._side = max(int((_ENTRIES / self._count) ** 0.5), 1)
        (self._west, self._south), (self._width, self._height) = low.tolist(), ((high - low) / self._side).tolist()
        row, column = np.divmod(np.arange(self._side**2), self._side)
        south_west = np.column_stack((column, row))
        middle, *corners = (
            spots(low + (south_west + part) * (self._width, self._height))[:, :3]
            for part in ((0.5, 0.5), (0, 0), (0, 1), (1, 0), (1, 1))
        )
        across = np.max([np.linalg.norm(corner - middle, axis=1) for corner in corners], axis=0) * _SPARE
        chords = np.linalg.norm(spots(points)[:, :3] - middle[:, None], axis=2)
        order = chords.argsort(axis=1, kind="stable")
        least = np.take_along_axis(chords, order, axis=1) - across[:, None]
        self._order = order.astype(np.uint8).tobytes()
        self._least = np.nextafter(least.astype(np.float32), np.float32(-np.inf)).ravel().data

    def order(self, lon: float, lat: float) -> Order | None:
        """All points from a position, and the metres that the chord to each has at least, which ascend; None outside.

        The order is that of the chords from the middle of the cell; the metres allow for where in it the position is.
        """
        column, row = (lon - self._west) / self._width, (lat - self._south) / self._height
        if not (0 <= column < self._side and 0 <= row < self._side):
            return None
        start = (int(row) * self._side + int(column)) * self._count
        cell = slice(start, start + self._count)
        return self._order[cell], self._least[cell]


def vicinities(points: np.ndarray) -> Vicinities | None:
    """The vicinities of ``points``; None where they are none, too many, too far apart or near a pole."""
    if not 0 < len(points) <= MOST:
        return None
    span = points.max(axis=0) - points.min(axis=0) + 2 * _MARGIN
    return Vicinities(points) if span.max() <= _WIDEST and np.abs(points[:, 1]).max() < _POLAR else None
