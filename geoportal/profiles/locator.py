"""A small picture of where a unit lies, drawn in the page itself: it is there in print and without scripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geoportal.profiles.unit import Unit
from geoportal.site import LEVELS
from geoportal.snapshot.outlines import Outlines, read_outlines
from geoportal.snapshot.reader import Snapshot

WIDTH = 360  # units of the picture; the coordinates are whole
GROUNDS = ("okres", "kraj")
LEAST = 9  # units; a smaller area gets a ring around it
MARK = 96  # units across the silhouette, which is shown at a third of that


@dataclass(frozen=True)
class Locator:
    """``ground`` and ``area`` are SVG paths to be filled by the even-odd rule.

    ``ring``: centre and radius of a circle around an area too small to be seen, else None.
    """

    width: int
    height: int
    ground: str
    area: str
    ring: tuple[int, int, int] | None


def locator(snapshot: Snapshot, unit: Unit, position: int) -> Locator | None:
    """The picture of the unit that is at ``position`` in the order of codes; None where there are no outlines."""
    held = _frame(snapshot)
    own = read_outlines(snapshot.folder, unit.level)
    if held is None or own is None:
        return None
    bounds, ground, height = held
    rings = _placed(own, np.flatnonzero(own.units == position).tolist(), bounds)
    points = np.concatenate(rings)
    size = np.ptp(points, axis=0)
    x, y = ((points.max(axis=0) + points.min(axis=0)) // 2).tolist()
    return Locator(WIDTH, height, ground, _path(rings), (x, y, 2 * LEAST) if size.max() < LEAST else None)


@lru_cache(maxsize=2)
def silhouette(snapshot: Snapshot) -> tuple[str, int, int] | None:
    """The shape of the whole territory: an SVG path, its width and height; None where there are no outlines."""
    found = read_outlines(snapshot.folder, LEVELS[-1])
    if found is None:
        return None
    west, south, east, north = found.bounds
    path = _path(_placed(found, range(len(found.rings) - 1), found.bounds, MARK))
    return path, MARK, round((north - south) / (east - west) * MARK)


@lru_cache(maxsize=2)
def _frame(snapshot: Snapshot) -> tuple[tuple[float, float, float, float], str, int] | None:
    """The box in metres, the path of the ground, and the height of the picture."""
    found = next((one for level in GROUNDS if (one := read_outlines(snapshot.folder, level))), None)
    if found is None:
        return None
    west, south, east, north = bounds = found.bounds
    height = round((north - south) / (east - west) * WIDTH)
    return bounds, _path(_placed(found, range(len(found.rings) - 1), bounds)), height


def _placed(
    outlines: Outlines, rings: Iterable[int], bounds: tuple[float, float, float, float], width: int = WIDTH
) -> list[np.ndarray]:
    """The rings in units of a picture so wide, each point once."""
    west, _, east, north = bounds
    scale = width / (east - west)
    found = []
    for ring in rings:
        metres = outlines.points[outlines.rings[ring] : outlines.rings[ring + 1]]
        points = np.round((metres - (west, north)) * (scale, -scale)).astype(int)
        moved = np.append(True, (points[1:] != points[:-1]).any(axis=1))
        found.append(points[moved])
    return found


def _path(rings: Iterable[np.ndarray]) -> str:
    parts = []
    for ring in rings:
        steps = " ".join(f"{x} {y}" for x, y in np.diff(ring, axis=0).tolist())
        parts.append(f"M{ring[0][0]} {ring[0][1]}l{steps}z" if steps else "")
    return "".join(parts).replace(" -", "-")
