from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely

from geoportal.cards import TileLayerCard
from geoportal.tiling import Features
from geoportal.tiling.features import NO_ID
from geoportal.tiling.generalise import generalise, simplify
from geoportal.tiling.grid import units_at
from tests.tiling.tiles import make

ZOOM = 6
UNIT = 1 / units_at(ZOOM)


def card(form: str = "polygon", **keys: Any) -> TileLayerCard:
    return TileLayerCard(id="v", source="v", form=form, **keys)


def at(features: Features, drawn: TileLayerCard, zoom: int = ZOOM, deepest: bool = False) -> Features:
    return generalise(features, drawn, zoom, deepest, None)[0]


def coverage(seed: int = 7) -> np.ndarray:
    """Polygons with ragged shared borders that fill the square of the world."""
    points = shapely.multipoints(np.random.default_rng(seed).uniform(0, 1, (25, 2)))
    square = shapely.box(0, 0, 1, 1)
    borders = shapely.voronoi_polygons(points, extend_to=square, only_edges=True).intersection(square)
    noded = shapely.segmentize(shapely.union_all([borders, square.exterior]), 0.02)
    cells = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))

    def ragged(xy: np.ndarray) -> np.ndarray:
        return xy + 0.003 * np.column_stack((np.sin(917 * xy[:, 1]), np.cos(811 * xy[:, 0])))

    return shapely.transform(cells, ragged)


def test_neighbours_are_simplified_alike_and_leave_no_gap_between_them() -> None:
    cells = coverage()
    assert shapely.coverage_is_valid(cells)
    whole = shapely.union_all(cells)
    fewer = simplify(cells, 0.01)
    assert shapely.get_num_coordinates(fewer).sum() < shapely.get_num_coordinates(cells).sum() * 0.6
    assert shapely.coverage_is_valid(fewer)
    assert shapely.area(fewer).sum() == pytest.approx(shapely.union_all(fewer).area, rel=1e-12)
    assert shapely.union_all(fewer).symmetric_difference(whole).area < 0.01


def test_neighbours_still_share_every_vertex_on_the_grid_of_a_zoom() -> None:
    placed = at(make(list(coverage())), card(), zoom=2)
    assert shapely.is_valid(placed.shapes).all()
    assert shapely.coverage_is_valid(placed.shapes)
    coordinates = shapely.get_coordinates(placed.shapes)
    assert (coordinates == np.round(coordinates)).all()


def test_nothing_is_simplified_or_left_out_at_the_deepest_zoom() -> None:
    cells = make(list(coverage()))
    drawn = card(simplify=8, min_size=64)
    placed = at(cells, drawn, zoom=10, deepest=True)
    assert shapely.get_num_coordinates(placed.shapes).sum() == shapely.get_num_coordinates(cells.shapes).sum()
    assert len(at(cells, card(min_size=64), zoom=0)) < len(placed) == len(cells)


def test_a_zoom_goes_on_from_the_one_below() -> None:
    cells = make(list(coverage()))
    _, below = generalise(cells, card(simplify=2), 3, False, None)
    _, above = generalise(cells, card(simplify=2), 2, False, below)
    kept = {tuple(xy) for xy in shapely.get_coordinates(above.features.shapes)}
    assert kept <= {tuple(xy) for xy in shapely.get_coordinates(below.features.shapes)}


def test_only_features_with_a_value_that_is_asked_for_are_shown() -> None:
    squares = [shapely.box(n * 0.1, 0, n * 0.1 + 0.05, 0.05) for n in range(4)]
    features = make(squares, trida=["I", "II", None, "III"], hlavni=[True, False, True, True])
    assert at(features, card(where={"trida": ("I", "III")})).ids.tolist() == [1, 4]
    assert at(features, card(where={"hlavni": ("true",), "trida": ("I",)})).ids.tolist() == [1]


def test_equal_features_become_one_without_an_id() -> None:
    lines = [shapely.LineString([(n * 0.1, 0), (n * 0.1 + 0.1, 0)]) for n in range(3)]
    features = make(lines, cislo=["35", "35", "10"], nazev=["a", "b", "c"])
    merged = at(features, card("line", fields=("cislo",), coalesce=True))
    assert dict(zip(merged.column("cislo"), shapely.length(merged.shapes) * UNIT, strict=True)) == pytest.approx(
        {"35": 0.2, "10": 0.1}, abs=1e-4
    )
    assert (shapely.get_type_id(merged.shapes) == shapely.GeometryType.LINESTRING).all()
    assert merged.ids.tolist() == [NO_ID, NO_ID]


def test_coalesced_polygons_lose_the_border_between_them() -> None:
    features = make([shapely.box(0, 0, 0.1, 0.1), shapely.box(0.1, 0, 0.2, 0.1)], druh=["les", "les"])
    (merged,) = at(features, card(coalesce=True)).shapes
    assert merged.geom_type == "Polygon"


def test_a_step_changes_what_it_names_in_its_zooms_and_nothing_else() -> None:
    drawn = card(fields=("a",), min_size=2, steps=({"zooms": (3, 5), "min_size": 9, "coalesce": True},))
    assert (drawn.at(4).min_size, drawn.at(4).fields, drawn.at(4).coalesce) == (9, ("a",), True)
    assert (drawn.at(6).min_size, drawn.at(6).coalesce) == (2, None)


def test_features_smaller_than_asked_are_left_out() -> None:
    pixel = 16 * UNIT
    squares = [shapely.box(0, 0, side * pixel, side * pixel) for side in (1, 3, 8)]
    assert at(make(squares), card(min_size=2.5)).ids.tolist() == [2, 3]


def test_shapes_that_rounding_breaks_are_mended() -> None:
    bow = shapely.Polygon([(0, 0), (10, 0.4), (10, 10), (5, 0.3), (0, 10)])
    features = make([shapely.transform(bow, lambda xy: xy * UNIT)])
    placed = at(features, card(), deepest=True)
    assert shapely.is_valid(placed.shapes).all()
    assert placed.shapes[0].area == pytest.approx(bow.area, rel=0.1)


def test_features_that_vanish_on_the_grid_are_dropped_whole() -> None:
    features = make([shapely.box(0, 0, UNIT / 5, UNIT / 5), shapely.box(0, 0, 0.5, 0.5)], nazev=["a", "b"])
    placed = at(replace(features, weight=np.array([1.0, 2.0])), card())
    assert (placed.column("nazev"), placed.ids.tolist(), placed.weight.tolist()) == (["b"], [2], [2.0])
