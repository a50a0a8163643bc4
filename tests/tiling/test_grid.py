from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pmtiles.tile import zxy_to_tileid

from geoportal.crs import CRS84, WEB_MERCATOR, project
from geoportal.snapshot.tileset import tile_key
from geoportal.tiling.grid import address_of, curve_of, keys_of, world

HALF = 20037508.342789244  # metres from the middle of the world to its edge in EPSG:3857


def test_the_square_of_the_world_is_web_mercator_turned_upside_down() -> None:
    places = np.array([[15.0584, 50.7699], [-179.0, -84.0], [0.0, 0.0], [14.34, 50.47]])
    metres = project(places, CRS84, WEB_MERCATOR)
    expected = np.column_stack((metres[:, 0] / HALF / 2 + 0.5, 0.5 - metres[:, 1] / HALF / 2))
    assert world(places) == pytest.approx(expected, abs=1e-12)


ADDRESSES = st.integers(0, 24).flatmap(lambda z: st.tuples(st.just(z), *[st.integers(0, 2**z - 1)] * 2))


@given(st.lists(ADDRESSES, min_size=1, max_size=30))
def test_tiles_lie_on_the_curve_where_the_format_puts_them(
    addresses: list[tuple[int, int, int]],
) -> None:
    keys = np.array([tile_key(*address) for address in addresses], dtype=np.int64)
    assert curve_of(keys).tolist() == [zxy_to_tileid(*address) for address in addresses]


@given(ADDRESSES)
def test_a_number_gives_its_address_back(address: tuple[int, int, int]) -> None:
    zoom, column, row = address
    (key,) = keys_of(zoom, np.array([column]), np.array([row])).tolist()
    assert key == tile_key(*address)
    assert address_of(key) == address
