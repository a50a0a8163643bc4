"""The only door to pyproj. EPSG:5514 for measuring, CRS84 (longitude, latitude) for exchange, EPSG:3857 for tiles.

The area of interest is pinned to Czechia, so that between S-JTSK and WGS 84 the operation accurate to 1 m is taken
("S-JTSK to WGS 84 (5)"); the first one that PROJ lists without it is accurate to 6 m and 10 m away from it here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError
from pyproj.transformer import AreaOfInterest

from geoportal.errors import SourceRefused

KROVAK = "EPSG:5514"
CRS84 = "OGC:CRS84"
WEB_MERCATOR = "EPSG:3857"

CZECHIA = AreaOfInterest(12.09, 48.55, 18.86, 51.06)
_SAME = {"ESRI:102067": KROVAK, "EPSG:4326": CRS84, "ESRI:102100": WEB_MERCATOR, "EPSG:900913": WEB_MERCATOR}
_local = threading.local()  # pyproj objects are not safe across threads
_geod = pyproj.Geod(ellps="WGS84")


def crs_name(crs: Any) -> str:
    """``crs`` as the name this service uses: ``EPSG:5514``, ``OGC:CRS84`` or another authority code.

    EPSG:4326 counts as CRS84, since geometries in memory are always x, y. Raises ``SourceRefused`` when PROJ does not
    know it or it has no authority code; EPSG:5513 is refused, because its axes (southing, westing) can't be told from
    the numbers.
    """
    try:
        known = pyproj.CRS.from_user_input(crs)
    except CRSError:
        raise SourceRefused(f"CRS {crs!r} is not known to PROJ") from None
    if "Krovak" in known.name and "East" in known.name and "North" in known.name:
        return KROVAK
    authority = known.to_authority(min_confidence=60)
    if authority is None:
        raise SourceRefused(f"CRS '{known.name}' has no authority code; state 'crs' in the source card")
    name = ":".join(authority)
    if name == "EPSG:5513":
        raise SourceRefused("EPSG:5513 has axes southing, westing; deliver the file in EPSG:5514 instead")
    return _SAME.get(name, name)


def same_crs(one: Any, other: Any) -> bool:
    """Whether both name the same system for coordinates held as x, y."""
    return crs_name(one) == crs_name(other)


def project(coordinates: np.ndarray, source: str, target: str) -> np.ndarray:
    """``coordinates`` (n x 2, x before y) moved from ``source`` to ``target``; NaN stays NaN."""
    if same_crs(source, target):
        return coordinates
    cache = _local.__dict__.setdefault("transformers", {})
    transformer = cache.get((source, target))
    if transformer is None:
        transformer = pyproj.Transformer.from_crs(source, target, always_xy=True, area_of_interest=CZECHIA)
        cache[source, target] = transformer
    return np.column_stack(transformer.transform(coordinates[:, 0], coordinates[:, 1]))


def project_geometries(geometries: np.ndarray, source: str, target: str) -> np.ndarray:
    """Shapely ``geometries`` moved from ``source`` to ``target``; a third coordinate is not carried along."""
    if same_crs(source, target):
        return geometries
    return shapely.transform(geometries, lambda coordinates: project(coordinates, source, target))


def north_up(x: float, y: float) -> Callable[[np.ndarray], np.ndarray]:
    """What turns places in EPSG:5514 (n x 2) about a point so that north is up there.

    The grid's own north is up to 10° off in Czechia.
    """
    middle = np.array([[x, y]])
    lon_lat = project(middle, KROVAK, CRS84)
    east, north = (project(lon_lat + np.array([[0.0, 0.01]]), CRS84, KROVAK) - middle)[0]
    angle = np.arctan2(east, north)
    cos, sin = np.cos(angle), np.sin(angle)
    matrix = np.array([[cos, sin], [-sin, cos]])
    return lambda places: (places - middle) @ matrix + middle


def distances_m(lon: float, lat: float, lons: np.ndarray, lats: np.ndarray) -> np.ndarray:
    """Geodesic distances in metres on the WGS 84 ellipsoid from one point to many, all in degrees."""
    count = len(lons)
    return np.asarray(_geod.inv(np.full(count, lon), np.full(count, lat), lons, lats)[2])


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """The geodesic distance in metres on the WGS 84 ellipsoid between two points in degrees."""
    return float(_geod.inv(lon, lat, other_lon, other_lat)[2])


@dataclass(frozen=True)
class PublishedCrs:
    """A CRS in which features can be asked for: its URI, its name here, its order of axes, sensible decimals.

    ``swapped``: the authority puts northing or latitude first, and so do answers (OGC 18-058r1, 6.2).
    """

    uri: str
    name: str
    swapped: bool
    decimals: int

    def order(self, coordinates: Any) -> Any:
        """Coordinates between x, y and the order of the authority, either way."""
        return coordinates[:, ::-1] if self.swapped else coordinates


def _published(code: int, decimals: int) -> PublishedCrs:
    swapped = pyproj.CRS.from_epsg(code).axis_info[0].direction == "north"
    return PublishedCrs(f"http://www.opengis.net/def/crs/EPSG/0/{code}", crs_name(f"EPSG:{code}"), swapped, decimals)


CRS84_URI = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
KROVAK_URI = "http://www.opengis.net/def/crs/EPSG/0/5514"


@cache
def published() -> Mapping[str, PublishedCrs]:
    """The published CRSs by URI, the default first."""
    known = [PublishedCrs(CRS84_URI, CRS84, swapped=False, decimals=7)]
    known += [_published(code, decimals) for code, decimals in ((4326, 7), (5514, 3), (3857, 3), (3045, 3), (4258, 7))]
    return {crs.uri: crs for crs in known}


def uri_of(name: str) -> str:
    """The URI of a published CRS whose coordinates stand x before y, by the name this service uses."""
    return next(crs.uri for crs in published().values() if crs.name == name and not crs.swapped)


def find_published(text: str) -> PublishedCrs | None:
    """The published CRS that ``text`` names by URI or by safe CURIE such as ``[EPSG:5514]``, or None."""
    uri = text
    if text.startswith("[") and text.endswith("]"):
        authority, _, code = text[1:-1].partition(":")
        uri = (
            CRS84_URI
            if (authority, code) == ("OGC", "CRS84")
            else f"http://www.opengis.net/def/crs/{authority}/0/{code}"
        )
    return published().get(uri)
