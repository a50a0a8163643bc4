"""Fetched files as they lie on disk, each with a record beside it of where it came from and what it weighs.

Standard library only: a rebuild asks these first whether anything changed, before it loads any library for maps.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from geoportal.cards.source import SourceCard
from geoportal.settings import Settings


@dataclass(frozen=True)
class RawFile:
    """A file at hand. ``last_modified`` is the server's HTTP date, ``period`` the card's period that it holds."""

    path: Path
    sha256: str
    bytes: int
    last_modified: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class Record:
    """What is known of a fetched file, kept as ``<file name>.json``. ``mtime_ns`` tells if it was touched."""

    address: str
    etag: str | None
    last_modified: str | None
    sha256: str
    bytes: int
    fetched_at: str
    mtime_ns: int


def files(card: SourceCard, settings: Settings) -> tuple[RawFile, ...]:
    """The files of ``card`` that are at hand, in the order of its periods; none of them when one is missing."""
    if card.file is not None:
        table = settings.home / card.file
        return (RawFile(table, digest(table), table.stat().st_size),) if table.is_file() else ()
    folder = settings.raw / card.id
    paths = [folder / name for _, _, name in card.downloads]
    if not all(path.is_file() for path in paths):
        return ()
    return tuple(_at_hand(path, period) for path, period in zip(paths, card.periods or (None,), strict=True))


def _at_hand(path: Path, period: str | None) -> RawFile:
    record = load_record(path)
    if record is not None:
        return RawFile(path, record.sha256, record.bytes, record.last_modified, period)
    return RawFile(path, digest(path), path.stat().st_size, None, period)


def record_path(path: Path) -> Path:
    """Where the record of ``path`` is kept."""
    return path.with_name(f"{path.name}.json")


def load_record(path: Path) -> Record | None:
    """The record of ``path``, or None when there is none or the file was changed after it was written."""
    try:
        content = json.loads(record_path(path).read_bytes())
        record = Record(**{field.name: content[field.name] for field in fields(Record)})
        state = path.stat()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return record if (state.st_size, state.st_mtime_ns) == (record.bytes, record.mtime_ns) else None


def save_record(path: Path, record: Record) -> None:
    """Nothing; the record of ``path`` is written atomically."""
    with staging(record_path(path)) as stream:
        stream.write(json.dumps(asdict(record), ensure_ascii=False, indent=1).encode() + b"\n")
        settle(stream, record_path(path))


def note_check(path: Path) -> None:
    """Nothing; the record of ``path`` says from now that its source was just asked and answered."""
    if record_path(path).is_file():
        os.utime(record_path(path))


def checks(raw: Path) -> dict[str, float]:
    """When each source below ``raw`` was last asked and answered, in seconds of Unix time; the oldest of its files."""
    found: dict[str, float] = {}
    for record in raw.glob("*/*.json"):
        if record.with_name(record.name.removesuffix(".json")).is_file():
            when = record.stat().st_mtime
            found[record.parent.name] = min(when, found.get(record.parent.name, when))
    return found


@contextmanager
def staging(path: Path) -> Iterator[IO[bytes]]:
    """A new file in the folder of ``path``, which is gone after the block unless ``settle`` made it ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
        try:
            yield stream
        finally:
            Path(stream.name).unlink(missing_ok=True)


def settle(stream: IO[bytes], path: Path) -> None:
    """Nothing; the staged file takes the place of ``path`` in one step, after its bytes have reached the disk."""
    stream.flush()
    os.fsync(stream.fileno())
    temporary = Path(stream.name)
    temporary.chmod(0o644)
    temporary.replace(path)


def digest(path: Path) -> str:
    """The sha256 of the file at ``path`` in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
