"""The outlines of units as pictures draw them: simplified, in metres of EPSG:5514 turned so that north is up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import orjson

from geoportal.crs import north_up

FOLDER = "outlines"
PLACES = "places.json"
MIDDLE = "middle.npy"


@dataclass(frozen=True)
class Seat:
    """The town that a unit is named after, in the same metres."""

    name: str
    x: int
    y: int


@dataclass(frozen=True)
class Outlines:
    """Closed rings of all units of a level, outer and inner alike; to be filled by the even-odd rule.

    ``points``: n x 2. ``rings``: where each ring begins among them, and the end. ``units``: the position of each ring's
    unit in the order of codes. ``middles``: a place inside each unit (n x 2).
    """

    points: np.ndarray
    rings: np.ndarray
    units: np.ndarray
    middles: np.ndarray

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north in metres."""
        west, south = self.points.min(axis=0).tolist()
        east, north = self.points.max(axis=0).tolist()
        return west, south, east, north


def read_turn(snapshot: Path) -> Callable[[np.ndarray], np.ndarray]:
    """What turns places in EPSG:5514 (n x 2) as the outlines are turned, so that they can lie above them."""
    x, y = np.load(snapshot / FOLDER / MIDDLE).tolist()
    return north_up(x, y)


def read_outlines(snapshot: Path, level: str) -> Outlines | None:
    """The outlines of ``level``; None where the snapshot has no such level. The arrays are mapped into memory."""
    paths = [snapshot / FOLDER / f"{level}.{name}.npy" for name in ("points", "rings", "units", "middles")]
    if not paths[0].is_file():
        return None
    return Outlines(*(np.load(path, mmap_mode="r") for path in paths))


def read_seats(snapshot: Path, level: str) -> list[Seat]:
    """The seats of the units of ``level``, where a town has the name of its unit."""
    path = snapshot / FOLDER / PLACES
    held = orjson.loads(path.read_bytes()) if path.is_file() else {}
    return [Seat(*seat) for seat in held.get(level, [])]
