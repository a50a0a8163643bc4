"""Features as one zoom shows them: chosen, merged, simplified, on the grid of that zoom."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from geoportal.cards.tileset import Rules, TileLayerCard
from geoportal.tiling.borders import draw_borders
from geoportal.tiling.features import NO_ID, Features
from geoportal.tiling.grid import PIXELS, UNITS_A_PIXEL, units_at
from geoportal.tiling.shapes import DIMENSIONS, of_dimension, settle

SIMPLIFY = 0.5  # pixels; less than the eye sees
WORTH = 0.02  # of the vertices; to drop fewer takes longer than it saves


@dataclass(frozen=True)
class Simplified:
    """Shapes as the zoom below has them, and the rules that chose them; the zoom above goes on from there."""

    features: Features
    rules: tuple[object, ...]


def generalise(
    features: Features, card: TileLayerCard, zoom: int, deepest: bool, below: Simplified | None
) -> tuple[Features, Simplified]:
    """The features at ``zoom`` with shapes in its units, and what the zoom above may go on from.

    Zooms are asked for from the deepest up: a shape is simplified further, not anew, which is quicker and never puts
    back a bend that the zoom below has lost.
    """
    rules = card.at(zoom)
    choice = (rules.where, rules.coalesce, rules.fields)
    if below is None or below.rules != choice:
        below = Simplified(_chosen(features, rules, card), choice)
    held = below.features
    if not deepest:
        pixel = 1 / (PIXELS << zoom)
        shapes = simplify(held.shapes, pixel * (SIMPLIFY if rules.simplify is None else rules.simplify))
        held = replace(held, shapes=shapes)
        below = replace(below, features=held)
    placed = _placed(held, zoom)
    if card.levels:
        return draw_borders(placed, card.levels), below
    if rules.min_size and not deepest:
        placed = placed.take(_sizes(placed.shapes) >= rules.min_size * UNITS_A_PIXEL)
    return placed, below


def simplify(shapes: np.ndarray, tolerance: float) -> np.ndarray:
    """The shapes with fewer vertices, at most about ``tolerance`` away.

    Polygons are simplified as a coverage, so that a border which two share stays one; where they do not form one
    (they overlap, or one is broken) a polygon may come out invalid.
    """
    if not tolerance or not len(shapes) or shapely.get_dimensions(shapes[0]) == DIMENSIONS["point"]:
        return shapes
    if shapely.get_dimensions(shapes[0]) == DIMENSIONS["line"]:
        return shapely.simplify(shapes, tolerance, preserve_topology=True)
    worth = _flat_corners(shapes, tolerance) > WORTH
    return shapely.coverage_simplify(shapes, tolerance) if worth else shapes


def _flat_corners(polygons: np.ndarray, tolerance: float) -> float:
    """The share of vertices that would go: their triangle with both neighbours (Visvalingam and Whyatt) is small."""
    corner, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(polygons)), return_index=True)
    one, other = corner[1:-1] - corner[:-2], corner[2:] - corner[1:-1]
    doubled = np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0])[ring[2:] == ring[:-2]]
    return float(np.mean(doubled <= 2 * tolerance**2)) if len(doubled) else 0.0


def _chosen(features: Features, rules: Rules, card: TileLayerCard) -> Features:
    for field, values in (rules.where or {}).items():
        features = features.take(np.array([_text(value) in values for value in features.column(field)], dtype=bool))
    if card.levels:
        return features  # the fields that tell levels apart are needed until the borders are drawn
    if rules.fields is not None:
        features = features.keep_fields([*rules.fields, *card.added])
    return _coalesced(features) if rules.coalesce else features


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _coalesced(features: Features) -> Features:
    """One feature for each combination of attributes; lines joined at their ends, polygons without inner borders."""
    if not len(features):
        return features
    codes, group = np.unique(features.codes, axis=0, return_inverse=True)
    order = np.argsort(group.ravel(), kind="stable")
    counts = np.bincount(group.ravel())
    members = np.split(features.shapes[order], np.cumsum(counts)[:-1])
    weights = np.add.reduceat(features.weight[order], np.cumsum(counts) - counts)
    shapes = np.array([_merged(shapes) for shapes in members], dtype=object)
    return replace(features, shapes=shapes, codes=codes, weight=weights, ids=np.full(len(codes), NO_ID))


def _merged(shapes: np.ndarray) -> shapely.Geometry:
    parts = shapely.get_parts(shapes)
    match shapely.get_dimensions(parts[0]):
        case 0:
            return shapely.multipoints(parts)
        case 1:
            return shapely.line_merge(shapely.multilinestrings(parts))
        case _:
            return shapely.union_all(parts)


def _placed(features: Features, zoom: int) -> Features:
    """The features on the grid of ``zoom``, without those that vanish there."""
    if not len(features):
        return features
    units = units_at(zoom)
    shapes = shapely.transform(features.shapes, lambda xy: xy * units)
    dimension = int(shapely.get_dimensions(shapes[0]))
    parts, owners = settle(*of_dimension(shapes, dimension), dimension)
    order = np.argsort(owners, kind="stable")
    held, numbers = np.unique(owners[order], return_inverse=True)
    collected = _collected(parts[order], numbers, dimension)
    return replace(features.take(held), shapes=collected)


def _collected(parts: np.ndarray, owners: np.ndarray, dimension: int) -> np.ndarray:
    if len(np.unique(owners)) == len(owners):
        return parts
    make = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)[dimension]
    return make(parts, indices=owners)


def _sizes(shapes: np.ndarray) -> np.ndarray:
    """The side of an equal square, or the length; points have any size."""
    if not len(shapes) or shapely.get_dimensions(shapes[0]) == DIMENSIONS["point"]:
        return np.full(len(shapes), np.inf)
    if shapely.get_dimensions(shapes[0]) == DIMENSIONS["line"]:
        return shapely.length(shapes)
    return np.sqrt(shapely.area(shapes))
