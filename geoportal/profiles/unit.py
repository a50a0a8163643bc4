"""Territorial units with their parents and neighbours, as the layers of a snapshot hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import shapely

from geoportal.profiles.borders import sharing_borders
from geoportal.query.collation import collation
from geoportal.search.entry import unit_path
from geoportal.search.index import search_index
from geoportal.site import LEVELS, Level
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Snapshot

BELOW: dict[Level, Level] = {"kraj": "okres", "okres": "obec", "orp": "obec", "pou": "obec"}


@dataclass(frozen=True)
class Unit:
    """A unit. ``parents``: codes of the units that it lies in, by level. ``layer`` holds it at ``position``."""

    level: Level
    code: str
    name: str
    layer: str
    position: int
    parents: Mapping[Level, str] = field(default_factory=dict, hash=False)

    @property
    def path(self) -> str:
        """The path of its page."""
        return unit_path(self.level, self.code)


class Units:
    """All units of a snapshot by level and code."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._layers = {one.level: one for one in snapshot.collections.values() if one.level}
        self.by_level: Mapping[Level, Mapping[str, Unit]] = {
            level: _read(self._layers[level]) for level in LEVELS if level in self._layers
        }
        self._borders: dict[Level, Mapping[int, tuple[int, ...]]] = {}

    def find(self, level: Level, code: str) -> Unit | None:
        """The unit with this official code."""
        return self.by_level.get(level, {}).get(code)

    def elsewhere(self, level: Level, code: str) -> Unit | None:
        """The unit that a code of another system means, first at ``level``, then the unit of another level."""
        for one in (level, *(other for other in LEVELS if other != level)):
            systems = self._snapshot.codes.get(one, {})
            official = next((codes[code] for codes in systems.values() if code in codes), code)
            if found := self.find(one, official):
                return found
        return None

    def parents(self, unit: Unit) -> list[Unit]:
        """The units that ``unit`` lies in, from the finest level."""
        found = [self.find(level, unit.parents[level]) for level in LEVELS if level in unit.parents]
        return [parent for parent in found if parent]

    def below(self, unit: Unit) -> list[Unit]:
        """The units that ``unit`` consists of, in alphabetical order; none for an obec."""
        finer = self.by_level.get(BELOW[unit.level], {}) if unit.level in BELOW else {}
        return _sorted(one for one in finer.values() if one.parents.get(unit.level) == unit.code)

    def neighbours(self, unit: Unit) -> list[Unit]:
        """The units of the same level that share a part of its border, in alphabetical order."""
        level = unit.level
        if level not in self._borders:
            self._borders[level] = sharing_borders(self._layers[level].columns.geometries)
        beside = set(self._borders[level].get(unit.position, ()))
        return _sorted(one for one in self.by_level[level].values() if one.position in beside)

    def shape(self, unit: Unit) -> shapely.Geometry:
        """Its area in degrees."""
        return self._layers[unit.level].columns.geometries[unit.position]

    def point(self, unit: Unit) -> tuple[float, float]:
        """Longitude and latitude: of an obec its definition point, as search knows it; otherwise a place inside."""
        known = _definition_points(self._snapshot) if unit.level == "obec" else {}
        if unit.code in known:
            return known[unit.code]
        inside = shapely.point_on_surface(self.shape(unit))
        return round(inside.x, 7), round(inside.y, 7)

    def inside(self, unit: Unit, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
        """Whether each of the points lies in ``unit``."""
        held: np.ndarray = shapely.contains_xy(self.shape(unit), lons, lats)
        return held


@lru_cache(maxsize=2)
def units_of(snapshot: Snapshot) -> Units:
    """The units of ``snapshot``, read once."""
    return Units(snapshot)


def _read(layer: Collection) -> dict[str, Unit]:
    territory, table = layer.card.territory, layer.columns.table
    assert territory is not None
    codes, names = (table.column(name).to_pylist() for name in (layer.card.id_field, layer.label))
    above = {level: table.column(name).to_pylist() for level, name in territory.parents.items()}
    return {
        code: Unit(
            territory.level, code, names[at], layer.id, at,
            {level: column[at] for level, column in above.items() if column[at]},
        )
        for at, code in enumerate(codes)
    }  # fmt: skip


def _sorted(units: Iterable[Unit]) -> list[Unit]:
    return sorted(units, key=lambda one: (collation(one.name), one.code))


@lru_cache(maxsize=2)
def _definition_points(snapshot: Snapshot) -> Mapping[str, tuple[float, float]]:
    """Longitude and latitude of each obec by code; none where the snapshot has no search."""
    index = search_index(snapshot)
    if index is None:
        return {}
    entries = (index.entry(number) for number in range(index.count))
    return {one.code: (one.place.lon, one.place.lat) for one in entries if one.kind == "obec" and one.place}
