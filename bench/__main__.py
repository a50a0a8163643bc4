"""Measures the service on this machine and prints each figure beside its limit. ``make bench`` runs it.

Builds from GEOPORTAL_MIRROR where it is set, otherwise from data/facts, in a folder of its own.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from bench.atlas import measure_atlas
from bench.parts import measure_parts
from bench.peers import measure_peers
from bench.tiles_build import measure_tiles
from bench.tiles_serve import measure_tile_service
from geoportal.settings import load_settings
from geoportal.snapshot.reader import Follower

GEOPORTAL = Path(sys.executable).with_name("geoportal")
PAGES = (
    "/",
    "/mapa/vrstvy",
    "/mapa/indikatory",
    "/mapa/pohotovosti",
    "/o-datech",
    "/collections/obce/items",
    "/layers/obce.geojson",
)
ROUNDS = 3


@dataclass(frozen=True)
class Figure:
    """A measured value beside the limit that it should stay under."""

    name: str
    value: float
    limit: float
    unit: str

    def __str__(self) -> str:
        ratio = self.value / self.limit
        return f"{self.name:44} {self.value:9.2f} {self.unit:3} limit {self.limit:6.1f}  ratio {ratio:5.2f}"


def main() -> None:
    """Prints every figure; the median of several rounds where a round is short."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "GEOPORTAL_DATA": folder}
        for figure in (*measure_builds(env), *measure_server(env)):
            print(figure, flush=True)
        for name, seconds, limit in measure_tiles(Follower(Path(folder) / "build")()):
            print(Figure(name, seconds, limit, "s"), flush=True)
        for part in measure_parts(replace(load_settings(), data=Path(folder))):
            print(Figure(*part), flush=True)
        with serving(env, workers=2) as address:
            for line in measure_atlas(address):
                print(Figure(*line), flush=True)
            for line in (*measure_peers(address, Path(folder)), *measure_tile_service(address, Path(folder))):
                print(line, flush=True)


def measure_builds(env: dict[str, str]) -> list[Figure]:
    """A first fetch and build, forced builds, and builds of an unchanged input."""
    source = "mirror" if env.get("GEOPORTAL_MIRROR") else "facts"
    first = timed(lambda: run(env, "build"))
    forced = median(lambda: run(env, "build", "--force", "--no-fetch"))
    again = median(lambda: run(env, "build"))
    return [
        Figure(f"fetch and first build from {source}", first, 20, "s"),
        Figure("build of everything, files at hand", forced, 20, "s"),
        Figure("build again, nothing changed", again, 2, "s"),
    ]


def measure_server(env: dict[str, str]) -> list[Figure]:
    """Start to first answer, and the memory of a worker that has served every page."""
    started = time.perf_counter()
    with serving(env, workers=1) as address:
        start = time.perf_counter() - started
        for page in PAGES * 2:
            get(f"{address}{page}")
        workers = [child for child in psutil.Process().children(recursive=True) if child.memory_info().rss > 20 * 2**20]
        memory = max(worker.memory_info().rss for worker in workers) / 2**20
    return [
        Figure("serve to first answer", start, 2, "s"),
        Figure("worker memory after every page (RSS)", memory, 200, "MiB"),
    ]


@contextmanager
def serving(env: dict[str, str], workers: int) -> Iterator[str]:
    """The service on a free port, from when it has answered once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**env, "GEOPORTAL_PORT": str(port), "GEOPORTAL_WORKERS": str(workers)}
    server = subprocess.Popen([GEOPORTAL, "serve"], env=env, stdout=subprocess.DEVNULL)
    try:
        get(f"http://127.0.0.1:{port}/collections/obce/items/563889", patience=20)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def run(env: dict[str, str], *arguments: str) -> None:
    """Runs the console script; its exit status must be 0."""
    subprocess.run([GEOPORTAL, *arguments], env=env, check=True, capture_output=True)


def timed(action: Callable[[], None]) -> float:
    """Seconds that ``action`` takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def median(action: Callable[[], None]) -> float:
    """Median seconds over the rounds."""
    return statistics.median(timed(action) for _ in range(ROUNDS))


def get(url: str, patience: float = 0) -> bytes:
    """The body at ``url``; a refused connection is tried again for ``patience`` seconds."""
    give_up = time.perf_counter() + patience
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read()
        except (ConnectionError, urllib.error.URLError):
            if time.perf_counter() > give_up:
                raise
            time.sleep(0.005)


if __name__ == "__main__":
    main()
