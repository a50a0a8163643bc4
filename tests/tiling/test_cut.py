from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoportal.tiling.cut import cut
from geoportal.tiling.grid import EXTENT, address_of

ZOOM = 3
SIDE = EXTENT << ZOOM
PLACES = st.tuples(st.integers(0, SIDE), st.integers(0, SIDE))


def star(center: tuple[int, int], radii: list[int]) -> shapely.Polygon:
    """A polygon with arms of these lengths around a point, with coordinates that are whole."""
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    corners = np.column_stack((np.cos(angles), np.sin(angles))) * np.array(radii)[:, None] + center
    return shapely.Polygon(np.clip(np.round(corners), 0, SIDE))


STARS = st.builds(star, PLACES, st.lists(st.integers(50, SIDE // 2), min_size=5, max_size=12)).filter(
    lambda polygon: polygon.is_valid and polygon.area > 0
)


def boxes(tiles: np.ndarray, buffer: int = 0) -> np.ndarray:
    x, y = np.array([address_of(tile)[1:] for tile in tiles.tolist()]).T * EXTENT
    return shapely.box(x - buffer, y - buffer, x + EXTENT + buffer, y + EXTENT + buffer)


@settings(max_examples=60)
@given(STARS, st.sampled_from([0, 64]))
def test_the_pieces_of_a_polygon_put_together_are_the_polygon(polygon: shapely.Polygon, buffer: int) -> None:
    pieces = cut(np.array([polygon]), 2, ZOOM, buffer)
    whole = boxes(pieces.tiles[pieces.owners])
    shown = shapely.union_all(shapely.intersection(pieces.parts, whole))
    # Where an edge leaves a tile its end is rounded by half a unit at most.
    assert shown.symmetric_difference(polygon).area <= polygon.length


@settings(max_examples=60)
@given(STARS)
def test_pieces_are_valid_have_whole_coordinates_and_stay_in_their_tile(polygon: shapely.Polygon) -> None:
    pieces = cut(np.array([polygon]), 2, ZOOM, 64)
    assert shapely.is_valid(pieces.parts).all()
    coordinates = shapely.get_coordinates(pieces.parts)
    assert (coordinates == np.round(coordinates)).all()
    assert shapely.covers(boxes(pieces.tiles[pieces.owners], 64), pieces.parts).all()


@given(st.lists(PLACES, min_size=1, max_size=20), st.sampled_from([0, 64]))
def test_a_point_is_in_its_tile_and_in_those_whose_buffer_reaches_it(
    places: list[tuple[int, int]], buffer: int
) -> None:
    points = shapely.points(places)
    pieces = cut(points, 0, ZOOM, buffer)
    found = {(int(row), address_of(int(tile))) for row, tile in zip(pieces.rows, pieces.tiles, strict=True)}
    for row, (x, y) in enumerate(places):
        own = (ZOOM, min(x // EXTENT, 2**ZOOM - 1), min(y // EXTENT, 2**ZOOM - 1))
        assert (row, own) in found
    assert shapely.covers(boxes(pieces.tiles, buffer), points[pieces.rows]).all()


def test_a_line_that_leaves_a_tile_and_comes_back_is_two_parts_of_one_piece() -> None:
    line = shapely.LineString([(100, 100), (5000, 100), (5000, 200), (100, 200)])
    pieces = cut(np.array([line]), 1, ZOOM, 0)
    first = pieces.parts[pieces.owners == 0]
    assert len(pieces.tiles) == 2
    assert sorted(part.wkt for part in first) == ["LINESTRING (100 100, 4096 100)", "LINESTRING (4096 200, 100 200)"]


def test_the_end_of_a_polygon_that_is_thinner_than_a_unit_is_no_piece() -> None:
    thin = shapely.Polygon([(4000, 10), (6000, 10), (6000, 11)])
    pieces = cut(np.array([thin]), 2, ZOOM, 0)
    assert [address_of(tile) for tile in pieces.tiles.tolist()] == [(ZOOM, 1, 0)]


@pytest.mark.parametrize("dimension", [0, 1, 2])
def test_nothing_cut_is_nothing(dimension: int) -> None:
    assert len(cut(np.array([], dtype=object), dimension, ZOOM, 64).tiles) == 0
