"""Travel times by road from any point, read from what the build computed: there is no engine while serving."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import Any

import numpy as np

from geoportal.schema import Text
from geoportal.snapshot.journeys import Journeys

_SEGMENT, _SHARES = Struct("=4d"), Struct("=2d")  # as the build writes them, in the order of the machine
_WGS84_A, _WGS84_E2 = 6_378_137.0, 0.00669437999014


@dataclass(frozen=True)
class Travel:
    """A way by road to every service.

    ``seconds``: layer id -> float32 seconds by position of the feature, inf where there is no way. ``access_m``: metres
    from the point to the road. ``coarse``: the network lacks smaller roads. ``note``: what to tell people of it.
    """

    seconds: Mapping[str, np.ndarray]
    access_m: float
    coarse: bool
    note: Text


class RoadTimes:
    """``entry`` is the manifest's part on roads, ``units`` the codes of the obce in the order of the snapshot."""

    def __init__(self, folder: Path, entry: dict[str, Any], units: Sequence[str]) -> None:
        def held(name: str) -> np.ndarray:
            array: np.ndarray = np.load(folder / f"{name}.npy", mmap_mode="r")
            return array.view(np.ndarray)  # numpy's memmap class makes every slice dear

        self.coarse: bool = entry["coarse"]
        self.note = Text.model_validate(entry["note"])
        self.network: str = entry["network"]
        self._layers = {layer: slice(*bounds) for layer, bounds in entry["services"].items()}
        self._m_per_s: float = entry["access_kmh"] / 3.6
        self._limit_m: float = entry["access_limit_m"]
        self._west, self._south, self._width, self._height = entry["cells"]["origin"] + entry["cells"]["size"]
        self._columns, self._rows = entry["cells"]["count"]
        # A view of memory gives single numbers in a third of the time that an array takes.
        self._cells, self._candidates, self._segment_edge = (
            held(name).data for name in ("cells", "candidates", "segment_edge")
        )
        self._segments, self._segment_share = (held(name).data.cast("B") for name in ("segments", "segment_share"))
        self._journeys = Journeys(
            *(held(name) for name in ("ends", "seconds", "to_service")),
            *(held(name) for name in ("service_edge", "service_share", "service_access")),
        )
        self._points = held("service_points")
        self._near: dict[int, np.ndarray] = {}  # by cell
        self._units = {code: position for position, code in enumerate(units)}
        self._from_units = held("from_units")

    def from_point(self, lon: float, lat: float) -> Travel | None:
        """The ways from a point in degrees, or None where no road is near enough."""
        column, row = (lon - self._west) / self._width, (lat - self._south) / self._height
        if not (0 <= column < self._columns and 0 <= row < self._rows):  # NaN is nowhere
            return None
        cell = int(row) * self._columns + int(column)
        candidates = self._candidates[self._cells[cell] : self._cells[cell + 1]]
        if not candidates:
            return None
        scale = _metres_per_degree(lat)
        segment, share, access_m = self._nearest(candidates, (lon, lat), scale)
        if access_m > self._limit_m:
            return None
        start, end = _SHARES.unpack_from(self._segment_share, _SHARES.size * segment)
        where = min(start + (end - start) * share, 1.0)
        seconds = self._journeys.from_place(self._segment_edge[segment], where, access_m / self._m_per_s)
        near = self._near.get(cell)
        if near is None:
            near = self._near[cell] = self._round_the_corner(int(column), int(row))
        if len(near):
            straight_m = np.hypot(*((self._points[near] - (lon, lat)) * scale).T)
            seconds[near] = np.where(
                straight_m <= self._limit_m, np.minimum(seconds[near], straight_m / self._m_per_s), seconds[near]
            )
        return self._travel(seconds, access_m)

    def from_unit(self, code: str) -> Mapping[str, np.ndarray] | None:
        """Seconds from the definition point of an obec by layer and position, or None for a code not known."""
        position = self._units.get(code)
        if position is None:
            return None
        row = self._from_units[position]
        return {layer: row[part] for layer, part in self._layers.items()}

    def _round_the_corner(self, column: int, row: int) -> np.ndarray:
        """The services that may be so near to a point of a cell that no road is needed; a few too many."""
        lon, lat = self._west + (column + 0.5) * self._width, self._south + (row + 0.5) * self._height
        scale = _metres_per_degree(lat)
        across_m = math.hypot(self._width * scale[0], self._height * scale[1])
        straight_m = np.hypot(*((self._points - (lon, lat)) * scale).T)
        return (straight_m <= self._limit_m + across_m).nonzero()[0]

    def _nearest(
        self, candidates: memoryview, point: tuple[float, float], scale: tuple[float, float]
    ) -> tuple[int, float, float]:
        """The nearest of the segments, where on it (0 to 1) the nearest place is, and the metres to there.

        There are so few that arrays would take longer.
        """
        (lon, lat), (east, north) = point, scale
        best, where, least = -1, 0.0, math.inf
        for segment in candidates:
            lon_1, lat_1, lon_2, lat_2 = _SEGMENT.unpack_from(self._segments, _SEGMENT.size * segment)
            x, y = (lon_1 - lon) * east, (lat_1 - lat) * north
            dx, dy = (lon_2 - lon) * east - x, (lat_2 - lat) * north - y
            share = -(x * dx + y * dy) / (dx * dx + dy * dy)
            share = 0.0 if share < 0.0 else 1.0 if share > 1.0 else share
            x, y = x + share * dx, y + share * dy
            square = x * x + y * y
            if square < least:
                best, where, least = segment, share, square
        return best, where, math.sqrt(least)

    def _travel(self, seconds: np.ndarray, access_m: float) -> Travel:
        by_layer = {layer: seconds[part] for layer, part in self._layers.items()}
        return Travel(by_layer, access_m, self.coarse, self.note)


def _metres_per_degree(lat: float) -> tuple[float, float]:
    """Metres in a degree of longitude and of latitude on the WGS 84 ellipsoid; good to 1e-4 over some kilometres."""
    sine = math.sin(math.radians(lat))
    within = 1 - _WGS84_E2 * sine * sine
    normal = _WGS84_A / math.sqrt(within)
    east = math.radians(normal * math.cos(math.radians(lat)))
    return east, math.radians(normal * (1 - _WGS84_E2) / within)
