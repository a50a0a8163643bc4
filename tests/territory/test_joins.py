from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoportal.errors import SourceRefused
from geoportal.territory.joins import (
    area_weighted_sums,
    line_lengths,
    nearest_distances,
    overlap_areas,
    points_in_units,
)
from tests.squares import SIDE, box, frame, point, territory

UNITS = territory().base


def test_a_point_inside_counts_in_its_unit() -> None:
    assert points_in_units(frame([point(0.5, 0.5), point(1.5, 1.5)]), UNITS).tolist() == [0, 3]


def test_a_point_on_a_shared_boundary_counts_exactly_once() -> None:
    found = points_in_units(frame([point(1, 0.5), point(0.5, 1), point(1, 1)]), UNITS)
    assert found.tolist() == [0, 0, 0]


def test_a_point_on_the_outer_boundary_counts() -> None:
    assert points_in_units(frame([point(0, 0)]), UNITS).tolist() == [0]


def test_a_point_outside_all_units_is_told_apart() -> None:
    assert points_in_units(frame([point(5, 5)]), UNITS).tolist() == [-1]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=30))
def test_points_of_the_closed_region_are_counted_exactly_once_in_all(cells: list[tuple[int, int]]) -> None:
    points = frame([point(column / 10, row / 10) for column, row in cells])
    found = points_in_units(points, UNITS)
    assert np.bincount(found[found >= 0], minlength=4).sum() == len(points)


def test_another_crs_is_refused_instead_of_joined_to_nothing() -> None:
    degrees = gpd.GeoDataFrame(geometry=[shapely.Point(15, 50.7)], crs="EPSG:4326")
    with pytest.raises(SourceRefused, match="EPSG:5514"):
        points_in_units(degrees, UNITS)


def test_overlap_is_the_area_covered() -> None:
    covered = overlap_areas(frame([box(0.5, 0, 1, 1)]), UNITS)
    assert covered == pytest.approx([SIDE**2 / 2, SIDE**2 / 2, 0, 0])


def test_a_unit_that_is_wholly_covered_is_covered_to_the_last_bit() -> None:
    pieces = frame([box(k / 7, 0, 1 / 7 + 1e-12, 1) for k in range(7)])
    assert overlap_areas(pieces, UNITS)[0] == UNITS.area.iloc[0]


def test_a_place_covered_twice_counts_once() -> None:
    covered = overlap_areas(frame([box(0, 0), box(0, 0), box(0.5, 0, 0.5, 1)]), UNITS)
    assert covered == pytest.approx([SIDE**2, 0, 0, 0])


def test_area_weighted_sums_share_values_out_and_keep_the_total() -> None:
    sums = area_weighted_sums(np.array([100.0, 8.0]), frame([box(0, 0, 2, 1), box(0, 0, 2, 2)]), UNITS)
    assert sums == pytest.approx([52, 52, 2, 2])
    assert sums.sum() == pytest.approx(108)


def test_area_outside_all_units_takes_its_share_with_it() -> None:
    assert area_weighted_sums(np.array([10.0]), frame([box(1, 0, 2, 1)]), UNITS).sum() == pytest.approx(5)


def test_line_lengths_add_up_across_units() -> None:
    line = shapely.LineString([point(0.25, 0.5), point(1.75, 0.5)])
    assert line_lengths(frame([line]), UNITS) == pytest.approx([750, 750, 0, 0])


def test_a_line_along_a_shared_boundary_is_shared_out() -> None:
    lengths = line_lengths(frame([shapely.LineString([point(1, 0), point(1, 1)])]), UNITS)
    assert lengths.sum() == pytest.approx(1000)


def test_the_nearest_point_is_measured_from_the_seat() -> None:
    distances = nearest_distances(territory().seats, frame([point(0.5, 0.5), point(1.5, 1.5)]))
    assert distances == pytest.approx([0, 1000, 1000, 0])
