"""A table of the roads that may be nearest to any point of a cell, so that a server finds the nearest in one look."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely

from geoportal.crs import CRS84, KROVAK, project
from geoportal.roads.network import Network
from geoportal.roads.places import OffRoad
from geoportal.roads.segments import cut_up

_SIDE_M = (150.0, 250.0)  # the smallest and the largest cell
_SPARE = 1.01  # Krovak's scale and the shape of a cell in it


@dataclass(frozen=True)
class Cells:
    """``origin``: west and south, ``size``: width and height of a cell in degrees, ``count``: columns and rows.

    ``offsets`` (cells + 1) bound the ``candidates`` of each cell, row by row: positions among the segments.
    ``segments``: both ends in degrees (n x 4). ``edge``: the edge of each. ``share``: where on it it starts and ends
    (n x 2).
    """

    origin: tuple[float, float]
    size: tuple[float, float]
    count: tuple[int, int]
    offsets: np.ndarray
    candidates: np.ndarray
    segments: np.ndarray
    edge: np.ndarray
    share: np.ndarray


def make_cells(network: Network, off_road: OffRoad) -> Cells:
    """The table over all that lies as near as ``off_road`` allows to a road that can be entered."""
    limit_m = off_road.limit_m
    cut = cut_up(network.lines[network.entered])
    start, end = project(cut.start, KROVAK, CRS84), project(cut.end, KROVAK, CRS84)
    origin, size, count = _grid(np.concatenate((start, end)), limit_m, len(start))
    column, row = np.meshgrid(np.arange(count[0]), np.arange(count[1]))
    corners = np.array([(0, 0), (1, 0), (0, 1), (1, 1), (0.5, 0.5)])
    places = np.stack([column.ravel(), row.ravel()], axis=1)[:, None] + corners
    measured = project((origin + places * size).reshape(-1, 2), CRS84, KROVAK).reshape(-1, 5, 2)
    centre = measured[:, 4]
    half = np.hypot(*(measured[:, :4] - centre[:, None]).transpose(2, 0, 1)).max(axis=1) * _SPARE
    offsets, candidates = _candidates(
        shapely.linestrings(np.stack([cut.start, cut.end], axis=1)), centre, half, limit_m
    )
    segments = np.column_stack((start, end))
    return Cells(origin, size, count, offsets, candidates, segments, network.entered[cut.line], cut.share)


def _grid(
    points: np.ndarray, limit_m: float, segments: int
) -> tuple[tuple[float, float], tuple[float, float], tuple[int, int]]:
    """Origin, size and count of cells: as many cells as segments, within reason."""
    per_degree = np.array([math.cos(math.radians(float(points[:, 1].mean()))), 1.0]) * 111_300
    low, high = points.min(axis=0) - limit_m / per_degree, points.max(axis=0) + limit_m / per_degree
    span_m = (high - low) * per_degree
    side_m = min(max(math.sqrt(float(span_m.prod()) / segments), _SIDE_M[0]), _SIDE_M[1])
    width, height = (side_m / per_degree).tolist()
    columns, rows = np.ceil(span_m / side_m).astype(int).tolist()
    return (float(low[0]), float(low[1])), (width, height), (columns, rows)


def _candidates(
    segments: np.ndarray, centre: np.ndarray, half: np.ndarray, limit_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """By cell the segments that are nearest to some point of it: no farther from the centre than the nearest one and
    twice the half of its diagonal."""
    tree = shapely.STRtree(segments)
    centres = shapely.points(centre)
    distance = tree.query_nearest(centres, return_distance=True, all_matches=False)[1]
    near = np.flatnonzero(distance <= (limit_m + half) * _SPARE)
    cell, segment = tree.query(centres[near], predicate="dwithin", distance=(distance + 2 * half)[near] * _SPARE)
    order = np.lexsort((segment, cell))
    counts = np.zeros(len(centre), dtype=np.int64)
    counts[near] = np.bincount(cell, minlength=len(near))
    return np.concatenate(([0], np.cumsum(counts))), segment[order].astype(np.int32)
