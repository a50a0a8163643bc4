from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower
from geoportal.snapshot.tileset import Tileset, tile_key
from geoportal.tiling import write_archive
from tests.tiling.tiles import archive

NUMBERS = st.integers(-(2**70), 2**70)


@pytest.fixture(scope="module")
def tileset(tmp_path_factory: pytest.TempPathFactory) -> Tileset:
    """A checkerboard at zooms 3 to 5."""
    folder = tmp_path_factory.mktemp("snapshot")
    held = {
        tile_key(z, x, y): gzip.compress(f"{z}/{x}/{y}".encode(), mtime=0)
        for z in range(3, 6)
        for x in range(2**z)
        for y in range(x % 2, 2**z, 2)
    }
    write_archive(folder / "tiles" / "a.pmtiles", held, (14.0, 50.0, 15.0, 51.0), [14.5, 50.5, 4], {})
    return Tileset(folder, "a", {"minzoom": 3, "maxzoom": 5})


def test_every_tile_of_an_archive_is_found_and_nothing_beside_it(built_settings: Settings) -> None:
    for held in Follower(built_settings.build)().tilesets.values():
        header, tiles = archive(held.path)
        assert (held.minzoom, held.maxzoom) == (header["min_zoom"], header["max_zoom"])
        assert held.count == len(tiles)
        for address, content in tiles.items():
            assert held.tile(*address) == content


@example_settings(max_examples=300)
@given(st.integers(-2, 8), st.integers(-2, 40), st.integers(-2, 40))
def test_an_address_has_a_tile_exactly_where_one_was_put(tileset: Tileset, z: int, x: int, y: int) -> None:
    inside = 3 <= z <= 5 and 0 <= x < 2**z and 0 <= y < 2**z
    found = tileset.tile(z, x, y)
    if inside and x % 2 == y % 2:
        assert found is not None
        assert gzip.decompress(found) == f"{z}/{x}/{y}".encode()
    else:
        assert found is None


@given(NUMBERS, NUMBERS, NUMBERS)
def test_no_address_whatever_raises(tileset: Tileset, z: int, x: int, y: int) -> None:
    tileset.tile(z, x, y)


def test_the_tag_of_a_tile_follows_its_content_alone(tileset: Tileset) -> None:
    one, other = tileset.tile(3, 0, 0), tileset.tile(3, 0, 2)
    assert one is not None
    assert other is not None
    assert tileset.etag_of(one) != tileset.etag_of(other)
    assert tileset.etag_of(one) == tileset.etag_of(gzip.compress(gzip.decompress(one), 1, mtime=0))


def test_a_tileset_stays_whole_when_its_files_are_removed(tmp_path: Path) -> None:
    content = gzip.compress(b"tile", mtime=0)
    write_archive(tmp_path / "tiles" / "a.pmtiles", {tile_key(0, 0, 0): content}, (14, 50, 15, 51), [14, 50, 0], {})
    held = Tileset(tmp_path, "a", {"minzoom": 0, "maxzoom": 0})
    for path in (tmp_path / "tiles").iterdir():
        path.unlink()
    assert held.tile(0, 0, 0) == content
