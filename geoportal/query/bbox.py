"""The box that was asked for, and the features that it meets."""

from __future__ import annotations

import math

import numpy as np
import orjson
import shapely

from geoportal.errors import InvalidParameter
from geoportal.site import Bounds
from geoportal.snapshot.collection import Collection


def parse_bbox(text: str) -> Bounds:
    """``west,south,east,north`` in degrees; of six numbers the heights are dropped (OGC 17-069r4, 7.15.3).

    West greater than east means a box across the antimeridian. Raises ``InvalidParameter``.
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
    (west, south), (east, north) = numbers[:2], numbers[half : half + 2]
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise InvalidParameter(f"bbox={text!r}: longitudes are from -180 to 180 and latitudes from -90 to 90")
    if south > north:
        raise InvalidParameter(f"bbox={text!r}: south ({south:g}) is north of north ({north:g})")
    return west, south, east, north


def within_bbox(collection: Collection, bbox: Bounds) -> np.ndarray:
    """Positions, ascending, of the features whose geometry intersects ``bbox``, its edge included."""
    west, south, east, north = bbox
    if west > east:
        halves = ((west, south, 180.0, north), (-180.0, south, east, north))
        return np.union1d(*(within_bbox(collection, half) for half in halves))
    boxes = collection.boxes
    meets = (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
    inside = (boxes[:, 0] >= west) & (boxes[:, 2] <= east) & (boxes[:, 1] >= south) & (boxes[:, 3] <= north)
    doubtful = np.flatnonzero(meets & ~inside)
    geometries = [orjson.dumps(collection.feature(k)["geometry"]) for k in doubtful.tolist()]
    box = shapely.box(west, south, east, north)
    meets[doubtful] = shapely.intersects(shapely.from_geojson(geometries), box) if geometries else False
    return np.flatnonzero(meets)
