"""What a format is, and the layer it is given to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from geoportal.cards import FieldCard


@dataclass(frozen=True)
class LayerContent:
    """A finished layer.

    ``frame``: GeoDataFrame in CRS84, rounded, in its spatial order, indexed by feature id, columns = ``fields``.
    ``frame_5514``: the same rows as measured, in EPSG:5514. ``about``: title, attribution, licence, date … that
    travel with each file.
    """

    id: str
    frame: gpd.GeoDataFrame
    frame_5514: gpd.GeoDataFrame
    fields: Mapping[str, FieldCard]
    about: Mapping[str, object]


@dataclass(frozen=True)
class Format:
    """An output format: ``write(path, content)`` writes the whole layer, the same bytes for the same content."""

    name: str
    media_type: str
    title: str
    crs: str
    write: Callable[[Path, LayerContent], None]
