"""Points from the columns of a table, and coordinates that are not in the system they are said to be in."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoportal.cards.source import ReadOptions
from geoportal.crs import CRS84, KROVAK, WEB_MERCATOR, crs_name, project
from geoportal.errors import SourceRefused, alternatives
from geoportal.intake.numbers import as_numbers
from geoportal.intake.reading import Note, Reading, examples
from geoportal.site import Bounds


def place(reading: Reading, options: ReadOptions, shown: str) -> Reading:
    """The table as points in ``options.crs`` (default CRS84); unchanged where ``options`` name no column for that.

    A row without coordinates has no geometry. Raises ``SourceRefused`` for missing columns and unreadable values.
    """
    frame = reading.frame
    columns = [name for name in (options.wkt, options.lon, options.lat) if name]
    for name in columns:
        if name not in frame.columns:
            raise SourceRefused(f"{shown}: has no column '{name}'; {alternatives(name, map(str, frame.columns))}")
    crs = crs_name(options.crs or CRS84)
    if options.wkt:
        geometry = _from_wkt(frame[options.wkt], options.wkt_axes == "lat-lon", shown)
        return reading.noting(frame=gpd.GeoDataFrame(frame, geometry=geometry, crs=crs))
    if not (options.lon and options.lat):
        return reading
    x, y = (_numbers(frame[name], options, shown) for name in (options.lon, options.lat))
    known = np.isfinite(x) & np.isfinite(y)
    notes: tuple[Note, ...] = ()
    if crs == KROVAK and known.any() and (x[known] > 0).all() and (y[known] > 0).all():
        # Published as positive Y (to the west) and X (to the south); in Czechia Y is always the smaller.
        x, y = -np.fmin(x, y), -np.fmax(x, y)
        notes = (Note("krovak-signs", int(known.sum()), f"{shown}: kladné Y, X Křováka převedeny na -Y, -X"),)
    points = np.full(len(frame), None, dtype=object)
    points[known] = shapely.points(x[known], y[known])
    return reading.noting(*notes, frame=gpd.GeoDataFrame(frame, geometry=points, crs=crs))


def _from_wkt(texts: pd.Series, latitude_first: bool, shown: str) -> np.ndarray:
    values = texts.to_numpy(dtype=object)
    geometry = shapely.from_wkt(values, on_invalid="ignore")
    wrong = (texts.notna() & pd.isna(geometry)).to_numpy()
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise SourceRefused(f"{shown}: row {row + 1}: column '{texts.name}' has {values[row]!r}, which is not WKT")
    return swap_axes(geometry) if latitude_first else geometry


def _numbers(texts: pd.Series, options: ReadOptions, shown: str) -> np.ndarray:
    values, wrong = as_numbers(texts, options)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise SourceRefused(
            f"{shown}: row {row + 1}: column '{texts.name}' has {texts.iloc[row]!r}, which is not a coordinate"
        )
    return values


def swap_axes(geometry: np.ndarray) -> np.ndarray:
    """``geometry`` with x and y exchanged; a third coordinate is not carried along."""
    return np.asarray(shapely.transform(geometry, lambda xy: xy[:, ::-1]))


def boxes_in_degrees(geometry: np.ndarray, crs: str) -> np.ndarray:
    """``(west, south, east, north)`` in degrees of each geometry; NaN where it is empty or can't be placed."""
    box = shapely.bounds(geometry)
    corners = np.concatenate([box[:, [0, 1]], box[:, [0, 3]], box[:, [2, 1]], box[:, [2, 3]]])
    corners = project(corners, crs, CRS84).reshape(4, len(box), 2)
    corners = np.where(np.isfinite(corners), corners, np.nan)
    return np.concatenate([corners.min(axis=0), corners.max(axis=0)], axis=1)


def touches(boxes: np.ndarray, bounds: Bounds) -> np.ndarray:
    """Which of ``boxes`` have a place in common with ``bounds``; a box that can't be placed has none."""
    west, south, east, north = bounds
    return (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)


def unmask(frame: gpd.GeoDataFrame, bounds: Bounds, shown: str) -> tuple[gpd.GeoDataFrame, tuple[Note, ...]]:
    """``frame`` in EPSG:3857, with a note, if it claims degrees and most of it lies in ``bounds`` only that way."""
    geometry = frame.geometry.to_numpy()
    if frame.crs is None or crs_name(frame.crs) != CRS84 or not beyond_degrees(geometry):
        return frame, ()
    held = touches(boxes_in_degrees(geometry, WEB_MERCATOR), bounds)
    if held.sum() * 2 <= len(held):
        return frame, ()
    found = Note(
        "web-mercator",
        int(held.sum()),
        f"{shown}: souřadnice nejsou stupně, čteny jako {WEB_MERCATOR}",
        examples(shapely.to_wkt(geometry[held][:2])),
    )
    return frame.set_crs(WEB_MERCATOR, allow_override=True), (found,)


def beyond_degrees(geometry: np.ndarray) -> bool:
    """Whether any coordinate is too large to be a longitude or a latitude."""
    west, south, east, north = shapely.total_bounds(geometry)
    return bool(max(-west, east) > 180 or max(-south, north) > 90)
