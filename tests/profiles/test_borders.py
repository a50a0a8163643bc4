from __future__ import annotations

import numpy as np
import pytest
import shapely

from geoportal.profiles.borders import sharing_borders
from geoportal.profiles.unit import units_of
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.store import current_id


def grid(*corners):
    return np.array([shapely.box(x, y, x + 1, y + 1) for x, y in corners], dtype=object)


def test_squares_side_by_side_share_a_border_and_a_common_corner_is_none():
    found = sharing_borders(grid((0, 0), (1, 0), (0, 1), (1, 1)))
    assert found == {0: (1, 2), 1: (0, 3), 2: (0, 3), 3: (1, 2)}


def test_an_island_has_no_neighbours():
    assert sharing_borders(grid((0, 0), (5, 5))) == {}


def test_an_area_in_the_hole_of_another_is_its_neighbour():
    around = shapely.Polygon([(0, 0), (3, 0), (3, 3), (0, 3)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    assert sharing_borders(np.array([around, shapely.box(1, 1, 2, 2)], dtype=object)) == {0: (1,), 1: (0,)}


@pytest.mark.parametrize("level", ["obec", "orp", "okres"])
def test_neighbours_are_those_whose_areas_meet_in_a_line(built_settings, level):
    snapshot = Snapshot(built_settings.build, current_id(built_settings.build) or "")
    held = units_of(snapshot)
    units = list(held.by_level[level].values())
    shapes = np.array([held.shape(unit) for unit in units], dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    met = shapely.length(shapely.intersection(shapes[one], shapes[other])) > 0
    expected = {(units[a].code, units[b].code) for a, b in zip(one[met], other[met], strict=True) if a != b}
    assert {(unit.code, beside.code) for unit in units for beside in held.neighbours(unit)} == expected
