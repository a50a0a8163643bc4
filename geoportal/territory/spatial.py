"""Values by obec computed from a layer's features, in EPSG:5514."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np

from geoportal.cards import Spatial
from geoportal.errors import Problems, alternatives
from geoportal.territory.joins import (
    area_weighted_sums,
    line_lengths,
    nearest_distances,
    overlap_areas,
    points_in_units,
)
from geoportal.territory.units import CODE_FIELD, Territory

M2_PER_KM2, M_PER_KM = 1e6, 1e3


def measure(spatial: Spatial, frame: gpd.GeoDataFrame, territory: Territory) -> np.ndarray:
    """The value of each obec, in the order of the obce: km2, km or a count, as ``spatial`` says."""
    obce = territory.base
    frame = keep_rows(frame, spatial.keep, spatial.layer or "")
    match spatial.operation:
        case "area":
            return obce.area.to_numpy() / M2_PER_KM2
        case "count":
            return _counts(frame, territory)
        case "overlap":
            return overlap_areas(frame, obce) / M2_PER_KM2
        case "length":
            return line_lengths(frame, obce) / M_PER_KM
        case "nearest":
            return nearest_distances(territory.seats, frame) / M_PER_KM
        case "weighted":
            return area_weighted_sums(frame[str(spatial.field)].to_numpy(dtype=float), frame, obce)


def keep_rows(frame: gpd.GeoDataFrame, keep: Mapping[str, str | tuple[str, ...]], shown: str) -> gpd.GeoDataFrame:
    """The rows whose fields have one of the wanted values. Raises ``Problems`` for a field that is not there."""
    for field, wanted in keep.items():
        if field not in frame.columns:
            raise Problems(
                [f"spatial.keep: layer '{shown}' has no field '{field}'; {alternatives(field, frame.columns)}"]
            )
        frame = frame[frame[field].astype(str).isin([wanted] if isinstance(wanted, str) else wanted)]
    return frame


def _counts(points: gpd.GeoDataFrame, territory: Territory) -> np.ndarray:
    """Points in each obec: by the code that they carry, by their place where they carry none."""
    obce = territory.base
    field = CODE_FIELD["obec"]
    position = points_in_units(points, obce)
    if field in points.columns:
        by_code = obce.index.get_indexer(points[field])
        position = np.where(by_code >= 0, by_code, position)
    return np.bincount(position[position >= 0], minlength=len(obce)).astype(float)
