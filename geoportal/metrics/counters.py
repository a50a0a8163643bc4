"""Counts of requests that the workers share: each writes into a small file of its own, mapped into memory.

A scrape reaches one worker and must tell of all. A worker takes a file that no other holds and counts on where the last
one stopped, so that the sum never falls: Prometheus would take that for a new start.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
import weakref
from bisect import bisect_left
from mmap import mmap
from pathlib import Path

import numpy as np
import numpy.typing as npt

KINDS = ("tiles", "features", "files", "indicators", "finder", "catalog", "pages", "static", "service")
STATUSES = ("2xx", "3xx", "4xx", "5xx")
BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds; what took longer has one more
_TIMES = len(BUCKETS) + 1
_ROW = len(STATUSES) * _TIMES + 1  # requests by status and time, then microseconds in all
_BYTES = 8 * _ROW * len(KINDS)
_LAYOUT = hashlib.sha256(repr((KINDS, STATUSES, BUCKETS)).encode()).hexdigest()[:8]
_MOST = 64  # workers

_OF = {
    "tiles": "tiles", "tileMatrixSets": "tiles", "styles": "tiles",
    "collections": "features", "conformance": "features", "api": "features", "esri": "features", "layers": "files",
    "indicators": "indicators", "analyses": "indicators", "join": "indicators",
    "nearest": "finder", "search": "finder",
    "catalog": "catalog", "catalog.jsonld": "catalog", "catalog.ttl": "catalog", "catalog.rdf": "catalog",
    "datasets": "catalog", "data.json": "catalog",
    "static": "static", "healthz": "service", "readyz": "service", "metrics": "service",
}  # fmt: skip
_PLACE = {name: KINDS.index(kind) * _ROW for name, kind in _OF.items()}
_BLOCK = {status[0]: _TIMES * place for place, status in enumerate(STATUSES)}
_PAGES = KINDS.index("pages") * _ROW


class Counters:
    """One worker's counts below ``folder``; in memory alone where nothing can be written there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        file = _claim(folder)
        self._shared = mmap(-1 if file is None else file, _BYTES)
        self._alone = file is None
        self._counts = memoryview(self._shared).cast("q")
        if file is not None:
            weakref.finalize(self, os.close, file)  # which also gives the file to the next worker

    def add(self, path: str, status: str, seconds: float) -> None:
        """Nothing; a request for ``path`` was answered with ``status`` after ``seconds``."""
        row = _PLACE.get(path[1:].split("/", 1)[0], _PAGES)
        place = row + _BLOCK[status[0]] + bisect_left(BUCKETS, seconds)
        counts = self._counts
        with self._lock:
            counts[place] += 1
            counts[row + _ROW - 1] += int(seconds * 1e6)

    def totals(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Of all workers: requests by kind, status and bucket of time (9, 4, 11), and microseconds by kind (9,)."""
        held = [bytes(self._shared)] if self._alone else [path.read_bytes() for path in self._folder.glob(_name("*"))]
        whole = [np.frombuffer(content, np.int64) for content in held if len(content) == _BYTES]
        rows = np.sum(whole, axis=0).reshape(len(KINDS), _ROW)
        return rows[:, :-1].reshape(len(KINDS), len(STATUSES), _TIMES), rows[:, -1]


def _claim(folder: Path) -> int | None:
    """An open file that is ours until it is closed, or None."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place in range(_MOST):
            file = os.open(folder / _name(place), os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.ftruncate(file, _BYTES)
            except BlockingIOError:
                os.close(file)
            else:
                return file
    except OSError:
        pass
    return None


def _name(place: int | str) -> str:
    return f"requests-{_LAYOUT}-{place}"
