"""Borders of polygons as lines: each stretch once, with the coarsest level that it parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import shapely

from geoportal.cards.tileset import LEVEL_FIELD, OUTER_FIELD
from geoportal.tiling.features import MISSING, NO_ID, Features

_BITS = 31  # of a coordinate in whole units


def draw_borders(polygons: Features, levels: Mapping[str, str]) -> Features:
    """One feature for each level and side (inner, or ``vnejsi``: nothing is beyond); the coarsest level first.

    ``polygons`` are on a grid of whole units, so that neighbours share their vertices to the last bit.
    """
    segments, left, right = _segments(polygons.shapes)
    codes = polygons.codes[:, [polygons.fields.index(field) for field in levels.values()]]
    differs = (codes[left] != codes[right]) & (codes[left] != MISSING) & (codes[right] != MISSING)
    outer = left == right
    # A border that parts no units of any level named would be one between two features of the same unit.
    level = np.where(outer, 0, np.where(differs.any(axis=1), differs.argmax(axis=1), len(levels)))
    words = polygons.words
    groups = [(number, name, side) for number, name in enumerate(levels) for side in (False, True)]
    drawn = [(segments[(level == number) & (outer == side)], name, side) for number, name, side in groups]
    drawn = [group for group in drawn if len(group[0])]
    shapes = np.array([_joined(lines) for lines, _, _ in drawn], dtype=object)
    return replace(
        polygons,
        shapes=shapes,
        ids=np.full(len(drawn), NO_ID),
        fields=(LEVEL_FIELD, OUTER_FIELD),
        codes=np.array([[words.code(name), words.code(side)] for _, name, side in drawn], dtype=np.int32).reshape(
            -1, 2
        ),
        weight=shapely.length(shapes),
    )


def _segments(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every segment of every ring once (n x 2 points packed into numbers), with the polygons on its two sides.

    The two are the same where there is nothing beyond.
    """
    parts, owners = shapely.get_parts(shapes, return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    coordinates, ring_of = shapely.get_coordinates(rings, return_index=True)
    points = (coordinates[:, 0].astype(np.int64) << _BITS) | coordinates[:, 1].astype(np.int64)
    follows = ring_of[1:] == ring_of[:-1]
    ends = np.sort(np.column_stack((points[:-1][follows], points[1:][follows])), axis=1)
    owner = owners[part_of][ring_of[1:][follows]]
    order = np.lexsort((owner, ends[:, 1], ends[:, 0]))
    ends, owner = ends[order], owner[order]
    starts = np.flatnonzero(np.concatenate(([True], (ends[1:] != ends[:-1]).any(axis=1))))
    lasts = np.concatenate((starts[1:], [len(ends)])) - 1
    return ends[starts], owner[starts], owner[lasts]


def _joined(segments: np.ndarray) -> shapely.Geometry:
    points = segments.ravel()
    coordinates = np.column_stack((points >> _BITS, points & (1 << _BITS) - 1)).astype(float)
    lines = shapely.linestrings(coordinates, indices=np.repeat(np.arange(len(segments)), 2))
    return shapely.line_merge(shapely.multilinestrings(lines))
