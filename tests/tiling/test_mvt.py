from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from geoportal.tiling import Features
from geoportal.tiling.cut import cut
from geoportal.tiling.features import NO_ID
from geoportal.tiling.mvt import encode_layer
from geoportal.tiling.shapes import DIMENSIONS, of_dimension, settle
from tests.tiling.tiles import decode, make

WHOLE = {
    "point": shapely.MultiPoint([(10, 20), (30, 5), (4000, 4000)]),
    "line": shapely.MultiLineString([[(0, 0), (100, 0), (100, 50)], [(4096, 4096), (10, 7)]]),
    "polygon": shapely.MultiPolygon(
        [
            shapely.Polygon(
                [(0, 0), (100, 0), (100, 100), (0, 100)],
                [[(20, 20), (40, 20), (40, 40)], [(60, 60), (80, 60), (80, 80)]],
            ),
            shapely.box(200, 200, 300, 400),
        ]
    ),
}


def encoded(features: Features, kind: str) -> dict[str, Any]:
    """The layer of the one tile of zoom 0, read back."""
    dimension = DIMENSIONS[kind]
    parts, owners = settle(*of_dimension(features.shapes, dimension), dimension)
    make_whole = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)[dimension]
    pieces = cut(make_whole(parts, indices=owners), dimension, 0, 0)
    (tile,) = encode_layer("vrstva", pieces, features, dimension).values()
    return decode(tile)["vrstva"]


@pytest.mark.parametrize("kind", WHOLE)
def test_geometries_of_several_parts_come_back_as_they_were(kind: str) -> None:
    (feature,) = encoded(make([WHOLE[kind]], nazev=["a"]), kind)["features"]
    assert shape(feature["geometry"]).equals(WHOLE[kind])


@pytest.mark.parametrize("kind", WHOLE)
def test_features_come_in_their_order_with_their_ids(kind: str) -> None:
    features = make([WHOLE[kind]] * 3, ids=[563889, NO_ID, 2**40], nazev=["a", "b", "c"])
    read = encoded(features, kind)["features"]
    assert [feature["properties"]["nazev"] for feature in read] == ["a", "b", "c"]
    assert [feature.get("id", 0) for feature in read] == [563889, 0, 2**40]


def test_attributes_keep_their_types_and_missing_ones_are_left_out() -> None:
    features = make(
        [shapely.Point(1, 1)] * 3,
        text=["Český Dub", "", None],
        whole=[1, -7, None],
        real=[1.0, -0.25, None],
        truth=[True, False, None],
    )
    read = [feature["properties"] for feature in encoded(features, "point")["features"]]
    assert read == [
        {"text": "Český Dub", "whole": 1, "real": 1.0, "truth": True},
        {"text": "", "whole": -7, "real": -0.25, "truth": False},
        {},
    ]
    assert [type(value) for value in read[0].values()] == [str, int, float, bool]


def test_equal_values_stand_once_in_a_tile() -> None:
    once = encode_layer(
        "v", cut(np.array([shapely.Point(1, 1)]), 0, 0, 0), make([shapely.Point(1, 1)], a=["x" * 50]), 0
    )
    many = make([shapely.Point(1, 1)] * 20, a=["x" * 50] * 20)
    (tile,) = encode_layer("v", cut(many.shapes, 0, 0, 0), many, 0).values()
    assert tile.count(b"x" * 50) == 1
    assert len(tile) < len(next(iter(once.values()))) + 20 * 20


def test_rings_turn_as_the_specification_wants_them() -> None:
    """MVT 2.1, 4.3.3.3: with y to the south an outer ring has a positive area, a hole a negative one."""
    turned = shapely.orient_polygons(WHOLE["polygon"], exterior_cw=True)
    parts, _ = settle(*of_dimension(np.array([turned]), 2), 2)
    assert [shapely.is_ccw(part.exterior) for part in parts] == [True, True]
    assert not any(shapely.is_ccw(ring) for ring in parts[0].interiors)


def test_a_layer_says_its_version_name_and_extent() -> None:
    layer = encoded(make([shapely.Point(5, 6)], a=[1]), "point")
    assert (layer["version"], layer["extent"]) == (2, 4096)
