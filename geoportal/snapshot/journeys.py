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
    def on_edge(self) -> dict[int, list[int]]:
        """The services on each edge that has any."""
        held: dict[int, list[int]] = {}
        for service, edge in enumerate(self.service_edge.tolist()):
            held.setdefault(edge, []).append(service)
        return held

    def depart(self, edge: int, share: float, access: float) -> Departure:
        """The way from ``share`` of the way along ``edge``; ``access``: seconds that are spent off the road first."""
        return Departure(self, edge, share, access)

    def along(self, service: int, share: float, forward: float, backward: float) -> float:
        """Seconds to a service from ``share`` of the way along its own edge, given those along it and against it."""
        way = float(self.service_share[service]) - share
        ahead = forward * way if way > 0 else backward * -way if way < 0 else 0.0
        return ahead + float(self.service_access[service])

    @cached_property
    def numbers(self) -> tuple[memoryview, memoryview, memoryview]:
        """``ends``, ``seconds`` and ``to_service`` as views, which give a number in a third of an array's time."""
        return self.ends.data, self.seconds.data, self.to_service.data


class Departure:
    """The way from one place on the network to the services, told one by one: who asks wants few of them."""

    def __init__(self, journeys: Journeys, edge: int, share: float, access: float) -> None:
        ends, seconds, self._to_service = journeys.numbers
        self._start, self._end = ends[edge, 0], ends[edge, 1]
        forward, backward = seconds[edge, 0], seconds[edge, 1]
        self._by_start = access + (backward * share if share > 0 else 0.0)
        self._by_end = access + (forward * (1 - share) if share < 1 else 0.0)
        self._here: dict[int, float] = {}  # on the same edge, so that no node has to be reached first
        for service in journeys.on_edge.get(edge, ()):
            self._here[service] = access + journeys.along(service, share, forward, backward)

    def seconds(self, service: int) -> float:
        """Seconds to ``service``; inf: it can't be reached."""
        times = self._to_service
        by_start, by_end = times[self._start, service] + self._by_start, times[self._end, service] + self._by_end
        best: float = by_start if by_start < by_end else by_end
        return min(best, self._here[service]) if service in self._here else best
