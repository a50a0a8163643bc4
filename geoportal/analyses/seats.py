"""Where inhabitants are taken to stand, and how far every service is from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from geoportal.crs import distances_m
from geoportal.errors import NotFound
from geoportal.profiles.unit import units_of
from geoportal.services.service import Service
from geoportal.site import LEVELS, Level
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.road_lengths import read_road_lengths

M_PER_KM, S_PER_MIN = 1000.0, 60.0


@dataclass(frozen=True)
class Members:
    """The units of a level in the order of codes, and for each obec which of them it lies in, -1 where in none."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    unit: np.ndarray


class Seats:
    """Every obec at its definition point, in the order of codes; distances are measured when they are first asked."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._units = units_of(snapshot)
        if "obec" not in self._units.by_level:
            raise NotFound("this snapshot has no layer of obce; see /o-datech for what is absent and why")
        self.codes = [code for code, _ in snapshot.units["obec"]]
        held = self._units.by_level["obec"]
        self.lonlat = np.array([self._units.point(held[code]) for code in self.codes])
        self._km: dict[str, np.ndarray] = {}

    @property
    def levels(self) -> list[Level]:
        """The levels that obce can be put together to, from the finest."""
        return [level for level in LEVELS if level in self._units.by_level]

    def members(self, level: Level) -> Members:
        """The units of ``level`` and which obec lies in which."""
        codes = tuple(code for code, _ in self._snapshot.units[level])
        names = tuple(name for _, name in self._snapshot.units[level])
        if level == "obec":
            return Members(codes, names, np.arange(len(codes)))
        place = {code: at for at, code in enumerate(codes)}
        obce = self._units.by_level["obec"]
        above = [place.get(obce[code].parents.get(level, ""), -1) for code in self.codes]
        return Members(codes, names, np.array(above, dtype=np.int64))

    def km(self, service: Service) -> np.ndarray:
        """Kilometres on the ellipsoid from each obec to ``service``."""
        found = self._km.get(service.id)
        if found is None:
            lon, lat = self.lonlat.T
            found = self._km[service.id] = distances_m(service.lon, service.lat, lon, lat) / M_PER_KM
        return found

    def minutes(self, service: Service) -> np.ndarray:
        """Minutes by road from each obec to ``service``; infinite where no way is known."""
        return self._column(self._minutes, service)

    def road_km(self, service: Service) -> np.ndarray:
        """Kilometres of the shortest way by road; infinite where no way is known."""
        return self._column(self._road_km or {}, service)

    @property
    def knows_road_km(self) -> bool:
        """Whether ways by road were measured."""
        return self._road_km is not None

    def _column(self, tables: Mapping[str, np.ndarray], service: Service) -> np.ndarray:
        position = self._position(service)
        if position is None or service.layer not in tables:
            return np.full(len(self.codes), np.inf)
        return tables[service.layer][:, position]

    def _position(self, service: Service) -> int | None:
        return self._snapshot.collections[service.layer].position(service.fid) if service.fid else None

    @cached_property
    def _minutes(self) -> Mapping[str, np.ndarray]:
        """Obce x services by layer."""
        roads = self._snapshot.roads
        rows = [row for code in self.codes if roads and (row := roads.from_unit(code))]
        if len(rows) < len(self.codes):
            return {}
        return {layer: np.stack([row[layer] for row in rows]) / S_PER_MIN for layer in rows[0]}

    @cached_property
    def _road_km(self) -> Mapping[str, np.ndarray] | None:
        entry = self._snapshot.manifest.get("roads")
        held = read_road_lengths(self._snapshot.folder / "roads", entry) if entry else None
        return {layer: table / M_PER_KM for layer, table in held.items()} if held is not None else None


@lru_cache(maxsize=2)
def seats_of(snapshot: Snapshot) -> Seats:
    """The seats of ``snapshot``, read once. Raises ``NotFound`` where it has no layer of obce."""
    return Seats(snapshot)
