"""The services of a snapshot, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import orjson

from geoportal.errors import NoSnapshot
from geoportal.services.service import Book, read_book
from geoportal.snapshot.reader import Snapshot

FILE = "services.json"


@lru_cache(maxsize=2)
def service_book(snapshot: Snapshot) -> Book:
    """All services of ``snapshot``. Raises ``NoSnapshot`` where it was built by a version that wrote none."""
    try:
        content = (snapshot.folder / FILE).read_bytes()
    except FileNotFoundError:
        raise NoSnapshot(f"snapshot {snapshot.id} has no {FILE}; run 'geoportal build'") from None
    return read_book(orjson.loads(content))


def write_book(folder: Path, book: Book) -> None:
    """Writes the services into the ``folder`` of a snapshot."""
    (folder / FILE).write_bytes(orjson.dumps(book.as_dict()))
