from __future__ import annotations

import math

import numpy as np
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoportal.finder.geodesic import spot
from geoportal.finder.nearest import NearestIndex
from geoportal.finder.vicinity import vicinities

GEOD = pyproj.Geod(ellps="WGS84")
DEGREES = (st.floats(-180, 180), st.floats(-90, 90))


def scattered(count: int, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.column_stack((rng.uniform(14.3, 15.7, count), rng.uniform(50.4, 51.1, count)))


def truth(points: np.ndarray, lon: float, lat: float) -> np.ndarray:
    return GEOD.inv(np.full(len(points), lon), np.full(len(points), lat), *points.T)[2]


FEW, MANY = scattered(25), scattered(20_000)
INDEXES = {
    "few": (FEW, NearestIndex(FEW)),
    "few by cells": (FEW, NearestIndex(FEW, vicinities(FEW))),
    "many": (MANY, NearestIndex(MANY)),
}


@settings(max_examples=150)
@given(st.sampled_from(sorted(INDEXES)), st.floats(14.2, 15.9), st.floats(50.3, 51.2), st.integers(1, 20))
def test_the_nearest_are_those_of_the_geodesic_truth(which: str, lon: float, lat: float, limit: int) -> None:
    points, index = INDEXES[which]
    found = index.sight(lon, lat).nearest(limit)
    distances = truth(points, lon, lat)
    assert [number for _, number in found] == np.argsort(distances, kind="stable")[:limit].tolist()
    assert [metres for metres, _ in found] == pytest.approx(np.sort(distances)[:limit].tolist(), abs=1e-4, rel=0)


@settings(max_examples=50)
@given(*DEGREES)
def test_the_nearest_are_right_from_anywhere_on_earth(lon: float, lat: float) -> None:
    found = [metres for metres, _ in INDEXES["few by cells"][1].sight(lon, lat).nearest(3)]
    assert found == pytest.approx(np.sort(truth(FEW, lon, lat))[:3].tolist(), abs=1e-4, rel=0)


def test_across_the_antimeridian_and_at_the_pole_nearness_is_nearness() -> None:
    points = np.array([(179.99, 60.0), (-179.98, 60.0), (0.0, 89.999), (100.0, 60.0)])
    index = NearestIndex(points)
    assert [number for _, number in index.sight(-179.999, 60.0).nearest(2)] == [0, 1]
    assert index.sight(90.0, 90.0).nearest(1)[0][1] == 2


def test_the_shorter_way_along_the_ellipsoid_wins_over_the_shorter_straight_line() -> None:
    east, north = (20.0, 0.0), GEOD.fwd(0, 0, 0, GEOD.inv(0, 0, 20, 0)[2] + 10)[:2]
    chords = [math.dist(spot(*point)[:3], spot(0, 0)[:3]) for point in (east, north)]
    assert chords[1] < chords[0]
    assert NearestIndex(np.array((north, east))).sight(0, 0).nearest(1)[0][1] == 1


def test_only_what_is_accepted_is_found_however_far_it_is() -> None:
    lon, lat = 14.3, 50.4
    distances = truth(MANY, lon, lat)
    farthest = int(distances.argmax())
    found = INDEXES["many"][1].sight(lon, lat).nearest(3, {farthest})
    assert found == [(pytest.approx(distances[farthest]), farthest)]


def test_one_sight_answers_several_questions() -> None:
    sight = INDEXES["many"][1].sight(15.0, 50.7)
    order = np.argsort(truth(MANY, 15.0, 50.7), kind="stable")
    assert [number for _, number in sight.nearest(2)] == order[:2].tolist()
    even = [number for number in order.tolist() if number % 2 == 0]
    assert [number for _, number in sight.nearest(40, range(0, len(MANY), 2))] == even[:40]
    assert [number for _, number in sight.nearest(3)] == order[:3].tolist()


def test_of_two_at_one_place_the_first_comes_first() -> None:
    points = np.vstack((MANY[:300], MANY[:300]))
    found = NearestIndex(points).sight(*MANY[7]).nearest(2)
    assert [number for _, number in found] == [7, 307]


@pytest.mark.parametrize("count", [1, 25, 300])
def test_more_than_there_are_gives_all_there_are(count: int) -> None:
    assert len(NearestIndex(MANY[:count]).sight(15, 50.7).nearest(500)) == count


def test_an_index_of_nothing_finds_nothing() -> None:
    assert NearestIndex(np.empty((0, 2))).sight(15, 50.7).nearest(3) == []


@pytest.mark.parametrize("count", [40, 4000])
def test_a_part_of_an_index_finds_its_own_points_by_the_numbers_they_have_in_the_whole(count: int) -> None:
    numbers = np.random.default_rng(3).choice(len(MANY), count, replace=False).tolist()
    part = INDEXES["many"][1].part(numbers)
    held = set(numbers)
    order = [number for number in np.argsort(truth(MANY, 15.0, 50.7)).tolist() if number in held]
    assert [number for _, number in part.sight(15.0, 50.7).nearest(9)] == order[:9]
    assert len(part) == count
