"""Roads in EPSG:5514 whose times can be told in the head: 1 km between neighbouring corners, 60 km/h, so one minute."""

from __future__ import annotations

import numpy as np
import shapely

from geoportal.roads.network import Network, build_network
from geoportal.roads.places import OffRoad, Places, place
from tests.squares import X0, Y0

OFF_ROAD = OffRoad(kmh=6.0, limit_m=500.0)  # 100 m are one minute


def line(*corners: tuple[float, float]) -> shapely.LineString:
    """A line through points in kilometres from the corner of the squares."""
    return shapely.LineString([(X0 + 1000 * x, Y0 + 1000 * y) for x, y in corners])


def spots(*corners: tuple[float, float]) -> np.ndarray:
    """Points in kilometres from the corner of the squares."""
    return np.array([(X0 + 1000 * x, Y0 + 1000 * y) for x, y in corners]).reshape(-1, 2)


def network(
    *lines: shapely.LineString,
    kmh: float = 60,
    oneway: tuple[int, ...] = (),
    closed: tuple[int, ...] = (),
    snap: float = 1,
) -> Network:
    """A network of ``lines``; ``oneway`` and ``closed`` are positions of those driven along only, or not entered."""
    direction, shut = np.zeros(len(lines), dtype=int), np.zeros(len(lines), dtype=bool)
    direction[list(oneway)] = 1
    shut[list(closed)] = True
    return build_network(np.array(lines, dtype=object), np.full(len(lines), float(kmh)), direction, shut, snap)


def city(size: int = 4) -> Network:
    """Streets around ``size`` times ``size`` blocks, each street one line."""
    ways = [line((0, n), (size, n)) for n in range(size + 1)] + [line((n, 0), (n, size)) for n in range(size + 1)]
    crossed = [shapely.segmentize(way, 1000) for way in ways]  # a vertex at each crossing
    return network(*crossed)


def on(net: Network, *corners: tuple[float, float]) -> Places:
    """Where points meet the network."""
    return place(net, spots(*corners), OFF_ROAD)
