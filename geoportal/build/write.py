"""The files of a snapshot: each layer in every format, its index for slicing, the units, the indicator values."""

from __future__ import annotations

import gzip
import math
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import brotli
import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import shapely
import zstandard

from geoportal.build.indicators import BuiltIndicator
from geoportal.build.layers import BuiltLayer
from geoportal.crs import CRS84, KROVAK, project_geometries
from geoportal.encode import LayerContent, formats
from geoportal.encode.geojson import DECIMALS, encode_features, join_features
from geoportal.territory.units import Territory

BROTLI_BEST_UP_TO = 1_000_000  # bytes; beyond, quality 11 takes seconds where 9 takes a tenth of one


def write_layers(folder: Path, layers: Mapping[str, BuiltLayer]) -> dict[str, dict[str, Any]]:
    """Writes every layer; returns its manifest entry by id, without what concerns its source."""
    (folder / "layers").mkdir()
    twins: list[Future[int]] = []
    with ThreadPoolExecutor(max_workers=2) as pool:  # compression releases the lock that Python code holds
        entries = {name: _write_layer(folder / "layers", layer, pool, twins) for name, layer in sorted(layers.items())}
        for twin in twins:
            twin.result()  # raises what went wrong in its thread
    return entries


def _write_layer(folder: Path, layer: BuiltLayer, pool: ThreadPoolExecutor, twins: list[Future[int]]) -> dict[str, Any]:
    content = prepare_content(layer)
    features = encode_features(content)
    body, offsets = join_features(content, features)
    stem = folder / content.id
    np.save(stem.with_suffix(".offsets.npy"), offsets)
    boxes = shapely.bounds(content.frame.geometry.to_numpy())
    np.save(stem.with_suffix(".boxes.npy"), boxes)
    stem.with_suffix(".ids.json").write_bytes(orjson.dumps(content.frame.index.tolist()))
    files = {}
    for form in formats():
        path = folder / f"{content.id}.{form.name}"
        if form.name == "geojson":
            path.write_bytes(body)
        else:
            form.write(path, content)
        files[form.name] = {
            "media_type": form.media_type,
            "title": form.title,
            "crs": form.crs,
            "bytes": path.stat().st_size,
        }
    twins += [
        pool.submit(_write_twin, folder / f"{content.id}.geojson.{suffix}", body) for suffix in ("br", "gz", "zst")
    ]
    west, south, east, north = boxes[:, 0].min(), boxes[:, 1].min(), boxes[:, 2].max(), boxes[:, 3].max()
    return {"count": len(features), "bounds": [float(v) for v in (west, south, east, north)], "files": files}


def _write_twin(path: Path, body: bytes) -> int:
    match path.suffix:
        case ".br":
            return path.write_bytes(brotli.compress(body, quality=11 if len(body) <= BROTLI_BEST_UP_TO else 9))
        case ".gz":
            return path.write_bytes(gzip.compress(body, 9, mtime=0))
        case _:
            return path.write_bytes(zstandard.ZstdCompressor(level=12).compress(body))


def prepare_content(layer: BuiltLayer) -> LayerContent:
    """The layer in its spatial (Hilbert) order, indexed by feature id, in both CRSs."""
    card = layer.card
    frame = layer.frame
    order = frame.assign(_h=frame.hilbert_distance(total_bounds=frame.total_bounds)).sort_values(
        ["_h", *filter(None, [card.id_field])], kind="stable"
    )
    measured = order.drop(columns="_h").reset_index(drop=True)
    ids = measured[card.id_field].tolist() if card.id_field else range(1, len(measured) + 1)
    measured.index = pd.Index(ids, name="id")
    geometry = _exchange_geometry(measured.geometry.to_numpy())
    exchanged = measured.set_geometry(gpd.GeoSeries(geometry, index=measured.index, crs="EPSG:4326"))
    return LayerContent(card.id, exchanged, measured, card.fields, _about(layer))


def _exchange_geometry(geometry: np.ndarray) -> np.ndarray:
    """In CRS84, rounded, valid after rounding, with right-hand rings."""
    moved = project_geometries(geometry, KROVAK, CRS84)
    rounded = shapely.transform(moved, lambda xy: np.round(xy, DECIMALS))
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = shapely.set_precision(moved[broken], 10**-DECIMALS)
    return shapely.orient_polygons(rounded, exterior_cw=False)


def _about(layer: BuiltLayer) -> dict[str, object]:
    source = layer.source
    about: dict[str, object] = {
        "title": layer.card.title.cs,
        "attribution": source.attribution,
        "licence": source.licence.url or source.licence.name,
        "date": source.date,
    }
    if layer.schematic:
        about["schematic"] = "Schematické hranice nakreslené kolem sídel obcí, nikoli skutečné."
    return about


def write_units(folder: Path, territory: Territory) -> None:
    """Code and name of every unit by level, in the order of the values."""
    units = {level: list(zip(frame.index, frame["name"], strict=True)) for level, frame in territory.levels.items()}
    (folder / "units.json").write_bytes(orjson.dumps(units))


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
