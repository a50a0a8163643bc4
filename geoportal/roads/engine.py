"""Shortest times on the network, by Dijkstra's algorithm of SciPy on the reversed graph: from every node to a place."""

from __future__ import annotations

import numpy as np
from scipy.sparse.csgraph import dijkstra

from geoportal.roads.network import Network
from geoportal.roads.places import OffRoad, Places
from geoportal.snapshot.journeys import Journeys, part_way


def seconds_to(network: Network, places: Places, off_road: OffRoad) -> np.ndarray:
    """Seconds from every node to every place (nodes x places), the way off the road included; inf: can't be reached."""
    from_start = part_way(network.seconds[places.edge, 0], places.share)
    from_end = part_way(network.seconds[places.edge, 1], 1 - places.share)
    doors, door = np.unique(network.ends[places.edge], return_inverse=True)
    door = door.reshape(-1, 2)
    to_door = dijkstra(network.matrix().T.tocsr(), indices=doors)
    best = np.minimum(to_door[door[:, 0]] + from_start[:, None], to_door[door[:, 1]] + from_end[:, None])
    return best.T + places.access_m / off_road.pace


def journeys_to(network: Network, services: Places, off_road: OffRoad) -> Journeys:
    """All that is needed to tell the time from anywhere on the network to each of ``services``."""
    to_service = seconds_to(network, services, off_road).astype(np.float32)
    access = services.access_m / off_road.pace
    return Journeys(network.ends, network.seconds, to_service, services.edge, services.share, access)


def seconds_between(journeys: Journeys, origins: Places, services: Places, off_road: OffRoad) -> np.ndarray:
    """Seconds from each origin to each service (origins x services, float32), on the road or, where near, beside it."""
    starts = zip(origins.edge.tolist(), origins.share.tolist(), origins.access_m.tolist(), strict=True)
    ways = (journeys.depart(edge, share, access_m / off_road.pace) for edge, share, access_m in starts)
    rows = [[way.seconds(service) for service in range(len(services.edge))] for way in ways]
    straight_m = np.hypot(*(origins.points[:, None] - services.points).transpose(2, 0, 1))
    beside = np.where(straight_m <= off_road.limit_m, straight_m / off_road.pace, np.inf)
    return np.minimum(np.array(rows).reshape(beside.shape), beside).astype(np.float32)
