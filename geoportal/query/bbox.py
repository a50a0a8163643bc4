"""The box that was asked for."""

from __future__ import annotations

import math

from geoportal.crs import CRS84, PublishedCrs
from geoportal.errors import InvalidParameter
from geoportal.site import Bounds


def parse_bbox(text: str, crs: PublishedCrs) -> Bounds:
    """The box as x before y; of six numbers the heights are dropped (OGC 17-069r4, 7.15.3).

    ``text`` has the axes in the order of ``crs``. In degrees, west greater than east means a box across the
    antimeridian. Raises ``InvalidParameter``.
    """
    parts = text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise InvalidParameter(f"bbox={text!r}: every part must be a number: west,south,east,north") from None
    if len(numbers) not in (4, 6):
        raise InvalidParameter(f"bbox={text!r} has {len(numbers)} numbers; 4 are needed (or 6 with heights)")
    if not all(map(math.isfinite, numbers)):
        raise InvalidParameter(f"bbox={text!r}: NaN and infinity are not allowed")
    half = len(numbers) // 2
    low, high = numbers[:2], numbers[half : half + 2]
    if crs.swapped:
        low, high = low[::-1], high[::-1]
    (west, south), (east, north) = low, high
    if crs.name == CRS84:
        _check_degrees(text, west, south, east, north)
    elif west > east:
        raise InvalidParameter(f"bbox={text!r}: west ({west:g}) is east of east ({east:g})")
    if south > north:
        raise InvalidParameter(f"bbox={text!r}: south ({south:g}) is north of north ({north:g})")
    return west, south, east, north


def _check_degrees(text: str, west: float, south: float, east: float, north: float) -> None:
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise InvalidParameter(f"bbox={text!r}: longitudes are from -180 to 180 and latitudes from -90 to 90")
