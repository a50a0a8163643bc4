"""Where a layer's features lie: the CRS they are said to be in, and whether the region's box confirms it."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely

from geoportal.crs import CRS84, KROVAK, WEB_MERCATOR, crs_name, project_geometries
from geoportal.errors import SourceRefused
from geoportal.intake.case import Case
from geoportal.intake.coordinates import boxes_in_degrees, swap_axes, touches, unmask


def check_crs(case: Case) -> Case:
    """The case with the CRS that file and card agree on; refused when they disagree or none is known.

    Boundaries drawn around seats are in EPSG:5514, whatever the seats were in.
    """
    frame = case.frame
    if "geometry" not in frame.columns:
        return case.refusing("has no geometry; state 'lon' and 'lat' or 'wkt' in the source card", blocked=True)
    stated = case.source.read.crs
    try:
        of_file = crs_name(frame.crs) if frame.crs is not None else None
        of_card = crs_name(stated) if stated and not case.entry.schematic else of_file
    except SourceRefused as error:
        return case.refusing(str(error), blocked=True)
    if of_card is None:
        return case.refusing("says no CRS; state 'crs' in the source card", blocked=True)
    if of_file is not None and of_file != of_card:
        return case.refusing(f"is in {of_file}, its source card says {of_card}; one of them is wrong", blocked=True)
    return replace(case, frame=gpd.GeoDataFrame(frame).set_crs(of_card, allow_override=True))


def drop_unplaceable(case: Case) -> Case:
    """The case without coordinates that are no numbers: such geometries become empty, and are noted."""
    geometry = case.geometry
    coordinates, of = shapely.get_coordinates(geometry, return_index=True)
    broken = np.zeros(len(geometry), dtype=bool)
    broken[of[~np.isfinite(coordinates).all(axis=1)]] = True
    return case.noting(
        "not-finite", broken, "souřadnice nejsou čísla, geometrie vynechána", case.reshaped(broken, None)
    )


def undo_web_mercator(case: Case) -> Case:
    """The case in EPSG:3857 if it claims degrees and lies in the region's box only that way."""
    frame, notes = unmask(case.frame, case.bounds, case.shown)
    return replace(case, frame=frame).remarking(*notes)


def undo_swaps(case: Case) -> Case:
    """The case with the axes exchanged of each feature that only then lies in the region's box."""
    geometry, crs = case.geometry, str(case.frame.crs)
    outside = ~touches(boxes_in_degrees(geometry, crs), case.bounds)
    swapped = np.zeros(len(geometry), dtype=bool)
    if outside.any():
        turned = swap_axes(geometry[outside])
        swapped[outside] = touches(boxes_in_degrees(turned, crs), case.bounds)
        frame = case.reshaped(swapped, swap_axes(geometry[swapped]))
        return case.noting("swapped", swapped, "zeměpisná šířka a délka byly prohozeny, opraveno", frame)
    return case


def leave_out_foreign(case: Case) -> Case:
    """The case without features outside the region's box; refused when they are most of it, or all of it.

    Of a layer that is cut to the region anyway any number may lie outside, but not all.
    """
    geometry, crs = case.geometry, str(case.frame.crs)
    filled = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    inside = touches(boxes_in_degrees(geometry, crs), case.bounds)
    foreign = filled & ~inside
    most = case.card.region == "all" and foreign.sum() * 2 > filled.sum()
    if filled.any() and (most or not inside.any()):
        box = ", ".join(f"{degree:g}" for degree in case.bounds)
        return case.refusing(
            f"{foreign.sum()} of {filled.sum()} features lie outside the region's box ({box}) in {crs}: "
            f"wrong CRS or wrong region{_hint(geometry[foreign], case)}; {case.rows(foreign)}",
            blocked=True,
        )
    return case.noting("outside", foreign, "mimo území kraje, vynecháno", case.frame[~foreign])


def to_krovak(case: Case) -> Case:
    """The case in EPSG:5514."""
    geometry = project_geometries(case.geometry, str(case.frame.crs), KROVAK)
    series = gpd.GeoSeries(geometry, index=case.frame.index, crs=KROVAK)
    return replace(case, frame=gpd.GeoDataFrame(case.frame).set_geometry(series))


def _hint(geometry: np.ndarray, case: Case) -> str:
    for crs in (KROVAK, WEB_MERCATOR, CRS84):
        if touches(boxes_in_degrees(geometry, crs), case.bounds).sum() * 2 > len(geometry):
            return f" (read as {crs} they would lie in it)"
    return ""
