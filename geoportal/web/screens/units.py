"""Names of territorial units that can't be mistaken, and where they lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geoportal.query.collation import collation
from geoportal.snapshot.reader import Snapshot


@dataclass(frozen=True)
class Municipality:
    """An obec: the district it is in, and its middle in degrees."""

    code: str
    name: str
    district: str
    lon: float
    lat: float


@lru_cache(maxsize=2)
def municipalities(snapshot: Snapshot) -> Mapping[str, Municipality]:
    """Every obec by code, in alphabetical order; none when the snapshot has no layer of obce."""
    layer = next((c for c in snapshot.collections.values() if c.level == "obec"), None)
    if layer is None or layer.card.territory is None:
        return {}
    parent = layer.card.territory.parents.get("okres", "")
    districts = dict(snapshot.units.get("okres", []))
    found = []
    for feature in layer.features():
        properties = feature["properties"]
        lon, lat = middle(feature["geometry"])
        district = districts.get(properties.get(parent), "")
        found.append(Municipality(str(feature["id"]), properties[layer.label], district, lon, lat))
    return {one.code: one for one in sorted(found, key=lambda m: (collation(m.name), m.district))}


@lru_cache(maxsize=12)
def unit_names(snapshot: Snapshot, level: str) -> Mapping[str, str]:
    """The name of each unit by code; where two share a name, with its district."""
    units = dict(snapshot.units[level])
    repeated = {name for name, count in Counter(units.values()).items() if count > 1}
    if level != "obec" or not repeated:
        return units
    known = municipalities(snapshot)
    return {
        code: f"{name} ({known[code].district})" if name in repeated and code in known else name
        for code, name in units.items()
    }


def middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Longitude and latitude of a point, or of the centroid of a polygon's largest outer ring."""
    if geometry["type"] == "Point":
        lon, lat = geometry["coordinates"][:2]
        return lon, lat
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return max((_centroid(polygon[0]) for polygon in polygons), key=lambda found: found[2])[:2]


def _centroid(ring: list[list[float]]) -> tuple[float, float, float]:
    """Longitude, latitude and area of a ring; degrees are stretched alike over so small a place."""
    area = lon = lat = 0.0
    x0, y0 = ring[0][:2]
    for (x1, y1), (x2, y2) in zip((p[:2] for p in ring), (p[:2] for p in ring[1:]), strict=False):
        cross = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        area += cross
        lon += cross * (x1 + x2 - 2 * x0)
        lat += cross * (y1 + y2 - 2 * y0)
    if not area:
        return x0, y0, 0.0
    return x0 + lon / (3 * area), y0 + lat / (3 * area), abs(area)
