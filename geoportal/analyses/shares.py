"""Which share of each obec lies in an area, measured in EPSG:5514."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoportal.analyses.drawn import Area
from geoportal.analyses.seats import seats_of
from geoportal.crs import KROVAK
from geoportal.errors import NotFound
from geoportal.snapshot.reader import Snapshot

M2_PER_KM2 = 1e6


class Obce:
    """The obce in the order of codes. Boundaries that are drawn around seats have no area: there the seat decides."""

    def __init__(self, snapshot: Snapshot) -> None:
        layer = next((one for one in snapshot.collections.values() if one.level == "obec"), None)
        if layer is None:
            raise NotFound("this snapshot has no layer of obce; see /o-datech for what is absent and why")
        positions = np.array([layer.position(code) for code, _ in snapshot.units["obec"]])
        features = f"[{layer.join(np.arange(layer.count), KROVAK).decode()}]"
        collected = shapely.from_geojson(f'{{"type":"FeatureCollection","features":{features}}}')
        self.shapes: np.ndarray = shapely.get_parts(collected)[positions]
        self.km2: np.ndarray = shapely.area(self.shapes) / M2_PER_KM2
        self.schematic = snapshot.schematic
        self._tree = shapely.STRtree(self.shapes)
        self._seats = seats_of(snapshot).lonlat

    def shares(self, area: Area) -> np.ndarray:
        """The share of each obec, 0 to 1; 0 or 1 where boundaries are schematic."""
        if self.schematic:
            return shapely.intersects_xy(area.degrees, *self._seats.T).astype(float)
        return self.shares_of(area.metres)

    def shares_of(self, metres: BaseGeometry) -> np.ndarray:
        """The share of the area of each obec that lies in a shape in EPSG:5514."""
        shares = np.zeros(len(self.shapes))
        shapely.prepare(metres)
        touched = self._tree.query(metres, predicate="intersects")
        whole = shapely.covers(metres, self.shapes[touched])
        shares[touched[whole]] = 1.0
        partly = touched[~whole]
        cut = shapely.area(shapely.intersection(self.shapes[partly], metres)) / M2_PER_KM2
        shares[partly] = np.minimum(cut / self.km2[partly], 1.0)
        return shares

    def inside_any(self, metres: np.ndarray) -> np.ndarray:
        """Whether each of the points (n x 2, EPSG:5514) lies in some obec."""
        held = np.zeros(len(metres), dtype=bool)
        held[self._tree.query(shapely.points(metres), predicate="intersects")[0]] = True
        return held


@lru_cache(maxsize=2)
def obce_of(snapshot: Snapshot) -> Obce:
    """The obce of ``snapshot``, read once. Raises ``NotFound`` where it has none."""
    return Obce(snapshot)
