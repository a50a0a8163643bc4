"""The tile matrix set of all tilesets: WebMercatorQuad (OGC 17-083r4, annex D), and what part of it a tileset fills."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

ID = "WebMercatorQuad"
URI = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{ID}"
CRS_3857 = "http://www.opengis.net/def/crs/EPSG/0/3857"
DEEPEST = 24

_RADIUS_M = 6378137.0
_SIDE_PX = 256
_PIXEL_M = 0.00028  # the standard's rendering pixel
_HALF_M = math.pi * _RADIUS_M
_STEEPEST = math.degrees(math.atan(math.sinh(math.pi)))  # latitude at which the square ends
_DIGITS = 15  # as the register writes its numbers


@dataclass(frozen=True)
class Limits:
    """The rows and columns of one tile matrix, both ends included."""

    tile_matrix: int
    min_row: int
    max_row: int
    min_col: int
    max_col: int

    def holds(self, row: int, col: int) -> bool:
        """Whether a tile lies within."""
        return self.min_row <= row <= self.max_row and self.min_col <= col <= self.max_col

    def described(self) -> dict[str, Any]:
        """As the standard's JSON has it (OGC 17-083r4, clause 8)."""
        return {
            "tileMatrix": str(self.tile_matrix),
            "minTileRow": self.min_row,
            "maxTileRow": self.max_row,
            "minTileCol": self.min_col,
            "maxTileCol": self.max_col,
        }


@cache
def definition() -> dict[str, Any]:
    """The whole definition (OGC 17-083r4, clause 7 and annex D.1), made anew from the size of the Earth."""
    return {
        "id": ID,
        "title": "Google Maps Compatible for the World",
        "uri": URI,
        "crs": CRS_3857,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [_matrix(zoom) for zoom in range(DEEPEST + 1)],
    }


def scale_denominator(zoom: int) -> float:
    """The scale of a tile matrix at the equator, as the number it is divided by."""
    return _cell_m(zoom) / _PIXEL_M


def limits(bounds: Sequence[float], minzoom: int, maxzoom: int) -> list[Limits]:
    """What of each tile matrix meets ``bounds`` (degrees: west, south, east, north)."""
    west, south, east, north = bounds
    return [
        _limits(zoom, address(west, north, zoom), address(east, south, zoom)) for zoom in range(minzoom, maxzoom + 1)
    ]


def address(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Column and row, from the upper left, of the tile in which a place lies."""
    across = (lon + 180) / 360
    steep = math.asinh(math.tan(math.radians(max(-_STEEPEST, min(_STEEPEST, lat)))))
    down = (1 - steep / math.pi) / 2
    last = (1 << zoom) - 1
    return tuple(max(0, min(last, math.floor(share * (1 << zoom)))) for share in (across, down))  # type: ignore[return-value]


def _limits(zoom: int, upper_left: tuple[int, int], lower_right: tuple[int, int]) -> Limits:
    (min_col, min_row), (max_col, max_row) = upper_left, lower_right
    return Limits(zoom, min_row, max_row, min_col, max_col)


def _matrix(zoom: int) -> dict[str, Any]:
    return {
        "id": str(zoom),
        "scaleDenominator": _digits(scale_denominator(zoom)),
        "cellSize": _digits(_cell_m(zoom)),
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [_digits(-_HALF_M), _digits(_HALF_M)],
        "tileWidth": _SIDE_PX,
        "tileHeight": _SIDE_PX,
        "matrixWidth": 1 << zoom,
        "matrixHeight": 1 << zoom,
    }


def _cell_m(zoom: int) -> float:
    return 2 * _HALF_M / _SIDE_PX / (1 << zoom)


def _digits(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
