"""Geometries made flat, valid, filled, and all of the layer's kind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from shapely import GeometryType

from geoportal.cards.layer import GeometryKind
from geoportal.intake.case import Case

_SINGLE = {"point": GeometryType.POINT, "line": GeometryType.LINESTRING, "polygon": GeometryType.POLYGON}
_MULTI = {"point": GeometryType.MULTIPOINT, "line": GeometryType.MULTILINESTRING, "polygon": GeometryType.MULTIPOLYGON}
_EMPTY = {"point": shapely.MultiPoint(), "line": shapely.MultiLineString(), "polygon": shapely.MultiPolygon()}
_DIMENSION = {"point": 0, "line": 1, "polygon": 2}
_JOIN = {"point": shapely.multipoints, "line": shapely.multilinestrings, "polygon": shapely.multipolygons}


def flatten(case: Case) -> Case:
    """The case without third and fourth coordinates."""
    geometry = case.geometry
    high = shapely.has_z(geometry) | shapely.has_m(geometry)
    return case.noting("3d", high, "výška vynechána", case.reshaped(high, shapely.force_2d(geometry[high])))


def make_valid(case: Case) -> Case:
    """The case with invalid geometries repaired; of what falls apart only the parts of the layer's kind are kept."""
    geometry = case.geometry
    invalid = ~shapely.is_valid(geometry) & ~shapely.is_missing(geometry)
    if not invalid.any():
        return case
    repaired = shapely.make_valid(geometry[invalid], method="structure")
    repaired = _parts_of_kind(repaired, case.kind)
    return case.noting("invalid", invalid, "neplatná geometrie opravena", case.reshaped(invalid, repaired))


def take_kind(case: Case) -> Case:
    """The case with only points, lines or polygons: parts are taken out of collections, foreign types refused."""
    geometry = case.geometry
    types = shapely.get_type_id(geometry)
    mixed = types == GeometryType.GEOMETRYCOLLECTION
    if mixed.any():
        parts = _parts_of_kind(geometry[mixed], case.kind)
        case = case.noting(
            "collection", mixed, "ze smíšené geometrie převzaty části druhu vrstvy", case.reshaped(mixed, parts)
        )
        geometry, types = case.geometry, shapely.get_type_id(case.geometry)
    filled = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    foreign = filled & ~np.isin(types, [_SINGLE[case.kind], _MULTI[case.kind]])
    if foreign.any():
        found = ", ".join(sorted({geometry[at].geom_type for at in np.flatnonzero(foreign)}))
        case = case.refusing(f"a layer of kind '{case.kind}' can't hold {found}: {case.rows(foreign)}")
        case = replace(case, frame=case.frame[~foreign])
    return case


def leave_out_empty(case: Case) -> Case:
    """The case without empty geometries, which are refused in a territorial layer."""
    geometry = case.geometry
    empty = shapely.is_missing(geometry) | shapely.is_empty(geometry)
    if empty.any() and case.card.territory:
        return case.refusing(f"has no geometry in {case.rows(empty)}")
    return case.noting("empty", empty, "bez geometrie, vynecháno", case.frame[~empty])


def harmonise(case: Case) -> Case:
    """The case with single or with multiple geometries, not both; a layer of points has one point each."""
    geometry = case.geometry
    multiple = shapely.get_type_id(geometry) == _MULTI[case.kind]
    if not multiple.any():
        return case
    if case.kind == "point":
        return _single_points(case, geometry, multiple)
    single = ~multiple
    whole = _JOIN[case.kind](geometry[single], indices=np.arange(single.sum())) if single.any() else geometry[single]
    return case.noting("multi", single, "jednoduchá geometrie převedena na vícenásobnou", case.reshaped(single, whole))


def _single_points(case: Case, geometry: np.ndarray, multiple: np.ndarray) -> Case:
    many = shapely.get_num_geometries(geometry) > 1
    if many.any():
        case = case.refusing(f"a feature of a point layer is one point; several in {case.rows(many)}")
    first = shapely.get_geometry(geometry[multiple], 0)
    return case.noting("multi", multiple, "vícenásobný bod převeden na jednoduchý", case.reshaped(multiple, first))


def _parts_of_kind(geometry: np.ndarray, kind: GeometryKind) -> np.ndarray:
    """For each geometry its parts of the kind, as a multiple geometry; an empty one where it has none."""
    parts, of = geometry, np.arange(len(geometry))
    while (shapely.get_type_id(parts) >= GeometryType.MULTIPOINT).any():
        parts, at = shapely.get_parts(parts, return_index=True)
        of = of[at]
    fit = (shapely.get_dimensions(parts) == _DIMENSION[kind]) & ~shapely.is_empty(parts)
    joined = np.full(len(geometry), _EMPTY[kind], dtype=object)
    if fit.any():
        joined[np.unique(of[fit])] = _JOIN[kind](parts[fit], indices=np.unique(of[fit], return_inverse=True)[1])
    alone = shapely.get_num_geometries(joined) == 1
    joined[alone] = shapely.get_geometry(joined[alone], 0)
    return joined
