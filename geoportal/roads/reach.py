"""The area from which the nearest of some places is reached within a time: on the roads and beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from geoportal.roads.network import Network
from geoportal.roads.places import OffRoad, Places
from geoportal.roads.segments import Segments, cut_up
from geoportal.snapshot.journeys import part_way

# A disc has 16 corners on its circle, so an area is rather too small than too large: by 2 % of the way off the road.
_DISC = np.column_stack([wave(np.arange(16) * np.pi / 8) for wave in (np.cos, np.sin)])
_STEP_M, _SMOOTH_M = 250.0, 20.0  # beyond what a map at 1 : 200,000 can tell


def areas_in_reach(
    network: Network, to_nearest: np.ndarray, places: Places, minutes: Sequence[int], off_road: OffRoad
) -> list[shapely.Geometry]:
    """An area in EPSG:5514 for each of ``minutes`` (ascending); each holds the one before.

    ``to_nearest``: seconds from each node to the nearest of ``places``. A point belongs to an area if from a place on a
    road the time left suffices for the way between them off the road.
    """
    lines = shapely.segmentize(shapely.simplify(network.lines, _SMOOTH_M), _STEP_M)
    segments = cut_up(lines)
    seconds = _seconds_along(network, segments, to_nearest, places, off_road)
    areas: list[shapely.Geometry] = []
    for limit in minutes:
        tapered = _tapers(segments, limit * 60 - seconds, off_road)
        discs = _discs(places.points[np.isfinite(places.access_m)], limit * 60 * off_road.pace, off_road.limit_m)
        before = areas[-1:]
        merged = shapely.union_all([*_not_within(before, np.concatenate((tapered, discs))), *before])
        areas.append(shapely.union_all([shapely.simplify(merged, _SMOOTH_M), *before]))  # smoothed, and yet nested
    return areas


def _seconds_along(
    network: Network, segments: Segments, to_nearest: np.ndarray, places: Places, off_road: OffRoad
) -> np.ndarray:
    """Seconds from the start and the end of each segment to the nearest place (n x 2)."""
    forward, backward = (network.seconds[segments.line, way][:, None] for way in (0, 1))
    start, end = (to_nearest[network.ends[segments.line, way]][:, None] for way in (0, 1))
    share = segments.share
    best = np.minimum(start + part_way(backward, share), end + part_way(forward, 1 - share))
    for edge, at, access_m in zip(places.edge, places.share, places.access_m, strict=True):
        mine = segments.line == edge
        ahead = part_way(forward[mine], at - share[mine]) + part_way(backward[mine], share[mine] - at)
        best[mine] = np.minimum(best[mine], ahead + access_m / off_road.pace)
    return best


def _tapers(segments: Segments, left: np.ndarray, off_road: OffRoad) -> np.ndarray:
    """For each segment with time left (``left``, seconds at both ends, n x 2) all points that it still suffices for."""
    some = (left > 0).any(axis=1)
    left, start, end = left[some], segments.start[some], segments.end[some]
    with np.errstate(invalid="ignore"):
        used = np.clip(left / (left - left[:, ::-1]), 0, 1)  # the share of the segment until no time is left
    used = np.where(left.min(axis=1)[:, None] < 0, used, 1)[:, :, None]
    near = np.where((left[:, :1] < 0), end + (start - end) * used[:, 1], start)
    far = np.where((left[:, 1:] < 0), start + (end - start) * used[:, 0], end)
    radius = np.minimum(np.clip(left, 0, None) * off_road.pace, off_road.limit_m)
    corners = [centre[:, None] + radius[:, way, None, None] * _DISC for way, centre in enumerate((near, far))]
    return np.asarray(shapely.convex_hull(shapely.linestrings(np.concatenate(corners, axis=1))))


def _not_within(areas: list[shapely.Geometry], parts: np.ndarray) -> np.ndarray:
    """The parts that add something to the areas; most don't, and merging them would take most of the time."""
    for area in areas:
        shapely.prepare(area)
        parts = parts[~shapely.contains_properly(area, parts)]
    return parts


def _discs(points: np.ndarray, way_m: float, limit_m: float) -> np.ndarray:
    return np.asarray(shapely.polygons(points[:, None] + min(way_m, limit_m) * _DISC))
