"""A layer as it is written: in spatial order, with ids, in both CRSs."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoportal.build.layers import BuiltLayer
from geoportal.crs import CRS84, KROVAK, project_geometries
from geoportal.encode import LayerContent
from geoportal.encode.about import describe_layer
from geoportal.encode.geojson import DECIMALS
from geoportal.snapshot.space import Grid, make_grid


def prepare_content(layer: BuiltLayer) -> tuple[LayerContent, Grid | None]:
    """The layer ready to be written, and the grid of cells in which it is sorted if it consists of single points."""
    card = layer.card
    frame = layer.frame.reset_index(drop=True)
    geometry = _exchange_geometry(frame.geometry.to_numpy())
    grid, order = _spatial_order(frame, geometry, card.id_field)
    measured = frame.iloc[order]
    ids = measured[card.id_field].tolist() if card.id_field else range(1, len(measured) + 1)
    measured.index = pd.Index(ids, name="id")
    exchanged = measured.set_geometry(gpd.GeoSeries(geometry[order], index=measured.index, crs="EPSG:4326"))
    return LayerContent(card.id, exchanged, measured, card.fields, _about(layer), card), grid


def _spatial_order(
    frame: gpd.GeoDataFrame, geometry: np.ndarray, id_field: str | None
) -> tuple[Grid | None, np.ndarray]:
    """Neighbours beside each other, so that a box is few slices: points by cell, other shapes along a Hilbert curve."""
    hilbert = frame.hilbert_distance().to_numpy()
    ids = frame[id_field].astype(str).to_numpy() if id_field else np.arange(len(frame))
    if (shapely.get_type_id(geometry) != 0).any():
        return None, np.lexsort((ids, hilbert))
    points = shapely.get_coordinates(geometry)
    grid = make_grid(points)
    return grid, np.lexsort((ids, hilbert, grid.cell(points)))


def _exchange_geometry(geometry: np.ndarray) -> np.ndarray:
    """In CRS84, rounded, valid after rounding, with right-hand rings."""
    moved = project_geometries(geometry, KROVAK, CRS84)
    rounded = shapely.transform(moved, lambda xy: np.round(xy, DECIMALS))
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = shapely.set_precision(moved[broken], 10**-DECIMALS)
    return shapely.orient_polygons(rounded, exterior_cw=False)


def _about(layer: BuiltLayer) -> dict[str, object]:
    source = layer.source
    licence = source.licence.url or source.licence.name
    return describe_layer(layer.card.title, source.attribution, licence, source.date, layer.schematic)
