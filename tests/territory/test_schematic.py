from __future__ import annotations

import pytest
import shapely

from geoportal.territory.schematic import draw_cells, draw_dissolved
from tests.squares import frame, point


def test_each_seat_lies_in_its_own_cell_and_cells_do_not_overlap() -> None:
    seats = frame([point(x, y) for x in (0, 5, 11) for y in (0, 6, 13)], code=list("abcdefghi"))
    cells = draw_cells(seats)
    assert cells["code"].tolist() == seats["code"].tolist()
    assert cells.contains(seats.geometry).all()
    assert shapely.union_all(cells.geometry).area == pytest.approx(cells.area.sum())


def test_cells_of_one_parent_merge() -> None:
    cells = draw_cells(frame([point(0, 0), point(5, 0), point(0, 6)], okres=["W", "E", "W"]))
    merged = draw_dissolved(cells, "okres")
    assert merged["W"].area == pytest.approx(cells.area[[0, 2]].sum())
