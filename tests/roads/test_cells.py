from __future__ import annotations

import numpy as np
import shapely

from geoportal.crs import CRS84, KROVAK, project
from geoportal.roads.cells import Cells, make_cells
from tests.roads.grid import OFF_ROAD, city, line, network, spots


def cell_of(cells: Cells, points: np.ndarray) -> np.ndarray:
    column, row = np.floor((project(points, KROVAK, CRS84) - cells.origin) / cells.size).astype(int).T
    return row * cells.count[0] + column


def test_the_nearest_road_is_always_among_the_candidates_of_its_cell() -> None:
    net, rng = city(), np.random.default_rng(11)
    cells = make_cells(net, OFF_ROAD)
    points = spots(*rng.uniform(-0.4, 4.4, (2000, 2)).tolist())
    ends = project(cells.segments.reshape(-1, 2), CRS84, KROVAK).reshape(-1, 2, 2)
    segments = shapely.linestrings(ends)
    truth = shapely.STRtree(segments).query_nearest(shapely.points(points), return_distance=True, all_matches=False)[1]
    for point, cell, distance in zip(points, cell_of(cells, points), truth, strict=True):
        held = cells.candidates[cells.offsets[cell] : cells.offsets[cell + 1]]
        if distance <= OFF_ROAD.limit_m:
            assert shapely.distance(segments[held], shapely.Point(point)).min() < distance + 0.01


def test_a_cell_far_from_roads_has_no_candidates_and_a_near_one_few() -> None:
    net = network(line((0, 0), (8, 0)), line((0, 0), (0, 8)))
    cells = make_cells(net, OFF_ROAD)
    counts = np.diff(cells.offsets)
    assert counts[cell_of(cells, spots((6, 6)))[0]] == 0
    assert counts[cell_of(cells, spots((4, 0.1)))[0]] == 1


def test_segments_know_their_edge_and_where_on_it_they_lie() -> None:
    net = network(line((0, 0), (1, 0), (1, 3)), line((5, 0), (5, 0.5)))
    cells = make_cells(net, OFF_ROAD)
    assert cells.edge.tolist() == [0, 0]  # the island can't be entered
    assert np.allclose(cells.share, [[0, 0.25], [0.25, 1]])
