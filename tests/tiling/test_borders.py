from __future__ import annotations

import shapely

from geoportal.tiling import Features
from geoportal.tiling.borders import draw_borders
from tests.tiling.tiles import make

LEVELS = {"okres": "kod_okresu", "obec": "kod"}


def squares() -> Features:
    """Four obce two by two; A and C belong to one okres, B and D to another."""
    boxes = [shapely.box(x, y, x + 100, y + 100) for y in (0, 100) for x in (0, 100)]
    return make(boxes, kod=["A", "B", "C", "D"], kod_okresu=["W", "E", "W", "E"])


def by_level(drawn: Features) -> dict[tuple[object, object], shapely.Geometry]:
    return dict(zip(zip(drawn.column("uroven"), drawn.column("vnejsi"), strict=True), drawn.shapes, strict=True))


def test_each_border_is_drawn_once_at_the_coarsest_level_that_it_parts() -> None:
    drawn = by_level(draw_borders(squares(), LEVELS))
    assert {key: shape.length for key, shape in drawn.items()} == {
        ("okres", True): 800,
        ("okres", False): 200,
        ("obec", False): 200,
    }
    assert drawn["okres", False].equals(shapely.LineString([(100, 0), (100, 200)]))
    assert drawn["obec", False].equals(shapely.LineString([(0, 100), (200, 100)]))


def test_stretches_of_a_level_are_joined_to_one_line() -> None:
    drawn = by_level(draw_borders(squares(), LEVELS))
    assert drawn["okres", True].is_ring
    assert drawn["obec", False].geom_type in ("LineString", "MultiLineString")


def test_a_missing_parent_does_not_raise_a_border_to_its_level() -> None:
    boxes = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)]
    drawn = draw_borders(make(boxes, kod=["A", "B"], kod_okresu=["W", None]), LEVELS)
    assert set(by_level(drawn)) == {("okres", True), ("obec", False)}


def test_the_border_of_a_hole_is_shared_with_what_fills_it() -> None:
    hole = shapely.box(40, 40, 60, 60)
    ring = shapely.box(0, 0, 100, 100).difference(hole)
    drawn = by_level(draw_borders(make([ring, hole], kod=["A", "B"], kod_okresu=["W", "E"]), LEVELS))
    assert drawn["okres", False].equals(hole.exterior)
