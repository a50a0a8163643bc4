from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geoportal.build.road_files import write_roads
from geoportal.build.roads import BuiltRoads
from geoportal.crs import CRS84, KROVAK, distances_m, project
from geoportal.roads.engine import seconds_between
from geoportal.roads.places import place
from geoportal.snapshot.road_times import RoadTimes, Travel
from tests.roads.conftest import Country


def together(travel: Travel, point: tuple[float, float], built: BuiltRoads) -> np.ndarray:
    """Seconds to every service in the order of the columns."""
    services = project(built.places.points, KROVAK, CRS84)
    straight_m = distances_m(*point, *services.T)
    return np.array([travel.seconds(column, metres) for column, metres in enumerate(straight_m.tolist())])


def test_a_point_is_told_what_the_build_tells_of_it(built: BuiltRoads, times: RoadTimes) -> None:
    rng = np.random.default_rng(2)
    points = rng.uniform((14.4, 50.55), (15.5, 50.95), (800, 2))
    places = place(built.network, project(points, CRS84, KROVAK), built.off_road)
    told = seconds_between(built.journeys, places, built.places, built.off_road)
    answers = [times.from_point(*point) for point in points.tolist()]
    both = [(answer, at) for at, answer in enumerate(answers) if answer and np.isfinite(places.access_m[at])]
    assert len(both) > 500
    assert max(abs(answer.access_m - places.access_m[at]) for answer, at in both) < 0.5
    apart = np.array([np.abs(together(answer, tuple(points[at]), built) - told[at]).max() for answer, at in both])
    # Of two roads equally far the last bits choose, and the way from the other one may be another one.
    assert (apart > 0.5).sum() <= 2
    limit = built.off_road.limit_m
    none = [at for at, answer in enumerate(answers) if answer is None]
    assert (places.access_m[none] > limit - 0.5).all()
    assert max(answer.access_m for answer in answers if answer) <= limit


def test_an_obec_is_told_the_same_as_the_point_of_its_seat(
    country: Country, built: BuiltRoads, times: RoadTimes
) -> None:
    seats = country.territory.seats
    places = project(np.column_stack([seats.x, seats.y]), KROVAK, CRS84)
    differs = 0
    for code, (lon, lat) in zip(seats.index, places.tolist(), strict=True):
        travel, prepared = times.from_point(lon, lat), times.from_unit(code)
        assert travel is not None
        assert prepared is not None
        differs += not np.allclose(
            together(travel, (lon, lat), built), np.concatenate(list(prepared.values())), atol=0.5
        )
    assert differs <= 1
    assert times.from_unit("000000") is None


def test_answers_are_by_layer_in_the_order_of_its_features(built: BuiltRoads, times: RoadTimes) -> None:
    for layer, frame in built.services.items():
        spots = project(np.column_stack([frame.geometry.x, frame.geometry.y]), KROVAK, CRS84).tolist()
        for position, spot in enumerate(spots):
            travel = times.from_point(*spot)
            assert travel is not None
            column = times.column(layer, position)
            assert column is not None
            assert travel.seconds(column, math.inf) == pytest.approx(2 * travel.access_m / built.off_road.pace, abs=0.5)
            assert travel.seconds(column, 0.0) == 0
    assert times.column("obce", 0) is None


def test_far_from_every_road_and_nowhere_there_is_no_answer(times: RoadTimes) -> None:
    nowhere = [(15.324, 50.883), (0.0, 0.0), (math.nan, 50.7), (15.0, math.inf), (50.77, 15.06), (-181.0, 91.0)]
    assert [times.from_point(*point) for point in nowhere] == [None] * len(nowhere)


def test_an_answer_says_that_the_network_is_coarse(times: RoadTimes) -> None:
    travel = times.from_point(15.0584, 50.7699)
    assert travel is not None
    assert travel.coarse
    assert "1 : 200 000" in times.note.cs
    assert 0 < travel.access_m < 500


def test_two_builds_write_the_same_bytes(built: BuiltRoads, tmp_path: Path) -> None:
    entries = [write_roads(tmp_path / name, replace(built)) for name in ("one", "two")]
    assert entries[0] == entries[1]
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_server_needs_no_engine() -> None:
    heavy = "[name for name in ('scipy', 'geopandas', 'pandas') if name in sys.modules]"
    script = f"import sys, geoportal.snapshot.reader; print({heavy})"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "[]"
