"""Spatial relations: boxes and points decide as the geometries themselves do, in every CRS of the service."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geoportal.crs import CRS84, KROVAK, project
from geoportal.errors import InvalidParameter
from geoportal.query.cql2 import evaluate, parse_filter
from tests.query.tables import MemoryTable

RELATIONS = ["contains", "crosses", "disjoint", "equals", "intersects", "overlaps", "touches", "within"]
LITERALS = [
    "POLYGON ((1 1, 3 1, 3 3, 1 3, 1 1))",
    "POLYGON ((0 0, 4 0, 0 4, 0 0))",
    "LINESTRING (1 0, 1 4)",
    "LINESTRING (0 0, 4 4)",
    "POINT (2 2)",
    "POINT (0.5 0.5)",
    "MULTIPOINT ((1 1), (3 3))",
    "POLYGON ((2 2, 3 2, 3 3, 2 3, 2 2))",
    "GEOMETRYCOLLECTION (POINT (0 0), LINESTRING (2 0, 2 4))",
    "POINT EMPTY",
]
S = "http://www.opengis.net/def/crs/EPSG/0/"


def _shapes() -> np.ndarray:
    squares = [shapely.box(x, y, x + 1, y + 1) for x in range(4) for y in range(4)]
    lines = shapely.from_wkt(["LINESTRING (0 2, 4 2)", "LINESTRING (1 1, 1 3)", "LINESTRING (1 0, 1 4)"])
    return np.array([*squares, *lines, None, shapely.Polygon(), shapely.box(1, 1, 3, 3), shapely.Point(2, 2)])


def _points() -> np.ndarray:
    x, y = np.meshgrid(np.arange(0, 4.5, 0.5), np.arange(0, 4.5, 0.5))
    return np.append(shapely.points(x.ravel(), y.ravel()), None)


def mask(text: str, table: MemoryTable, crs: str | None = None) -> list[bool]:
    return evaluate(parse_filter(text), table, crs).tolist()


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("wkt", LITERALS)
def test_boxes_and_points_decide_as_geometries_do(relation: str, wkt: str) -> None:
    for table in (MemoryTable({}, _shapes()), MemoryTable({}, _points(), pointed=True)):
        literal, predicate = shapely.from_wkt(wkt), getattr(shapely, relation)
        plain = replace(table, boxed=False, pointed=False)
        expected = predicate(table.shapes, literal).tolist()
        assert mask(f"S_{relation}(geom, {wkt})", table) == expected
        assert mask(f"S_{relation}(geom, {wkt})", plain) == expected
        assert mask(f"S_{relation}({wkt}, geom)", table) == predicate(literal, table.shapes).tolist()


def test_boxes_spare_the_geometries_that_they_decide() -> None:
    table = MemoryTable({}, np.array([shapely.box(x, 0, x + 1, 1) for x in range(100)]))
    assert sum(mask("S_INTERSECTS(geom, BBOX(9.5, 0, 20.5, 2))", table)) == 12
    assert sum(table.fetched) == 2


def test_points_are_not_built_for_a_box() -> None:
    table = MemoryTable({}, _points(), pointed=True)
    assert sum(mask("S_INTERSECTS(geom, BBOX(1, 1, 2, 2))", table)) == 9
    assert table.fetched == []


def test_a_box_across_the_antimeridian_has_two_parts() -> None:
    table = MemoryTable({}, shapely.points([179.0, -179.0, 0.0], [0.0, 0.0, 0.0]), pointed=True)
    assert mask("S_INTERSECTS(geom, BBOX(178, -1, -178, 1))", table) == [True, True, False]


def test_heights_are_dropped() -> None:
    table = MemoryTable({}, shapely.points([1.0, 5.0], [1.0, 1.0]), pointed=True)
    assert mask("S_INTERSECTS(geom, BBOX(0, 0, 500, 2, 2, 600))", table) == [True, False]
    assert mask("S_EQUALS(geom, POINT Z (1 1 400))", table) == [True, False]


def test_missing_geometries_are_null() -> None:
    for table in (MemoryTable({}, _shapes()), MemoryTable({}, _points(), pointed=True)):
        missing = shapely.is_missing(table.shapes).tolist()
        assert mask("geom IS NULL", table) == missing
        assert mask("geom IS NULL", replace(table, boxed=False, pointed=False)) == missing
        assert sum(mask("S_EQUALS(geom, geom)", table)) == len(missing) - 1


def test_two_literals_are_related_to_each_other() -> None:
    table = MemoryTable({}, _points())
    assert all(mask("S_CROSSES(LINESTRING(0 0, 4 4), POLYGON((1 1, 3 1, 3 3, 1 3, 1 1)))", table))


@pytest.mark.parametrize(("code", "swapped"), [(4326, True), (4258, True), (3045, True), (5514, False), (3857, False)])
def test_literals_are_moved_from_their_crs_with_its_order_of_axes(code: int, swapped: bool) -> None:
    liberec = np.array([[15.0563, 50.7671]])
    table = MemoryTable({}, shapely.points([*liberec, (15.5, 50.5)]), pointed=True)
    x, y = project(liberec, CRS84, f"EPSG:{code}")[0].tolist()
    size = 0.001 if code in (4326, 4258) else 100
    corners = [x - size, y - size, x + size, y + size]
    if swapped:
        corners = [y - size, x - size, y + size, x + size]
    box = ",".join(map(repr, corners))
    west, south, east, north = corners
    ring = f"{west} {south},{east} {south},{east} {north},{west} {north},{west} {south}"
    assert mask(f"S_INTERSECTS(geom, BBOX({box}))", table, f"{S}{code}") == [True, False]
    assert mask(f"S_INTERSECTS(geom, POLYGON(({ring})))", table, f"{S}{code}") == [True, False]


def test_a_long_edge_of_another_crs_is_bent_as_it_must_be() -> None:
    ends = np.array([[-740_000.0, -1_000_000.0], [-640_000.0, -1_000_000.0]])
    middle = project(ends.mean(axis=0, keepdims=True), KROVAK, CRS84)[0]
    table = MemoryTable({}, shapely.points(np.add(middle, [[0, 0.0001], [0, -0.0001]])), pointed=True)
    text = "S_WITHIN(geom, BBOX(-740000, -1000000, -640000, -900000))"
    assert mask(text, table, f"{S}5514") == [True, False]
    chord = shapely.LineString(project(ends, KROVAK, CRS84))
    assert shapely.distance(chord, shapely.points(middle)) > 0.001


@pytest.mark.parametrize(
    ("literal", "crs", "reason"),
    [
        ("POINT(181 0)", None, "longitude comes first"),
        ("POINT(91 0)", f"{S}4326", "beyond longitude 180 or latitude 90"),
        ("BBOX(0, 5, 1, 4)", None, "southern edge (5) is north"),
        ("BBOX(5, 0, 4, 1)", f"{S}5514", "western edge (5) is east"),
        ("POINT(1e300 0)", f"{S}3857", "outside of what"),
        ("POINT(0 0)", f"{S}32633", "not a CRS of this service"),
        ("POINT(0 0)", "+proj=longlat", "not a CRS of this service"),
    ],
)
def test_a_literal_outside_of_its_crs_is_refused(literal: str, crs: str | None, reason: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        mask(f"S_INTERSECTS(geom, {literal})", MemoryTable({}, _points()), crs)
    assert reason in str(refused.value)
