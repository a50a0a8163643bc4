"""The snapshot being served, and the follower that takes up a newer one without a restart."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from geoportal.errors import NoSnapshot
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.hub import read_hub
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.snapshot.road_times import RoadTimes
from geoportal.snapshot.store import FORMAT, current_id, read_manifest
from geoportal.snapshot.tileset import Tileset

log = logging.getLogger(__name__)


class Snapshot:
    """One opened snapshot. Its files are mapped into memory, so it stays whole even when the folder is removed."""

    def __init__(self, build: Path, snapshot_id: str) -> None:
        manifest = read_manifest(build, snapshot_id)
        if manifest is None:
            raise NoSnapshot(f"snapshot {snapshot_id} has no readable manifest")
        if manifest.get("format") != FORMAT:
            raise NoSnapshot(
                f"snapshot {snapshot_id} was built by another version of this service; run 'geoportal build'"
            )
        self.id = snapshot_id
        self.folder = build / snapshot_id
        self.manifest: dict[str, Any] = manifest
        self.units: Mapping[str, list[list[str]]] = orjson.loads((self.folder / "units.json").read_bytes())
        # Level, code system, code -> official code; a snapshot of an older build has none.
        codes = self.folder / "codes.json"
        self.codes: Mapping[str, Mapping[str, Mapping[str, str]]] = (
            orjson.loads(codes.read_bytes()) if codes.is_file() else {}
        )
        self.collections: Mapping[str, Collection] = {
            layer_id: Collection(self.folder, layer_id, entry) for layer_id, entry in manifest["layers"].items()
        }
        self.indicators: Mapping[str, IndicatorTable] = {
            name: IndicatorTable(self.folder, name, entry, self.units) for name, entry in manifest["indicators"].items()
        }
        self.tilesets: Mapping[str, Tileset] = {
            name: Tileset(self.folder, name, entry) for name, entry in manifest.get("tilesets", {}).items()
        }
        self.hub = read_hub(self.folder)
        self.roads: RoadTimes | None = None  # without a network of roads there is nothing but the crow
        if manifest.get("roads"):
            units = [code for code, _ in self.units["obec"]]
            self.roads = RoadTimes(self.folder / "roads", manifest["roads"], units)

    @property
    def schematic(self) -> bool:
        """Whether the boundaries are drawn around seats."""
        return bool(self.manifest["schematic"])


class Follower:
    """Gives the current snapshot; looks at the pointer at most once in ``interval`` seconds."""

    def __init__(self, build: Path, interval: float = 1.0) -> None:
        self._build = build
        self._interval = interval
        self._lock = threading.Lock()
        self._next_look = 0.0
        self._snapshot: Snapshot | None = None

    def __call__(self) -> Snapshot:
        """The newest snapshot. Raises ``NoSnapshot`` when none was built."""
        due = self._snapshot is None or time.monotonic() >= self._next_look
        if due and self._lock.acquire(blocking=self._snapshot is None):  # only the first comers wait
            try:
                self._look()
            finally:
                self._lock.release()
        if self._snapshot is None:
            raise NoSnapshot("no snapshot has been built yet; run 'geoportal build'")
        return self._snapshot

    def _look(self) -> None:
        self._next_look = time.monotonic() + self._interval
        wanted = current_id(self._build)
        if wanted is None or (self._snapshot and self._snapshot.id == wanted):
            return
        try:
            self._snapshot = Snapshot(self._build, wanted)
        except (NoSnapshot, OSError, ValueError, KeyError):
            if self._snapshot is None:
                raise
            log.exception("snapshot %s can't be opened, %s stays", wanted, self._snapshot.id)
