"""Who touches whom, on squares and on the real obce against libpysal."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import shapely

from geoportal.analyses.contiguity import contiguity, touching
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.store import current_id

SQUARES = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(3) for x in range(3)])


@pytest.fixture(scope="module")
def snapshot(built_settings):
    held = current_id(built_settings.build)
    assert held
    return Snapshot(built_settings.build, held)


def beside(found, unit):
    return found.other[found.one == unit].tolist()


def test_a_corner_is_enough():
    found = touching(SQUARES)
    assert beside(found, 4) == [0, 1, 2, 3, 5, 6, 7, 8]
    assert beside(found, 0) == [1, 3, 4]
    assert found.neighbours.tolist() == [3, 5, 3, 5, 8, 5, 3, 5, 3]


def test_areas_apart_touch_nobody():
    found = touching(np.array([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)]))
    assert found.neighbours.tolist() == [0, 0]


def test_a_part_keeps_its_own_pairs_numbered_anew():
    part = touching(SQUARES).among(np.arange(9) % 2 == 0)  # the corners and the middle
    assert part.count == 5
    assert beside(part, 2) == [0, 1, 3, 4]
    assert beside(part, 0) == [2]


@pytest.mark.parametrize("level", ["obec", "pou", "orp", "okres"])
def test_real_units_touch_those_that_libpysal_finds(snapshot, level):
    import geopandas
    from libpysal.weights import Queen

    layer = next(one for one in snapshot.collections.values() if one.level == level)
    order = [layer.position(code) for code, _ in snapshot.units[level]]
    frame = geopandas.GeoDataFrame(geometry=layer.columns.geometries[order])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        known = Queen.from_dataframe(frame, use_index=False)
    found = contiguity(snapshot, level)
    assert {at: beside(found, at) for at in range(found.count)} == {
        at: sorted(known.neighbors[at]) for at in known.neighbors
    }


def test_a_level_without_a_layer_has_no_contiguity(snapshot):
    assert contiguity(snapshot, "ulice") is None
