"""Lines cut where they meet. Lines that only cross, as at a bridge, do not meet: a meeting needs an end or a vertex."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from shapely.ops import substring

_EXACT = 3  # decimals of a metre in which a vertex that two lines share is equal


@dataclass(frozen=True)
class Noded:
    """``pieces``: lines between nodes. ``line``: the line each was cut from. ``ends``: nodes at its start and end
    (n x 2). ``nodes``: x, y of each node."""

    pieces: np.ndarray
    line: np.ndarray
    ends: np.ndarray
    nodes: np.ndarray


def node_lines(lines: np.ndarray, snap_m: float) -> Noded:
    """The single ``lines`` (EPSG:5514) cut at junctions; ends no farther apart than ``snap_m`` are one node.

    Junctions are ends of lines, vertices that lines share, and places where a line ends beside the middle of another.
    A piece that would begin and end in one node within ``snap_m`` is left out.
    """
    cuts = [
        _apart(found, length, snap_m) for found, length in zip(_cuts(lines, snap_m), shapely.length(lines), strict=True)
    ]
    pieces, line = [], []
    for position, places in enumerate(cuts):
        whole = lines[position]
        bounds = [0.0, *places, whole.length]
        parts = [substring(whole, a, b) for a, b in pairwise(bounds)] if places else [whole]
        pieces += parts
        line += [position] * len(parts)
    return _join(np.array(pieces, dtype=object), np.array(line, dtype=np.int64), snap_m)


def _cuts(lines: np.ndarray, snap_m: float) -> list[list[float]]:
    """For each line the distances in metres from its start at which it meets others."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    starts = np.searchsorted(line, np.arange(len(lines)))
    stops = np.append(starts[1:], len(points)) - 1
    along = _along(points, line)
    _, vertex, times = np.unique(points.round(_EXACT), axis=0, return_inverse=True, return_counts=True)
    shared = times[vertex.ravel()] > 1
    shared[starts] = shared[stops] = False
    found: list[list[float]] = [[] for _ in lines]
    for position, distance in zip(line[shared].tolist(), along[shared].tolist(), strict=True):
        found[position].append(distance)
    ends = shapely.points(np.unique(points[np.concatenate((starts, stops))], axis=0))
    end, touched = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=snap_m)
    located = shapely.line_locate_point(lines[touched], ends[end])
    for position, distance in zip(touched.tolist(), located.tolist(), strict=True):
        found[position].append(distance)
    return found


def _along(points: np.ndarray, line: np.ndarray) -> np.ndarray:
    """The distance of each vertex from the start of its line."""
    steps = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)
    steps[np.searchsorted(line, np.unique(line))] = 0
    total = np.cumsum(steps)
    return total - total[np.searchsorted(line, line)]


def _apart(cuts: list[float], length: float, snap_m: float) -> list[float]:
    """The cuts in their order, without those so near to another one or to an end that they are the same node."""
    kept: list[float] = []
    for cut in sorted(cuts):
        if cut - (kept[-1] if kept else 0.0) > snap_m and length - cut > snap_m:
            kept.append(cut)
    return kept


def _join(pieces: np.ndarray, line: np.ndarray, snap_m: float) -> Noded:
    ends = shapely.get_coordinates(
        np.column_stack((shapely.get_point(pieces, 0), shapely.get_point(pieces, -1))).ravel()
    )
    pairs = cKDTree(ends).query_pairs(snap_m, output_type="ndarray")
    near = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(ends), len(ends)))
    count, node = connected_components(near, directed=False)
    size = np.bincount(node, minlength=count)
    nodes = np.column_stack([np.bincount(node, weights=ends[:, axis], minlength=count) / size for axis in (0, 1)])
    between = node.reshape(-1, 2)
    real = (between[:, 0] != between[:, 1]) | (shapely.length(pieces) > 2 * snap_m)
    return Noded(pieces[real], line[real], between[real], nodes)
