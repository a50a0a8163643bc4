"""Which rows of two sources are about the same service: by place and kind, one to one, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geoportal.crs import distances_m


@dataclass(frozen=True)
class Spot:
    """A row of a source: where it is, in degrees, and of which kinds."""

    lon: float
    lat: float
    kinds: frozenset[str]


@dataclass(frozen=True)
class Matching:
    """Positions in both sources. ``pairs``: ours -> theirs. ``doubtful``: theirs that have more than one partner near,
    or share one with another row, so that nobody can tell which is meant."""

    pairs: dict[int, int]
    doubtful: tuple[int, ...]


def match(ours: Sequence[Spot], theirs: Sequence[Spot], within_m: float) -> Matching:
    """The rows that are of one kind and at most ``within_m`` metres apart on the ellipsoid, where each has only the
    other."""
    near = [(mine, other) for other, spot in enumerate(theirs) for mine in _near(ours, spot, within_m)]
    mine = [one for one, _ in near]
    others = [one for _, one in near]
    pairs = {one: other for one, other in near if mine.count(one) == 1 and others.count(other) == 1}
    paired = set(pairs.values())
    return Matching(pairs, tuple(sorted(set(others) - paired)))


def _near(ours: Sequence[Spot], spot: Spot, within_m: float) -> list[int]:
    alike = [position for position, one in enumerate(ours) if one.kinds & spot.kinds]
    lons, lats = np.array([ours[p].lon for p in alike]), np.array([ours[p].lat for p in alike])
    distances = distances_m(spot.lon, spot.lat, lons, lats)
    return [position for position, distance in zip(alike, distances.tolist(), strict=True) if distance <= within_m]
