"""Where snapshots live: folders named by their content, and ``current``, the pointer to the one being served."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from geoportal.snapshot.changes import note_changes

FORMAT = 2  # of the snapshot's files and of the cards in its manifest; a service reads its own alone
MANIFEST = "manifest.json"
KEPT = 3  # snapshots that stay on disk, so that a worker that still reads an older one is not disturbed


def current_id(build: Path) -> str | None:
    """The id of the snapshot that is served, or None."""
    try:
        return (build / "current").read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def is_readable(build: Path) -> bool:
    """Whether the current snapshot is there, and was written by a version whose files this one reads."""
    held = current_id(build)
    return held is not None and (read_manifest(build, held) or {}).get("format") == FORMAT


def read_manifest(build: Path, snapshot_id: str) -> dict[str, Any] | None:
    """The manifest of a snapshot, or None where it is not there."""
    try:
        manifest: dict[str, Any] = orjson.loads((build / snapshot_id / MANIFEST).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return None
    return manifest


@contextmanager
def building(build: Path) -> Iterator[Path]:
    """A fresh folder to write a snapshot into; one build at a time, others wait. Removed unless it was published."""
    build.mkdir(parents=True, exist_ok=True)
    with (build / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for stale in build.glob(".new-*"):  # left by a build that was killed
            shutil.rmtree(stale, ignore_errors=True)
        folder = build / f".new-{os.getpid()}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def publish(build: Path, folder: Path, manifest: dict[str, Any]) -> str:
    """Names ``folder`` by its content, moves it in place and points ``current`` to it. Returns the snapshot's id.

    ``manifest`` gets ``format``, ``files`` (bytes and sha256 of each) and ``snapshot``. It holds no wall-clock time, so
    that two builds of the same input are equal to the byte.
    """
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    manifest["format"] = FORMAT
    manifest["files"] = {name: _fingerprint(folder / name) for name in names}
    content = orjson.dumps(manifest)
    snapshot_id = hashlib.sha256(content).hexdigest()[:16]
    whole = orjson.dumps({**manifest, "snapshot": snapshot_id}, option=orjson.OPT_INDENT_2)
    (folder / MANIFEST).write_bytes(whole)
    target = build / snapshot_id
    if not (target / MANIFEST).is_file():
        shutil.rmtree(target, ignore_errors=True)
        folder.rename(target)
    served = current_id(build)
    note_changes(build, read_manifest(build, served) if served else None, {**manifest, "snapshot": snapshot_id})
    point_to(build, snapshot_id)
    _prune(build, snapshot_id)
    return snapshot_id


def point_to(build: Path, snapshot_id: str) -> None:
    """Makes ``snapshot_id`` the served one, atomically."""
    fresh = build / f".current-{os.getpid()}"
    with fresh.open("w", encoding="ascii") as file:
        file.write(snapshot_id + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(build / "current")
    os.utime(build / snapshot_id)


def _fingerprint(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _prune(build: Path, current: str) -> None:
    folders = [path.parent for path in build.glob(f"[!.]*/{MANIFEST}")]
    older = sorted((f for f in folders if f.name != current), key=lambda f: f.stat().st_mtime, reverse=True)
    for folder in older[KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
