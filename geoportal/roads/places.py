"""Places on the network: where a journey from a point enters the roads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geoportal.roads.network import KMH, Network


@dataclass(frozen=True)
class OffRoad:
    """How people get to the road: km/h as the crow flies, and how far in metres they do."""

    kmh: float
    limit_m: float

    @property
    def pace(self) -> float:
        """Metres in a second."""
        return self.kmh / KMH


@dataclass(frozen=True)
class Places:
    """``points``: x, y in EPSG:5514 (n x 2). ``edge`` and ``share``: the nearest edge that can be entered, and where on
    it, 0 its start and 1 its end. ``access_m``: metres to there as the crow flies; inf beyond the limit."""

    points: np.ndarray
    edge: np.ndarray
    share: np.ndarray
    access_m: np.ndarray

    def __getitem__(self, chosen: np.ndarray) -> Places:
        """Some of the places."""
        return Places(self.points[chosen], self.edge[chosen], self.share[chosen], self.access_m[chosen])


def place(network: Network, points: np.ndarray, off_road: OffRoad) -> Places:
    """Where each of ``points`` (n x 2, EPSG:5514) meets the network."""
    entered = network.entered
    held = shapely.points(points)
    found, distance = shapely.STRtree(network.lines[entered]).query_nearest(
        held, return_distance=True, all_matches=False
    )
    edge = entered[found[1]]
    lines = network.lines[edge]
    share = shapely.line_locate_point(lines, held) / shapely.length(lines)
    return Places(points, edge, share, np.where(distance <= off_road.limit_m, distance, np.inf))
