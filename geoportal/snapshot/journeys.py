"""Seconds by road from any place on the network, put together from what was computed for its nodes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np


def part_way(seconds: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Seconds along a share of an edge; none of it takes no time even against a one-way road (where it takes inf)."""
    with np.errstate(invalid="ignore"):
        return np.where(share > 0, seconds * share, 0.0)


@dataclass(frozen=True)
class Journeys:
    """``ends``: the two nodes of each edge (m x 2). ``seconds``: along it and against it (m x 2), inf: not allowed.

    ``to_service``: seconds from each node to each service (nodes x services). ``service_edge``, ``service_share``:
    where each service lies on the network. ``service_access``: seconds from there to its door.
    """

    ends: np.ndarray
    seconds: np.ndarray
    to_service: np.ndarray
    service_edge: np.ndarray
    service_share: np.ndarray
    service_access: np.ndarray

    @cached_property
    def _on_edge(self) -> dict[int, list[int]]:
        """The services on each edge that has any."""
        held: dict[int, list[int]] = {}
        for service, edge in enumerate(self.service_edge.tolist()):
            held.setdefault(edge, []).append(service)
        return held

    def from_place(self, edge: int, share: float, access: float) -> np.ndarray:
        """Seconds to every service (float32) from ``share`` of the way along ``edge``.

        ``access``: seconds that are spent off the road first.
        """
        start, end = self.ends[edge].tolist()
        forward, backward = self.seconds[edge].tolist()
        by_start = self.to_service[start] + (backward * share if share > 0 else 0.0)
        by_end = self.to_service[end] + (forward * (1 - share) if share < 1 else 0.0)
        best = np.minimum(by_start, by_end)
        for service in self._on_edge.get(edge, ()):  # no need to reach a node first
            way = float(self.service_share[service]) - share
            ahead = forward * way if way > 0 else backward * -way if way < 0 else 0.0
            best[service] = min(best[service], ahead + self.service_access[service])
        return (best + access).astype(np.float32, copy=False)
