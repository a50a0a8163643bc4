from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, TileType, zxy_to_tileid

from geoportal.snapshot.tileset import tile_key
from geoportal.tiling import write_archive
from tests.tiling.tiles import archive

TILES = {
    tile_key(z, x, y): gzip.compress(f"{z}/{x}/{y}".encode() if z < 3 else b"same", mtime=0)
    for z in range(2, 4)
    for x in range(2**z)
    for y in range(2**z)
}
BOUNDS = (14.3, 50.4, 15.6, 51.0)
CENTER = [15.0, 50.7, 9]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_archive(tmp_path / "a" / "zkouska.pmtiles", TILES, BOUNDS, CENTER, {"name": "Zkouška"})
    return tmp_path / "a" / "zkouska.pmtiles"


def test_the_archive_is_read_by_the_library_of_the_format(path: Path) -> None:
    header, tiles = archive(path)
    assert {tile_key(*address): content for address, content in tiles.items()} == TILES
    assert (header["version"], header["clustered"], header["min_zoom"], header["max_zoom"]) == (3, True, 2, 3)
    assert (header["tile_type"], header["tile_compression"]) == (TileType.MVT, Compression.GZIP)
    assert (header["min_lon_e7"], header["max_lat_e7"]) == (143_000_000, 510_000_000)
    assert (header["center_lon_e7"], header["center_zoom"]) == (150_000_000, 9)
    with path.open("rb") as file:
        assert Reader(MmapSource(file)).metadata() == {"name": "Zkouška"}


def test_equal_tiles_are_kept_once(path: Path) -> None:
    header, _ = archive(path)
    assert header["addressed_tiles_count"] == 16 + 64
    assert header["tile_contents_count"] == 16 + 1


def test_tiles_lie_along_the_curve_whatever_the_order_they_come_in(path: Path, tmp_path: Path) -> None:
    backwards = dict(sorted(TILES.items(), key=lambda held: -held[0]))
    write_archive(tmp_path / "b.pmtiles", backwards, BOUNDS, CENTER, {"name": "Zkouška"})
    assert (tmp_path / "b.pmtiles").read_bytes() == path.read_bytes()
    assert (tmp_path / "b.index").read_bytes() == path.with_suffix(".index").read_bytes()
    offsets = [path.read_bytes().index(TILES[tile_key(2, x, y)]) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    assert offsets == sorted(offsets)
    assert [zxy_to_tileid(2, x, y) - 5 for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))] == [0, 1, 2, 3]
