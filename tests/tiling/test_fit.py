from __future__ import annotations

import numpy as np
import pytest
import shapely

from geoportal.cards import TilesetCard
from geoportal.errors import Problems
from geoportal.tiling import Features, Stock, cut_pyramid
from geoportal.tiling.grid import address_of
from tests.tiling.tiles import decode, make

COUNT = 800


def card(**keys: object) -> TilesetCard:
    layers = [{"id": name, "from": name, "as": "point", "drop": "dulezitost"} for name in ("mista", "body")]
    given = {"id": "zkouska", "title": {"cs": "a"}, "description": {"cs": "a"}, "zooms": (0, 4), "max_kilobytes": 5}
    return TilesetCard.model_validate({**given, "layers": layers, **keys})


def spread(seed: int) -> Features:
    """Points all over the world with an importance and words that do not compress."""
    random = np.random.default_rng(seed)
    ranks = random.permutation(COUNT).tolist()
    words = ["".join(map(chr, row)) for row in random.integers(48, 122, (COUNT, 12)).tolist()]
    features = make(list(shapely.points(random.uniform(0, 1, (COUNT, 2)))), dulezitost=ranks, slovo=words)
    return Features(
        features.shapes, features.ids, features.fields, features.codes, np.array(ranks, float), features.words
    )


def stock(tileset: TilesetCard) -> list[Stock]:
    return [Stock(layer, spread(seed)) for seed, layer in enumerate(tileset.layers)]


def test_a_tile_that_is_too_large_loses_the_least_important_features_first() -> None:
    tileset = card(drop=["body", "mista"], zooms=(0, 4))
    pyramid = cut_pyramid(tileset, stock(tileset))
    assert max(map(len, pyramid.tiles.values())) <= 5000
    top = decode(next(tile for key, tile in pyramid.tiles.items() if address_of(key)[0] == 0))
    assert "body" not in top  # the first to give way, and it was not enough
    kept = sorted(feature["properties"]["dulezitost"] for feature in top["mista"]["features"])
    assert kept == list(range(COUNT - len(kept), COUNT))
    assert pyramid.dropped["body"][0] == COUNT
    assert pyramid.dropped["mista"][0] == COUNT - len(kept)


def test_no_more_is_left_out_than_it_takes() -> None:
    tileset = card(drop=["body"])
    pyramid = cut_pyramid(tileset, stock(tileset))
    top = next(tile for key, tile in pyramid.tiles.items() if address_of(key)[0] == 0)
    assert 4900 < len(top) <= 5000


def test_at_the_deepest_zoom_a_tile_that_is_too_large_is_an_error_that_says_where_and_what() -> None:
    tileset = card(zooms=(0, 1))
    with pytest.raises(Problems) as refusal:
        cut_pyramid(tileset, stock(tileset))
    assert len(refusal.value.problems) == 4
    for said in ("tiles/zkouska.toml", "max_kilobytes", "tile 1/0/0", "kB, more than 5", "layer 'mista'", "'zooms'"):
        assert said in str(refusal.value)


def test_within_the_limit_nothing_is_lost() -> None:
    tileset = card(max_kilobytes=500)
    pyramid = cut_pyramid(tileset, stock(tileset))
    assert pyramid.dropped == {}
    deepest = [decode(tile) for key, tile in pyramid.tiles.items() if address_of(key)[0] == 4]
    assert {feature["id"] for tile in deepest for feature in tile.get("mista", {"features": []})["features"]} == set(
        range(1, COUNT + 1)
    )


def test_a_layer_is_shown_at_its_zooms_alone() -> None:
    layers = [{"id": "mista", "from": "mista", "as": "point", "zooms": (2, 3)}]
    tileset = card(max_kilobytes=500, layers=layers)
    pyramid = cut_pyramid(tileset, stock(tileset))
    assert {address_of(key)[0] for key in pyramid.tiles} == {2, 3}
    assert pyramid.shown["mista"].zooms == (2, 3)


def test_a_tileset_that_shows_nothing_is_refused() -> None:
    layers = [{"id": "mista", "from": "mista", "as": "point", "where": {"slovo": ["není"]}}]
    tileset = card(layers=layers)
    with pytest.raises(Problems, match="no feature is shown at any zoom"):
        cut_pyramid(tileset, stock(tileset))
