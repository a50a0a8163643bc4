"""What changed from one published snapshot to the next: a log beside the snapshots, one line of JSON each.

The log holds the moment of publication, which a snapshot may not: two builds of the same input are equal to the byte.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

LOG = "changes.jsonl"
KEPT = 200  # lines; the oldest are dropped

Manifest = Mapping[str, Any]


@dataclass(frozen=True)
class State:
    """A dataset in one snapshot: its count of features or periods, its date or last period, its checksum."""

    count: int
    date: str
    sha256: str
    schematic: bool = False


@dataclass(frozen=True)
class Change:
    """``before`` is None for what was added, ``after`` for what is gone. ``kind``: layer or indicator.

    ``title`` by language, so that what is gone can still be named.
    """

    kind: str
    id: str
    title: Mapping[str, str]
    before: State | None
    after: State | None


@dataclass(frozen=True)
class Publication:
    """A snapshot that was published at ``moment`` (UTC, ISO 8601), and what it changed."""

    snapshot: str
    moment: str
    changes: tuple[Change, ...]


def note_changes(build: Path, before: Manifest | None, after: Manifest) -> None:
    """Adds a line for ``after`` where it differs from ``before`` in data; atomically, so that readers see whole lines.

    The first line of a log says all that there is. Called before a snapshot is served: whoever sees it finds its line.
    """
    changes = tuple(changes_between(before if (build / LOG).is_file() else None, after))
    if not changes:
        return
    moment = dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    line = orjson.dumps(asdict(Publication(after["snapshot"], moment, changes)))
    lines = [*_lines(build), line][-KEPT:]
    fresh = build / f".{LOG}"
    fresh.write_bytes(b"\n".join(lines) + b"\n")
    fresh.replace(build / LOG)


def read_changes(build: Path, snapshot_id: str) -> list[Publication]:
    """The publications up to the one of ``snapshot_id``, the latest first; all where it changed no data itself."""
    found = [_parsed(orjson.loads(line)) for line in _lines(build)]
    own = [number for number, publication in enumerate(found, 1) if publication.snapshot == snapshot_id]
    return found[: own[-1] if own else len(found)][::-1]


def changes_between(before: Manifest | None, after: Manifest) -> Iterator[Change]:
    """What differs in data, layers first, each in the order of ids."""
    for kind, states in (("layer", _layers), ("indicator", _indicators)):
        old, new = states(before) if before else {}, states(after)
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                held = after if name in new else before
                assert held is not None  # the name came from one of them
                title = held[f"{kind}s"][name]["card"]["title"]
                yield Change(kind, name, title, old.get(name), new.get(name))


def _layers(manifest: Manifest) -> dict[str, State]:
    files = manifest["files"]
    return {
        name: State(entry["count"], entry["date"], files[f"layers/{name}/{name}.geojson"]["sha256"], entry["schematic"])
        for name, entry in manifest["layers"].items()
    }


def _indicators(manifest: Manifest) -> dict[str, State]:
    files = manifest["files"]
    found = {}
    for name, entry in manifest["indicators"].items():
        periods = [period for level in entry["periods"].values() for period in level]
        count = max(len(level) for level in entry["periods"].values())
        found[name] = State(count, max(periods), files[f"indicators/{name}.json"]["sha256"])
    return found


def _lines(build: Path) -> list[bytes]:
    try:
        return (build / LOG).read_bytes().splitlines()
    except FileNotFoundError:
        return []


def _parsed(line: dict[str, Any]) -> Publication:
    changes = tuple(
        Change(**{**change, **{key: State(**change[key]) if change[key] else None for key in ("before", "after")}})
        for change in line["changes"]
    )
    return Publication(line["snapshot"], line["moment"], changes)
