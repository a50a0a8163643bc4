"""Distances against PROJ, all over the Earth."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.finder.geodesic import NEAR_M, arc_m, spot, spots

GEOD = pyproj.Geod(ellps="WGS84")
EARTH = pyproj.Transformer.from_crs(4979, 4978, always_xy=True)


@pytest.mark.parametrize("farthest_m", [1.0, 1_000.0, 30_000.0, NEAR_M])
def test_near_points_are_as_far_as_the_geodesic_is_long_to_a_hundredth_of_a_millimetre(farthest_m: float) -> None:
    rng, count = np.random.default_rng(5), 20_000
    lon, lat = rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
    metres = farthest_m * np.sqrt(rng.uniform(0, 1, count))
    ends = np.column_stack(GEOD.fwd(lon, lat, rng.uniform(0, 360, count), metres)[:2])
    truth = GEOD.inv(lon, lat, *ends.T)[2]
    rows = spots(ends).data.cast("B")
    told = [arc_m(spot(*point), rows, number) for number, point in enumerate(zip(lon, lat, strict=True))]
    assert np.abs(told - truth).max() < 1e-5


def test_what_is_far_is_never_told_to_be_near() -> None:
    rng = np.random.default_rng(6)
    points = np.column_stack((rng.uniform(-180, 180, 5000), rng.uniform(-90, 90, 5000)))
    far = GEOD.inv(np.full(5000, 15.0), np.full(5000, 50.7), *points.T)[2] > NEAR_M + 1
    rows, here = spots(points).data.cast("B"), spot(15.0, 50.7)
    assert all(arc_m(here, rows, number) > NEAR_M for number in np.flatnonzero(far).tolist())


def test_a_point_is_no_way_from_itself() -> None:
    assert arc_m(spot(15.0, 50.7), spots(np.array([(15.0, 50.7)])).data.cast("B"), 0) == 0


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_spot_has_the_axes_of_the_standard(lon: float, lat: float) -> None:
    assert spot(lon, lat)[:3] == pytest.approx(EARTH.transform(lon, lat, 0), abs=1e-5)
    assert spots(np.array([(lon, lat)]))[0].tolist() == pytest.approx(spot(lon, lat), abs=1e-8)
