from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoportal.roads.noding import Noded, node_lines
from tests.roads.grid import line


def noded(*lines: shapely.LineString, snap: float = 1.0) -> Noded:
    return node_lines(np.array(lines, dtype=object), snap)


def degrees(graph: Noded) -> list[int]:
    return sorted(np.bincount(graph.ends.ravel()).tolist())


def test_lines_that_only_cross_as_at_a_bridge_do_not_meet() -> None:
    graph = noded(line((0, 0), (2, 0)), line((1, -1), (1, 1)))
    assert degrees(graph) == [1, 1, 1, 1]


def test_lines_that_share_a_vertex_meet_there() -> None:
    graph = noded(line((0, 0), (1, 0), (2, 0)), line((1, -1), (1, 0), (1, 1)))
    assert degrees(graph) == [1, 1, 1, 1, 4]
    assert graph.line.tolist() == [0, 0, 1, 1]
    assert shapely.length(graph.pieces).tolist() == pytest.approx([1000] * 4)


def test_a_line_that_ends_beside_the_middle_of_another_cuts_it() -> None:
    graph = noded(line((0, 0), (2, 0)), line((1, 0.0009), (1, 1)))
    assert degrees(graph) == [1, 1, 1, 3]


def test_a_line_that_ends_farther_away_than_the_tolerance_does_not() -> None:
    graph = noded(line((0, 0), (2, 0)), line((1, 0.0011), (1, 1)))
    assert degrees(graph) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    "corners", [((0, 0), (1, 0), (2, 0), (2, 1), (1, 0)), ((1, 0), (2, 0), (2, 1), (1, 0), (0, 0))]
)
def test_a_line_that_meets_itself_is_cut_where_it_does(corners: tuple[tuple[float, float], ...]) -> None:
    graph = noded(line(*corners))
    assert degrees(graph) == [1, 3]  # a way to the circle, and the circle itself, which has both ends in one node


def test_ends_that_nearly_touch_are_one_node_between_them() -> None:
    graph = noded(line((0, 0), (1, 0)), line((1.0005, 0), (2, 0)))
    assert degrees(graph) == [1, 1, 2]
    assert graph.nodes[:, 0].min() + 1000.25 == pytest.approx(sorted(graph.nodes[:, 0])[1])


def test_a_line_shorter_than_the_tolerance_is_no_edge() -> None:
    graph = noded(line((0, 0), (1, 0)), line((1, 0), (1.0005, 0)), line((1.0005, 0), (2, 0)))
    assert graph.line.tolist() == [0, 2]
    assert degrees(graph) == [1, 1, 2]


corner = st.tuples(st.integers(0, 5), st.integers(0, 5))


courses = st.lists(corner, min_size=2, max_size=6).filter(lambda drawn: all(a != b for a, b in pairwise(drawn)))


@settings(max_examples=60)
@given(st.lists(courses, min_size=1, max_size=6))
def test_cutting_changes_no_length_and_every_piece_ends_in_its_nodes(drawn: list[list[tuple[int, int]]]) -> None:
    lines = [line(*corners) for corners in drawn]
    graph = noded(*lines)
    by_line = np.bincount(graph.line, weights=shapely.length(graph.pieces), minlength=len(lines))
    assert by_line == pytest.approx(shapely.length(lines))
    for way, side in ((0, 0), (1, -1)):
        ends = shapely.get_coordinates(shapely.get_point(graph.pieces, side))
        assert np.hypot(*(graph.nodes[graph.ends[:, way]] - ends).T).max() < 1


def test_any_order_of_lines_gives_the_same_graph() -> None:
    lines = [line((0, 0), (1, 0), (2, 0)), line((1, -1), (1, 0), (1, 1)), line((2, 0), (2, 1)), line((1, 1), (2, 1))]
    one, other = noded(*lines), noded(*reversed(lines))
    assert degrees(one) == degrees(other)
    assert sorted(map(tuple, one.nodes)) == sorted(map(tuple, other.nodes))
