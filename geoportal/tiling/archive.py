"""A PMTiles 3 archive, clustered, and the index with which the service finds a tile in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from pmtiles.tile import Compression, TileType
from pmtiles.writer import Writer

from geoportal.site import Bounds
from geoportal.snapshot.tileset import LENGTH_BITS, index_path
from geoportal.tiling.grid import curve_of


def write_archive(
    path: Path, tiles: Mapping[int, bytes], bounds: Bounds, center: list[float], metadata: dict[str, Any]
) -> None:
    """Writes ``tiles`` (compressed with gzip, by number), and beside it the index. Equal input gives equal bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    numbers = np.array(list(tiles), dtype=np.int64)
    curve = curve_of(numbers)
    order = np.argsort(curve)
    contents = list(tiles.values())
    header: dict[str, Any] = {**_view(bounds, center), "tile_type": TileType.MVT, "tile_compression": Compression.GZIP}
    with path.open("wb") as file:
        writer = Writer(file)
        for position in order.tolist():
            writer.write_tile(int(curve[position]), contents[position])
        writer.finalize(header, metadata)
    runs = [entry.run_length for entry in writer.tile_entries]
    starts = np.repeat([entry.offset + header["tile_data_offset"] for entry in writer.tile_entries], runs)
    lengths = np.repeat([entry.length for entry in writer.tile_entries], runs)
    places = (starts.astype(np.uint64) << np.uint64(LENGTH_BITS)) | lengths.astype(np.uint64)
    keys = numbers[order].astype(np.uint64)
    by_key = np.argsort(keys)
    index_path(path).write_bytes(np.concatenate((keys[by_key], places[by_key])).tobytes())


def _view(bounds: Bounds, center: list[float]) -> dict[str, int]:
    west, south, east, north, lon, lat = (round(degrees * 10_000_000) for degrees in (*bounds, *center[:2]))
    box = {"min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north}
    return {**box, "center_lon_e7": lon, "center_lat_e7": lat, "center_zoom": int(center[2])}
