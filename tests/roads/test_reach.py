from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from shapely import Geometry

from geoportal.roads.engine import journeys_to
from geoportal.roads.network import Network
from geoportal.roads.places import Places
from geoportal.roads.reach import areas_in_reach
from tests.roads.grid import OFF_ROAD, city, line, network, on, spots

MINUTES = (2, 3, 5)


def reach(net: Network, places: Places, minutes: tuple[int, ...] = MINUTES) -> list[Geometry]:
    return areas_in_reach(net, nearest(net, places), places, minutes, OFF_ROAD)


def nearest(net: Network, places: Places) -> np.ndarray:
    return journeys_to(net, places, OFF_ROAD).to_service.min(axis=1).astype(float)


def holds(area: Geometry, *corners: tuple[float, float]) -> list[bool]:
    return shapely.contains_xy(area, *spots(*corners).T).tolist()


def test_along_one_road_the_area_ends_where_the_time_does() -> None:
    net = network(line((0, 0), (10, 0)))
    (area,) = reach(net, on(net, (5, 0)), (3,))
    assert holds(area, (2.05, 0), (7.95, 0)) == [True, True]
    assert holds(area, (1.95, 0), (8.05, 0)) == [False, False]


def test_beside_the_road_it_is_as_wide_as_the_time_left_allows() -> None:
    net = network(line((0, 0), (10, 0)))
    (area,) = reach(net, on(net, (5, 0)), (3,))
    # Each 100 m beside the road cost a minute, each km on it too: 2 km away one minute is left.
    assert holds(area, (7, 0.09), (7, 0.11), (5, 0.28), (5, 0.32)) == [True, False, True, False]


def test_it_is_never_wider_than_people_leave_the_road() -> None:
    net = network(line((0, 0), (10, 0)))
    (area,) = reach(net, on(net, (5, 0)), (30,))
    assert area.bounds[3] - area.bounds[1] == pytest.approx(1000, rel=0.03)


def test_the_way_from_a_service_to_the_road_counts() -> None:
    net = network(line((0, 0), (10, 0)))
    (area,) = reach(net, on(net, (5, 0.2)), (3,))
    assert holds(area, (5.95, 0), (6.05, 0)) == [True, False]


def test_a_one_way_road_is_counted_towards_the_service() -> None:
    net = network(line((0, 0), (10, 0)), oneway=(0,))
    (area,) = reach(net, on(net, (5, 0)), (3,))
    assert holds(area, (2.5, 0), (7.5, 0)) == [True, False]


def test_areas_are_valid_and_each_holds_the_one_before() -> None:
    net = city()
    areas = reach(net, on(net, (0.3, 0.1), (3, 3.5)))
    assert all(area.is_valid for area in areas)
    for smaller, larger in pairwise(areas):
        assert shapely.difference(smaller, larger).area < 1e-3
        assert larger.area > smaller.area


def test_two_runs_give_the_same_areas_to_the_byte() -> None:
    first, second = (reach(city(), on(city(), (0.3, 0.1), (3, 3.5))) for _ in range(2))
    assert shapely.to_wkb(first).tolist() == shapely.to_wkb(second).tolist()


def test_a_place_is_in_the_area_when_some_road_leads_there_in_time() -> None:
    net = city()
    places = on(net, (0.3, 0.1), (3, 3.5))
    assert_agrees_with_sampling(net, places, nearest(net, places), reach(net, places), MINUTES, OFF_ROAD.pace, 500)


def assert_agrees_with_sampling(
    net: Network, places: Places, to_nearest: np.ndarray, areas: list[Geometry], minutes: tuple[int, ...], pace: float,
    limit_m: float, slack_s: float = 15.0,
) -> None:  # fmt: skip
    """Compares areas with times told by brute force, from points on all roads every 50 m, at nodes and about them."""
    edge, share, points = _samples(net, 50.0)
    start, end = net.ends[edge].T
    seconds = np.minimum(
        to_nearest[start] + np.where(share > 0, net.seconds[edge, 1] * share, 0),
        to_nearest[end] + np.where(share < 1, net.seconds[edge, 0] * (1 - share), 0),
    )
    rng = np.random.default_rng(3)
    nodes = rng.permutation(net.nodes)[:150]
    probes = np.concatenate([nodes, nodes + rng.normal(0, limit_m / 2, nodes.shape)])
    away = np.hypot(*(probes[:, None] - np.concatenate([points, places.points])).transpose(2, 0, 1))
    held = np.concatenate([seconds, np.zeros(len(places.points))])
    told = np.where(away <= limit_m, held + away / pace, np.inf).min(axis=1)
    near = np.where(away <= 0.97 * limit_m, held + away / pace, np.inf).min(axis=1)  # corners of discs are cut off
    for area, limit in zip(areas, minutes, strict=True):
        inside = shapely.contains_xy(area, *probes.T)
        assert inside[near <= limit * 60 - slack_s].all()
        assert not inside[told > limit * 60 + slack_s].any()


def _samples(net: Network, step_m: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    counts = np.maximum((shapely.length(net.lines) / step_m).astype(int), 1) + 1
    edge = np.repeat(np.arange(len(net.lines)), counts)
    share = np.concatenate([np.linspace(0, 1, count) for count in counts])
    points = shapely.line_interpolate_point(net.lines[edge], share, normalized=True)
    return edge, share, shapely.get_coordinates(points)
