"""Travel times by road from any point, read from what the build computed: there is no engine while serving."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from struct import Struct
from typing import Any

import numpy as np

from geoportal.schema import Text
from geoportal.snapshot.journeys import Departure, Journeys

_SEGMENT, _SHARES = Struct("=4d"), Struct("=2d")  # as the build writes them, in the order of the machine
_WGS84_A, _WGS84_E2 = 6_378_137.0, 0.00669437999014
_RADIANS = math.pi / 180


class Travel:
    """A way by road to every service.

    ``access_m``: metres from the point to the road.
    """

    def __init__(self, roads: RoadTimes, departure: Departure, access_m: float) -> None:
        self._roads, self._departure, self.access_m = roads, departure, access_m

    @property
    def coarse(self) -> bool:
        """Whether the network lacks smaller roads."""
        return self._roads.coarse

    def seconds(self, column: int, straight_m: float) -> float:
        """Seconds to the service in a ``column`` of ``RoadTimes``, inf where there is no way.

        ``straight_m``: metres to it as the crow flies; where that is near, no road is needed.
        """
        by_road = self._departure.seconds(column)
        limit_m, m_per_s = self._roads.off_road
        return by_road if straight_m > limit_m else min(by_road, straight_m / m_per_s)


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
        self.off_road: tuple[float, float] = entry["access_limit_m"], entry["access_kmh"] / 3.6  # metres, m/s
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
        segment, share, access_m = self._nearest(candidates, lon, lat)
        limit_m, m_per_s = self.off_road
        if access_m > limit_m:
            return None
        start, end = _SHARES.unpack_from(self._segment_share, _SHARES.size * segment)
        where = min(start + (end - start) * share, 1.0)
        return Travel(self, self._journeys.depart(self._segment_edge[segment], where, access_m / m_per_s), access_m)

    def column(self, layer: str, position: int) -> int | None:
        """The column of a feature of a layer of services; None for a layer to which no times are told."""
        columns = self._layers.get(layer)
        return columns.start + position if columns else None

    def from_unit(self, code: str) -> Mapping[str, np.ndarray] | None:
        """Seconds from the definition point of an obec by layer and position, or None for a code not known."""
        position = self._units.get(code)
        if position is None:
            return None
        row = self._from_units[position]
        return {layer: row[part] for layer, part in self._layers.items()}

    def _nearest(self, candidates: memoryview, lon: float, lat: float) -> tuple[int, float, float]:
        """The nearest of the segments, where on it (0 to 1) the nearest place is, and the metres to there.

        There are so few that arrays would take longer.
        """
        east, north = _metres_per_degree(lat)
        segments, unpack = self._segments, _SEGMENT.unpack_from
        best, where, least = -1, 0.0, math.inf
        for segment in candidates:
            lon_1, lat_1, lon_2, lat_2 = unpack(segments, 32 * segment)
            x, y = (lon_1 - lon) * east, (lat_1 - lat) * north
            dx, dy = (lon_2 - lon) * east - x, (lat_2 - lat) * north - y
            share = -(x * dx + y * dy) / (dx * dx + dy * dy)
            share = 0.0 if share < 0.0 else 1.0 if share > 1.0 else share
            x, y = x + share * dx, y + share * dy
            square = x * x + y * y
            if square < least:
                best, where, least = segment, share, square
        return best, where, math.sqrt(least)


def _metres_per_degree(lat: float) -> tuple[float, float]:
    """Metres in a degree of longitude and of latitude on the WGS 84 ellipsoid; good to 1e-4 over some kilometres."""
    sine = math.sin(lat * _RADIANS)
    square = sine * sine
    within = 1 - _WGS84_E2 * square
    normal = _WGS84_A * _RADIANS / math.sqrt(within)
    return normal * math.sqrt(1 - square), normal * (1 - _WGS84_E2) / within
