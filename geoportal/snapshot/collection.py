"""A collection: a layer with its features, as the build wrote them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from geoportal.cards import LayerCard
from geoportal.crs import CRS84, KROVAK
from geoportal.schema import Text
from geoportal.site import Bounds
from geoportal.snapshot.columns import Columns
from geoportal.snapshot.features import FeatureFile
from geoportal.snapshot.space import CellIndex, Grid, ShapeIndex, SpatialIndex

READY = {CRS84: "crs84", KROVAK: "5514"}  # the CRSs in which features lie encoded, and their files


class Collection:
    """Features of one layer in a fixed spatial order. ``entry`` is its part of the manifest."""

    def __init__(self, folder: Path, layer_id: str, entry: dict[str, Any]) -> None:
        self.id = layer_id
        self.entry = entry
        self.card = LayerCard.model_validate(entry["card"])
        self.folder = folder / "layers" / layer_id
        self.path = self.folder / f"{layer_id}.geojson"
        paths = {CRS84: self.path, KROVAK: self.folder / "5514.features"}
        self.encoded = {crs: FeatureFile(path, self.folder / f"{READY[crs]}.npy") for crs, path in paths.items()}
        self.columns = Columns(self.folder / "columns.arrow")
        self._ids: np.ndarray = np.load(self.folder / "ids.npy", mmap_mode="r")
        self._order: np.ndarray = np.load(self.folder / "order.npy", mmap_mode="r")
        self.index = self._open_index()

    title: Text = property(lambda self: self.card.title)  # type: ignore[assignment]
    description: Text = property(lambda self: self.card.description)  # type: ignore[assignment]
    theme = property(lambda self: self.card.theme)
    geometry = property(lambda self: self.card.geometry)
    label = property(lambda self: self.card.label)
    fields = property(lambda self: self.card.fields)
    kind_field = property(lambda self: self.card.kind_field)
    service = property(lambda self: self.card.service)
    hub = property(lambda self: self.card.hub)
    style = property(lambda self: self.card.style)
    level = property(lambda self: self.card.territory.level if self.card.territory else None)
    count: int = property(lambda self: self.entry["count"])  # type: ignore[assignment]
    bounds = property(lambda self: self.entry["bounds"])
    schematic: bool = property(lambda self: self.entry["schematic"])  # type: ignore[assignment]
    attribution: str = property(lambda self: self.entry["attribution"])  # type: ignore[assignment]
    licence = property(lambda self: self.entry["licence"])
    date: str = property(lambda self: self.entry["date"])  # type: ignore[assignment]
    files: dict[str, dict[str, Any]] = property(lambda self: self.entry["files"])  # type: ignore[assignment]

    def _open_index(self) -> SpatialIndex:
        if self.entry["grid"] is None:
            return ShapeIndex(lambda: self.columns.geometries)
        points = np.load(self.folder / "points.npy", mmap_mode="r")
        return CellIndex(Grid(**self.entry["grid"]), points, np.load(self.folder / "cells.npy", mmap_mode="r"))

    def position(self, fid: str) -> int | None:
        """The position of the feature with this id, as it stands in an address."""
        key = np.bytes_(fid.encode())
        found = int(np.searchsorted(self._ids, key))
        if found < len(self._ids) and self._ids[found] == key:
            return int(self._order[found])
        return None

    def within(self, box: Bounds) -> np.ndarray:
        """Positions, ascending, of the features that meet ``box``; west greater than east crosses the antimeridian."""
        west, south, east, north = box
        if west > east:
            halves = ((west, south, 180.0, north), (-180.0, south, east, north))
            return np.union1d(*(self.index.within(half) for half in halves))
        return self.index.within(box)

    @cached_property
    def points(self) -> np.ndarray:
        """Longitude and latitude of each feature of a point layer (n x 2)."""
        path = self.folder / "points.npy"
        if path.is_file():
            held: np.ndarray = np.load(path, mmap_mode="r")
            return held
        import shapely

        return shapely.get_coordinates(shapely.centroid(self.columns.geometries))

    def feature_bytes(self, position: int, crs: str = CRS84) -> bytes:
        """One feature as GeoJSON, in one of the CRSs that lie ready."""
        return self.encoded[crs].one(position)

    def feature(self, position: int) -> dict[str, Any]:
        """One feature, parsed."""
        parsed: dict[str, Any] = orjson.loads(self.feature_bytes(position))
        return parsed

    def features(self) -> list[dict[str, Any]]:
        """All features, parsed; for small layers."""
        return [self.feature(position) for position in range(self.count)]

    def join(self, positions: np.ndarray, crs: str = CRS84) -> bytes:
        """The features at ``positions`` separated by commas."""
        return self.encoded[crs].some(positions)
