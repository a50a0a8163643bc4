"""A tileset: vector tiles as the build stored them, in one PMTiles archive mapped into memory."""

from __future__ import annotations

import mmap
from bisect import bisect_left
from pathlib import Path
from typing import Any

from geoportal.schema import Text

ROW_BITS = 29  # of a column and a row in a key, enough for zoom 29
LENGTH_BITS = 24  # of a tile's length in a place; a tile stays under 16 MiB, an archive under a TiB


class Tileset:
    """Tiles by zoom, column and row (XYZ, rows from the north). ``entry`` is its part of the manifest.

    Beside the archive lies an index, made with it: all keys in ascending order, then the place of each in the archive,
    as unsigned 64-bit numbers. A tile is found by halving in the mapped file; the archive's own directories, which
    would have to be unpacked by every worker, are for readers elsewhere.
    """

    encoding = "gzip"

    def __init__(self, folder: Path, tileset_id: str, entry: dict[str, Any]) -> None:
        self.id = tileset_id
        self.entry = entry
        self.path = folder / "tiles" / f"{tileset_id}.pmtiles"
        self._bytes = memoryview(_mapped(self.path))
        index = memoryview(_mapped(index_path(self.path))).cast("Q")
        self.count = len(index) // 2
        self._keys, self._places = index[: self.count], index[self.count :]
        self.minzoom: int = entry["minzoom"]
        self.maxzoom: int = entry["maxzoom"]

    title = property(lambda self: Text.model_validate(self.entry["title"]))
    description = property(lambda self: Text.model_validate(self.entry["description"]))
    bounds: list[float] = property(lambda self: self.entry["bounds"])  # type: ignore[assignment]
    center: list[float] = property(lambda self: self.entry["center"])  # type: ignore[assignment]
    layers: list[dict[str, Any]] = property(lambda self: self.entry["vector_layers"])  # type: ignore[assignment]
    attribution: str = property(lambda self: self.entry["attribution"])  # type: ignore[assignment]
    schematic: bool = property(lambda self: self.entry["schematic"])  # type: ignore[assignment]

    def tile(self, z: int, x: int, y: int) -> memoryview | None:
        """The tile as stored, compressed with gzip; None where it is empty or the address is outside the pyramid.

        It is a part of the mapped file, which stays open for it.
        """
        if not self.minzoom <= z <= self.maxzoom or x >> z or y >> z:
            return None
        key = tile_key(z, x, y)
        found = bisect_left(self._keys, key)
        if found == self.count or self._keys[found] != key:
            return None
        place = self._places[found]
        start = place >> LENGTH_BITS
        return self._bytes[start : start + (place & (1 << LENGTH_BITS) - 1)]

    @staticmethod
    def etag_of(tile: bytes | memoryview) -> str:
        """What tells this tile from another at its address: checksum and length of the content, which gzip keeps."""
        return tile[-8:].hex()


def tile_key(z: int, x: int, y: int) -> int:
    """The number under which a tile stands in the index."""
    return z << 2 * ROW_BITS | x << ROW_BITS | y


def index_path(archive: Path) -> Path:
    """Where the index of an archive lies."""
    return archive.with_suffix(".index")


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
