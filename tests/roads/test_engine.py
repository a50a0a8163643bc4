from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from geoportal.roads.engine import journeys_to, seconds_between, seconds_to
from geoportal.roads.network import KMH, Network
from geoportal.roads.places import OffRoad, Places
from tests.roads.grid import OFF_ROAD, city, line, network, on

MINUTE = 60.0


def minutes(net: Network, origins: Places, services: Places) -> np.ndarray:
    return seconds_between(journeys_to(net, services, OFF_ROAD), origins, services, OFF_ROAD) / MINUTE


def test_in_a_city_of_square_blocks_the_way_is_as_long_as_rows_and_columns_together() -> None:
    net = city()
    found = minutes(net, on(net, (0, 0), (4, 4), (1, 2)), on(net, (3, 1)))
    assert found.ravel().tolist() == pytest.approx([4, 4, 3])


def test_a_way_begins_and_ends_in_the_middle_of_a_street() -> None:
    net = city()
    assert minutes(net, on(net, (0.25, 0)), on(net, (1, 1.5)))[0, 0] == pytest.approx(2.25)


def test_on_one_street_no_corner_has_to_be_reached_first() -> None:
    net = network(line((0, 0), (3, 0)))
    assert minutes(net, on(net, (1, 0), (2, 0)), on(net, (1.5, 0))).ravel().tolist() == pytest.approx([0.5, 0.5])


def test_what_lies_beside_the_road_is_reached_at_the_pace_off_the_road() -> None:
    net = city()
    found = minutes(net, on(net, (1.5, 0.1)), on(net, (3.5, 0.2)))
    assert found[0, 0] == pytest.approx(1 + 2 + 2)


def test_what_is_round_the_corner_needs_no_road() -> None:
    net = network(line((0, 0), (10, 0)), line((0, 0), (0, 0.4), (10, 0.4)))
    found = minutes(net, on(net, (9, 0.1)), on(net, (9, 0.3)))
    assert found[0, 0] == pytest.approx(2)  # 200 m on foot instead of 18 km by road


def test_beyond_the_limit_there_is_no_way() -> None:
    net = city()
    assert np.isinf(minutes(net, on(net, (-0.6, 0)), on(net, (1, 1)))).all()
    assert np.isinf(minutes(net, on(net, (1, 1)), on(net, (-0.6, 0)))).all()


def test_a_one_way_street_is_driven_in_its_direction_only() -> None:
    net = network(line((0, 0), (1, 0)), line((1, 0), (1, 1), (0, 1), (0, 0)), oneway=(0,))
    assert minutes(net, on(net, (0, 0)), on(net, (1, 0)))[0, 0] == pytest.approx(1)
    assert minutes(net, on(net, (1, 0)), on(net, (0, 0)))[0, 0] == pytest.approx(3)
    ahead, behind = on(net, (0.75, 0)), on(net, (0.25, 0))
    assert minutes(net, behind, ahead)[0, 0] == pytest.approx(0.5)
    assert np.isclose(minutes(net, ahead, behind)[0, 0], 3.5)  # once round the block, or 500 m off the road: 5


def test_a_street_that_leads_nowhere_else_is_not_left_against_its_direction() -> None:
    net = network(line((0, 0), (1, 0)), line((1, 0), (2, 0)), line((1, 0), (3, 0.0)), oneway=(0,))
    assert np.isinf(minutes(net, on(net, (2.9, 0)), on(net, (0.1, 0)))).all()


def test_a_motorway_is_left_at_its_ends_only() -> None:
    net = network(line((0, 0), (2, 0)), line((0, 0), (0, 0.2)), closed=(0,))
    place = on(net, (0.3, 0))
    assert place.access_m[0] == pytest.approx(300)  # to its end, not onto it
    assert minutes(net, on(net, (0, 0.2)), place)[0, 0] == pytest.approx(0.2 + 3)


def test_of_two_roads_between_the_same_corners_the_faster_counts() -> None:
    net = network(line((0, 0), (1, 0)), line((0, 0), (0, 1), (1, 1), (1, 0)))
    assert net.matrix().nnz == 2
    assert minutes(net, on(net, (0, 0)), on(net, (1, 0)))[0, 0] == pytest.approx(1)


def test_a_journey_begins_on_the_main_network_and_not_on_an_island() -> None:
    net = network(line((0, 0), (3, 0)), line((0, 0.3), (1, 0.3)))
    assert net.lengths_by_component().tolist() == pytest.approx([3000, 1000])
    assert on(net, (0.5, 0.3)).access_m[0] == pytest.approx(300)


def test_without_services_there_is_nothing_to_reach() -> None:
    net = city()
    assert minutes(net, on(net, (0, 0)), on(net)).shape == (1, 0)


def test_without_one_way_streets_times_are_the_same_there_and_back_and_no_detour_is_shorter() -> None:
    net, rng = city(), np.random.default_rng(5)
    along, across = rng.uniform(0, 4, 40), rng.integers(0, 5, 40)
    places = on(net, *np.column_stack([along, across])[:20].tolist(), *np.column_stack([across, along])[20:].tolist())
    found = minutes(net, places, places)
    assert np.allclose(found, found.T, rtol=1e-5)
    assert (found[:, None, :] <= found[:, :, None] + found[None, :, :] + 1e-4).all()


def test_times_between_nodes_are_those_of_networkx() -> None:
    rng = np.random.default_rng(7)
    lines = [line(a, b) for a, b in rng.integers(0, 7, (90, 2, 2)).tolist() if a != b]
    net = network(*lines, oneway=tuple(range(0, len(lines), 3)))
    assert_agrees_with_networkx(net, rng)


def test_in_metres_the_shortest_way_is_taken_and_one_way_streets_are_heeded() -> None:
    net = network(line((0, 0), (1, 0)), line((1, 0), (1, 1), (0, 1), (0, 0)), oneway=(0,)).in_metres()
    on_foot = OffRoad(KMH, OFF_ROAD.limit_m)

    def metres(start: tuple[float, float], end: tuple[float, float]) -> float:
        services = on(net, end)
        return float(seconds_between(journeys_to(net, services, on_foot), on(net, start), services, on_foot)[0, 0])

    assert metres((0, 0), (1, 0)) == pytest.approx(1000)
    assert metres((1, 0), (0, 0)) == pytest.approx(3000)
    assert metres((0.5, 0.1), (1, 0)) == pytest.approx(600)


def assert_agrees_with_networkx(net: Network, rng: np.random.Generator, pairs: int = 200) -> None:
    """Compares random pairs of nodes of the largest component with Dijkstra's algorithm as NetworkX has it."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(len(net.nodes)))
    for (start, end), (forward, backward) in zip(net.ends.tolist(), net.seconds.tolist(), strict=True):
        if np.isfinite(forward):
            graph.add_edge(start, end, weight=forward)
        if np.isfinite(backward):
            graph.add_edge(end, start, weight=backward)
    main = np.flatnonzero(net.component == 0)
    targets = rng.choice(main, 8)
    edge = [int(np.flatnonzero((net.ends == node).any(axis=1))[0]) for node in targets]
    share = np.array([0.0 if net.ends[e, 0] == node else 1.0 for e, node in zip(edge, targets, strict=True)])
    ours = seconds_to(net, Places(net.nodes[targets], np.array(edge), share, np.zeros(8)), OFF_ROAD)
    for column, target in enumerate(targets.tolist()):
        theirs = nx.single_source_dijkstra_path_length(graph.reverse(copy=False), target)
        for origin in rng.choice(main, pairs // 8).tolist():
            assert ours[origin, column] == pytest.approx(theirs.get(origin, np.inf), rel=1e-9)
