"""The files of a snapshot: each layer in every format and with its indexes, the units, the indicator values."""

from __future__ import annotations

import gzip
import math
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import brotli
import numpy as np
import orjson
import pyarrow as pa
import shapely
import zstandard

from geoportal.build.indicators import BuiltIndicator
from geoportal.encode import LayerContent, formats
from geoportal.encode.geojson import encode_features, encode_krovak, join_features
from geoportal.query.collation import ORDER, ranks
from geoportal.snapshot.columns import GEOMETRY
from geoportal.snapshot.space import Grid
from geoportal.territory.crosswalk import Crosswalk
from geoportal.territory.units import Territory

BROTLI_BEST_UP_TO = 1_000_000  # bytes; beyond, quality 11 takes seconds where 9 takes a tenth of one
_ARROW_TYPES = {
    "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(),
    "datetime": pa.timestamp("ms", "UTC"),
}  # fmt: skip


def write_layers(folder: Path, layers: Mapping[str, tuple[LayerContent, Grid | None]]) -> dict[str, dict[str, Any]]:
    """Writes every layer; returns its manifest entry by id, without what concerns its source."""
    entries, twins = {}, []
    with ThreadPoolExecutor(max_workers=2) as pool:  # compression releases the lock that Python code holds
        for name, (content, grid) in layers.items():
            entries[name] = write_content(folder / "layers" / name, content, grid)
            twins += _submit_twins(pool, folder / "layers" / name / f"{name}.geojson")
        for twin in twins:
            twin.result()  # raises what went wrong in its thread
    return entries


def write_content(folder: Path, content: LayerContent, grid: Grid | None) -> dict[str, Any]:
    """Writes one layer into ``folder``: its formats, and what the service needs to find and slice its features."""
    folder.mkdir(parents=True)
    features = encode_features(content)
    body, offsets = join_features(content, features)
    (folder / f"{content.id}.geojson").write_bytes(body)
    np.save(folder / "crs84.npy", offsets)
    _write_krovak(folder, content, features)
    _write_ids(folder, content)
    _write_columns(folder / "columns.arrow", content)
    if grid:
        _write_cells(folder, content, grid)
    return {
        "count": len(features),
        "bounds": [float(value) for value in content.frame.total_bounds],
        "grid": asdict(grid) if grid else None,
        "files": _write_formats(folder, content),
    }


def _write_formats(folder: Path, content: LayerContent) -> dict[str, dict[str, Any]]:
    """Writes every format but GeoJSON, which is there; returns by format what the manifest says of each."""
    files = {}
    for form in formats():
        if form.hindrance(content):
            continue
        path = folder / f"{content.id}.{form.extension}"
        if form.name != "geojson":
            form.write(path, content)
        about = {key: getattr(form, key) for key in ("extension", "media_type", "title", "crs", "streamed")}
        files[form.name] = {**about, "bytes": path.stat().st_size}
    return files


def _write_krovak(folder: Path, content: LayerContent, features: list[bytes]) -> None:
    """The same features with coordinates in EPSG:5514, in millimetres."""
    before, behind = b',"geometry":', b',"properties":'
    moved = []
    for feature, text in zip(features, encode_krovak(content), strict=True):
        head, _, rest = feature.partition(before)
        moved.append(head + before + text + rest[rest.index(behind) :])
    lengths = np.array([len(feature) + 1 for feature in moved], dtype=np.int64)
    np.save(folder / "5514.npy", np.concatenate(([0], np.cumsum(lengths))))
    (folder / "5514.features").write_bytes(b",".join(moved) + b",")


def _write_ids(folder: Path, content: LayerContent) -> None:
    """Ids in ascending order of their bytes, and the position of each: an id is found by halving."""
    ids = np.array([str(fid).encode() for fid in content.frame.index.tolist()])
    order = np.argsort(ids, kind="stable")
    np.save(folder / "ids.npy", ids[order])
    np.save(folder / "order.npy", order.astype(np.int64))


def _write_columns(path: Path, content: LayerContent) -> None:
    """Attributes and geometry as Arrow columns, uncompressed, so that they can be mapped into memory."""
    arrays = {
        name: pa.array(content.frame[name], from_pandas=True).cast(_ARROW_TYPES.get(field.type, pa.string()))
        for name, field in content.fields.items()
    }
    words = [name for name, field in content.fields.items() if field.type == "text"]
    arrays |= {ORDER.format(name): ranks(arrays[name]) for name in words}
    arrays[GEOMETRY] = pa.array(shapely.to_wkb(content.frame.geometry.to_numpy()), type=pa.binary())
    table = pa.table(arrays)
    with pa.ipc.new_file(str(path), table.schema) as writer:
        writer.write_table(table)


def _write_cells(folder: Path, content: LayerContent, grid: Grid) -> None:
    points = shapely.get_coordinates(content.frame.geometry.to_numpy())
    np.save(folder / "points.npy", points)
    counts = np.bincount(grid.cell(points), minlength=grid.columns * grid.rows)
    np.save(folder / "cells.npy", np.concatenate(([0], np.cumsum(counts))).astype(np.int64))


def _submit_twins(pool: ThreadPoolExecutor, path: Path) -> list[Future[int]]:
    return [pool.submit(_write_twin, path, suffix) for suffix in ("br", "gz", "zst")]


def _write_twin(path: Path, suffix: str) -> int:
    body, target = path.read_bytes(), path.with_name(f"{path.name}.{suffix}")
    match suffix:
        case "br":
            return target.write_bytes(brotli.compress(body, quality=11 if len(body) <= BROTLI_BEST_UP_TO else 9))
        case "gz":
            return target.write_bytes(gzip.compress(body, 9, mtime=0))
        case _:
            return target.write_bytes(zstandard.ZstdCompressor(level=12).compress(body))


def write_units(folder: Path, territory: Territory) -> None:
    """Code and name of every unit by level, in the order of the values."""
    units = {level: list(zip(frame.index, frame["name"], strict=True)) for level, frame in territory.levels.items()}
    (folder / "units.json").write_bytes(orjson.dumps(units))


def write_codes(folder: Path, crosswalk: Crosswalk) -> None:
    """The official code of every unit by level, code system, and code in that system."""
    held: dict[str, dict[str, dict[str, str]]] = {}
    for (level, system), codes in sorted(crosswalk.codes.items()):
        held.setdefault(level, {})[system] = dict(sorted(codes.items()))
    (folder / "codes.json").write_bytes(orjson.dumps(held))


def write_indicators(folder: Path, indicators: Mapping[str, BuiltIndicator]) -> None:
    """Values and status of each indicator by level."""
    (folder / "indicators").mkdir()
    for name, indicator in indicators.items():
        levels = {
            level: {"values": [[_number(v) for v in row] for row in s.values.tolist()], "status": s.status.tolist()}
            for level, s in indicator.levels.items()
        }
        (folder / "indicators" / f"{name}.json").write_bytes(orjson.dumps(levels))


def _number(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value
