"""Seconds to cut vector tiles: the obce of the region, every layer of the served snapshot, and a country on request.

``python -m bench.tiles_build COUNTRY.gpkg`` cuts the polygons of any file (ids from its first column) as well.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from geoportal.cards import TilesetCard
from geoportal.snapshot.reader import Snapshot
from geoportal.tiling import Features, Stock, Words, cut_pyramid, write_archive
from geoportal.tiling.grid import world_shapes


def measure_tiles(snapshot: Snapshot) -> Iterator[tuple[str, float, float]]:
    """What was cut, the seconds it took, and the limit."""
    total = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name, held in snapshot.collections.items():
            fields = {field: held.columns.table.column(field).to_pylist() for field in held.fields}
            ids = range(1, held.count + 1)
            seconds = cut(Path(folder) / f"{name}.pmtiles", held.geometry, held.columns.geometries, list(ids), fields)
            total += seconds
            if name == "obce":
                yield f"tiles of {held.count} obce, zooms 0 to 14", seconds, 1.0
    yield f"tiles of {len(snapshot.collections)} layers one by one", total, 15.0


def cut(path: Path, form: str, shapes: np.ndarray, ids: list[int], fields: dict[str, list[Any]]) -> float:
    """Seconds from features in memory to an archive at ``path``."""
    started = time.perf_counter()
    words = Words()
    codes = np.column_stack(
        [words.codes(str(v) if v is not None else None for v in column) for column in fields.values()]
    )
    features = Features(world_shapes(shapes), np.array(ids), tuple(fields), codes, shapely.area(shapes), words)
    title = {"cs": path.stem}
    layer = {"id": path.stem, "from": path.stem, "as": form}
    card = TilesetCard.model_validate({"id": path.stem, "title": title, "description": title, "layers": [layer]})
    pyramid = cut_pyramid(card, [Stock(card.layers[0], features)])
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    write_archive(path, pyramid.tiles, (west, south, east, north), [(west + east) / 2, (south + north) / 2, 7], {})
    return time.perf_counter() - started


def main() -> None:
    """Cuts the polygons of the file that the command line names."""
    frame = pyogrio.read_dataframe(sys.argv[1])
    shapes = shapely.make_valid(frame.geometry.to_numpy())
    columns = frame.columns.drop("geometry")
    fields = {name: frame[name].tolist() for name in columns[:8]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "obce.pmtiles"
        seconds = cut(path, "polygon", shapes, [int(value) for value in frame[columns[0]]], fields)
        print(f"tiles of {len(frame)} polygons, zooms 0 to 14: {seconds:.2f} s, {path.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
