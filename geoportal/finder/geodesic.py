"""Distances on the WGS 84 ellipsoid, of near points by the straight line and its arc, of far ones by the geodesic."""

from __future__ import annotations

import math
from struct import Struct

import numpy as np

NEAR_M = 200_000.0  # so far the arc differs from the geodesic by less than a hundredth of a millimetre
AXIS, FLATTENING = 6_378_137.0, 1 / 298.257223563  # of WGS 84
ECCENTRICITY = FLATTENING * (2 - FLATTENING)  # the square of the first one, and of the second
SECOND = ECCENTRICITY / (1 - ECCENTRICITY)
_RADIANS = math.pi / 180
_FLAT, _BENT = 1 / AXIS**2, ECCENTRICITY / AXIS**2 / 4
_CUBIC, _QUINTIC = 1 / 24, 3 / 640  # of the arc over its chord

_unpack, _sqrt = Struct("=4d").unpack_from, math.sqrt

Spot = tuple[float, float, float, float]


def spot(lon: float, lat: float) -> Spot:
    """A position on the ellipsoid, given in degrees: metres from the centre of the Earth along three axes (EPSG:4978),
    and the sine of its latitude."""
    east, north = lon * _RADIANS, lat * _RADIANS
    sine = math.sin(north)
    normal = AXIS / math.sqrt(1 - ECCENTRICITY * sine * sine)
    flat = normal * math.cos(north)
    return flat * math.cos(east), flat * math.sin(east), normal * (1 - ECCENTRICITY) * sine, sine


def spots(points: np.ndarray) -> np.ndarray:
    """The same (n x 4) for many ``points`` (n x 2)."""
    east, north = np.radians(points).T
    sine = np.sin(north)
    normal = AXIS / np.sqrt(1 - ECCENTRICITY * sine * sine)
    flat = normal * np.cos(north)
    return np.column_stack((flat * np.cos(east), flat * np.sin(east), normal * (1 - ECCENTRICITY) * sine, sine))


def arc_m(here: Spot, rows: memoryview, number: int) -> float:
    """Metres from a spot to a near one, that of a ``number`` in the bytes of ``spots``; good up to ``NEAR_M``.

    It is the arc over their chord of the circle that fits the ellipsoid between them. By Euler's theorem its curvature
    is ``(1 + SECOND * z²) / N``, where z is the share of the polar axis in the direction of the chord and N the radius
    of the prime vertical in the middle.
    """
    x, y, z, sine = _unpack(rows, 32 * number)
    here_x, here_y, here_z, here_sine = here
    x -= here_x
    y -= here_y
    z -= here_z
    sine += here_sine
    z *= z
    chord = x * x + y * y + z
    if chord == 0:
        return 0.0
    bent = chord + SECOND * z
    turn = (_FLAT - _BENT * sine * sine) * bent * bent / chord  # the square of chord by radius
    return _sqrt(chord) * (1 + turn * (_CUBIC + turn * _QUINTIC))
