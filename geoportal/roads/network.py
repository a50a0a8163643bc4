"""The road network as a graph: nodes, edges between them, seconds along each edge in both directions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from geoportal.roads.noding import node_lines

KMH = 3.6  # km/h in one m/s


@dataclass(frozen=True)
class Network:
    """Coordinates are in EPSG:5514.

    ``nodes``: x, y (n x 2). ``lines``: the course of each edge. ``ends``: nodes at its start and end (m x 2).
    ``seconds``: from start to end and from end to start (m x 2), inf where that direction is not allowed. ``open``:
    whether an edge can be entered between its ends. ``component``: of each node, 0 the one with the longest roads.
    """

    nodes: np.ndarray
    lines: np.ndarray
    ends: np.ndarray
    seconds: np.ndarray
    open: np.ndarray
    component: np.ndarray

    @property
    def entered(self) -> np.ndarray:
        """Positions of the edges on which a journey may begin or end: open ones of the largest component."""
        return np.flatnonzero(self.open & (self.component[self.ends[:, 0]] == 0))

    def lengths_by_component(self) -> np.ndarray:
        """Metres of road in each component, the largest first."""
        return np.bincount(self.component[self.ends[:, 0]], weights=shapely.length(self.lines))

    def in_metres(self) -> Network:
        """The same network on which each way costs its length in place of the seconds it takes."""
        metres = shapely.length(self.lines)[:, None]
        return replace(self, seconds=np.where(np.isfinite(self.seconds), metres, np.inf))

    def matrix(self) -> csr_matrix:
        """Seconds from node to node; of parallel edges the fastest."""
        start = np.concatenate((self.ends[:, 0], self.ends[:, 1]))
        end = np.concatenate((self.ends[:, 1], self.ends[:, 0]))
        cost = self.seconds.T.ravel()
        allowed = np.isfinite(cost) & (start != end)
        order = np.lexsort((cost[allowed], end[allowed], start[allowed]))
        start, end, cost = start[allowed][order], end[allowed][order], cost[allowed][order]
        fastest = np.ones(len(start), dtype=bool)
        fastest[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
        size = (len(self.nodes), len(self.nodes))
        return csr_matrix((cost[fastest], (start[fastest], end[fastest])), shape=size)


def build_network(
    lines: np.ndarray, kmh: np.ndarray, direction: np.ndarray, closed: np.ndarray, snap_m: float
) -> Network:
    """The graph of single ``lines`` in EPSG:5514, each with its speed.

    ``direction``: 0 both ways, 1 only along the line, -1 only against it. ``closed``: not to be entered on the way.
    """
    noded = node_lines(lines, snap_m)
    seconds = shapely.length(noded.pieces) / (kmh[noded.line] / KMH)
    ways = np.column_stack([np.where(direction[noded.line] == against, np.inf, seconds) for against in (-1, 1)])
    component = _components(noded.ends, shapely.length(noded.pieces), len(noded.nodes))
    return Network(noded.nodes, noded.pieces, noded.ends, ways, ~closed[noded.line], component)


def _components(ends: np.ndarray, length: np.ndarray, nodes: int) -> np.ndarray:
    """The number of each node's component, in the order of the length of their roads, the longest first."""
    links = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))
    count, found = connected_components(links, directed=False)
    total = np.bincount(found[ends[:, 0]], weights=length, minlength=count)
    rank = np.empty(count, dtype=np.int64)
    rank[np.argsort(-total, kind="stable")] = np.arange(count)
    return rank[found]
