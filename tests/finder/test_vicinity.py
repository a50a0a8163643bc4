"""The prepared order of points: from anywhere on the grid it promises no more than is true."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.finder.geodesic import spot
from geoportal.finder.vicinity import MOST, vicinities

POINTS = np.random.default_rng(4).uniform((14.4, 50.55), (15.5, 50.95), (34, 2))
GRID = vicinities(POINTS)


@given(st.floats(14.25, 15.65), st.floats(50.4, 51.1))
def test_no_chord_is_shorter_than_told_and_what_is_told_ascends(lon: float, lat: float) -> None:
    assert GRID
    found = GRID.order(lon, lat)
    if found is None:
        return
    order, least = found
    chords = [math.dist(spot(lon, lat)[:3], spot(*POINTS[number])[:3]) for number in order]
    assert sorted(order) == list(range(len(POINTS)))
    assert list(least) == sorted(least)
    assert all(chord >= told for chord, told in zip(chords, least, strict=True))
    assert max(chord - told for chord, told in zip(chords, least, strict=True)) < 3_000


@pytest.mark.parametrize("place", [(13.0, 50.7), (15.0, 52.0), (math.nan, 50.7), (50.7, 15.0)])
def test_beyond_the_grid_there_is_no_order(place: tuple[float, float]) -> None:
    assert GRID
    assert GRID.order(*place) is None
    assert GRID.order(15.0, 50.7) is not None


@pytest.mark.parametrize(
    "points",
    [
        np.empty((0, 2)),
        np.random.default_rng(4).uniform((14, 50), (15, 51), (MOST + 1, 2)),
        np.array([(-179.9, 50.0), (179.9, 50.0)]),
        np.array([(10.0, 85.0), (11.0, 85.0)]),
    ],
)
def test_none_too_many_far_apart_or_at_a_pole_are_not_prepared(points: np.ndarray) -> None:
    assert vicinities(points) is None


def test_a_single_point_has_a_vicinity() -> None:
    held = vicinities(np.array([(15.0, 50.7)]))
    assert held
    found = held.order(15.01, 50.71)
    assert found
    assert list(found[0]) == [0]
