"""Which areas share a part of their border."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

_STEPS = 1e7  # of a degree, as coordinates are published


def sharing_borders(areas: np.ndarray) -> Mapping[int, tuple[int, ...]]:
    """The positions that share at least one line with each position; a common corner is no border.

    The areas are a coverage: neighbours have the same vertices along their border, so equal lines are looked for, which
    takes a tenth of the time of intersecting each pair.
    """
    lines, owners = _lines(areas)
    order = np.lexsort(lines.T)
    lines, owners = lines[order], owners[order]
    same = np.flatnonzero((lines[1:] == lines[:-1]).all(axis=1))
    pairs = np.unique(np.stack((owners[same], owners[same + 1]), axis=1), axis=0)
    found: dict[int, set[int]] = {}
    for one, other in pairs.tolist():
        if one != other:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {one: tuple(sorted(others)) for one, others in found.items()}


def _lines(areas: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each straight line of each ring, the same in either direction (n x 4, whole numbers), and whose it is."""
    parts, area = shapely.get_parts(areas, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    steps = np.round(points * _STEPS).astype(np.int64)
    together = ring[1:] == ring[:-1]
    start, end = steps[:-1][together], steps[1:][together]
    backward = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    lines = np.where(backward[:, None], np.hstack((end, start)), np.hstack((start, end)))
    return lines, area[part[ring[:-1][together]]]
