"""A collection: a layer with its features, as slices of the GeoJSON file that the build wrote."""

from __future__ import annotations

import mmap
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from geoportal.cards import LayerCard
from geoportal.schema import Text


class Collection:
    """Features of one layer in a fixed spatial order.

    ``offsets`` (n + 1) bound each feature's bytes in the file, the comma behind it included; ``boxes`` (n x 4) are
    west, south, east, north in degrees.
    """

    def __init__(self, folder: Path, layer_id: str, entry: dict[str, Any]) -> None:
        self.id = layer_id
        self.entry = entry
        self.card = LayerCard.model_validate(entry["card"])
        self.path = folder / "layers" / f"{layer_id}.geojson"
        with self.path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.offsets: np.ndarray = np.load(folder / "layers" / f"{layer_id}.offsets.npy")
        self.boxes: np.ndarray = np.load(folder / "layers" / f"{layer_id}.boxes.npy")
        self._ids_path = folder / "layers" / f"{layer_id}.ids.json"

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

    @cached_property
    def ids(self) -> list[str | int]:
        """Feature ids in the order of the features."""
        ids: list[str | int] = orjson.loads(self._ids_path.read_bytes())
        return ids

    @cached_property
    def positions(self) -> dict[str, int]:
        """Position by feature id as text, the way it stands in an address."""
        return {str(fid): position for position, fid in enumerate(self.ids)}

    def feature_bytes(self, position: int) -> bytes:
        """One feature as GeoJSON."""
        return self._bytes[self.offsets[position] : self.offsets[position + 1] - 1]

    def feature(self, position: int) -> dict[str, Any]:
        """One feature, parsed."""
        parsed: dict[str, Any] = orjson.loads(self.feature_bytes(position))
        return parsed

    def features(self) -> list[dict[str, Any]]:
        """All features, parsed; for small layers."""
        return [self.feature(position) for position in range(self.count)]

    def join(self, positions: np.ndarray) -> bytes:
        """The features at ``positions`` separated by commas; a run of neighbours is one slice."""
        if not len(positions):
            return b""
        breaks = np.flatnonzero(np.diff(positions) != 1)
        first = positions[np.concatenate(([0], breaks + 1))]
        last = positions[np.concatenate((breaks, [len(positions) - 1]))] + 1
        runs = zip(self.offsets[first].tolist(), self.offsets[last].tolist(), strict=True)
        return b"".join([self._bytes[start:end] for start, end in runs])[:-1]
