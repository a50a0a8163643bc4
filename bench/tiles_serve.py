"""Tiles a second beside nginx sending the same compressed tiles as files: one of zoom 8, 10 and 12, and a sweep of 200.

Needs ``nginx`` and ``wrk`` from Debian. All are asked as browsers and QGIS ask, with ``Accept-Encoding: gzip``. Where
``martin`` (crates.io) is installed, it stands beside them, reading the PMTiles archive that we serve.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import statistics
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.peers import CONNECTIONS, ROUNDS, SECONDS, wait
from geoportal.web.tiles.matrix import address, limits

TILESET, LIBEREC, LK = "obce", (15.0584, 50.7699), (14.4, 50.5, 15.6, 51.0)
SWEEP, SWEEP_ZOOMS = 200, (6, 14)
PORT, MARTIN_PORT = 8393, 8394
GZIP = {"Accept-Encoding": "gzip"}
# Has wrk walk through the addresses in a file, again and again; what it asks is written once, since wrk takes time too.
WALK = """
local requests, i = {}, 0
init = function()
  for line in io.lines(os.getenv("PATHS")) do requests[#requests + 1] = wrk.format("GET", line) end
end
request = function() i = i % #requests + 1; return requests[i] end
"""


@dataclass(frozen=True)
class TileCase:
    """Tiles that are asked for in turn."""

    name: str
    paths: tuple[str, ...]


def measure_tile_service(ours: str, folder: Path) -> Iterator[str]:
    """A line for each case: tiles a second of ours and of nginx, medians of interleaved rounds."""
    missing = [name for name in ("nginx", "wrk") if shutil.which(name) is None]
    if missing:
        yield f"tiles left out: {', '.join(missing)} not installed (apt-get install {' '.join(missing)})"
        return
    place = folder / "tiles"
    place.mkdir()
    folder.chmod(0o755)  # the workers of nginx run as another user
    cases = tile_cases(ours)
    for path in {path for case in cases for path in case.paths}:
        file = place / f"{path.removeprefix('/')}.gz"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(tile(ours + path) or b"")
    with serving_tiles(place) as files, serving_martin(ours, place) as martin:
        for case in cases:
            rates: dict[str, list[float]] = {base: [] for base in (ours, files, martin) if base}
            for _ in range(ROUNDS):
                for base in rates:
                    asked = TileCase(case.name, as_martin(case.paths)) if base == martin else case
                    rates[base].append(walk(base, asked, folder))
            own, nginx, *others = (statistics.median(of_base) for of_base in rates.values())
            line = f"tiles {case.name:8} ours {own:9,.0f}/s   nginx {nginx:9,.0f}/s ({own / nginx:4.0%})"
            yield line + "".join(f"   Martin {other:9,.0f}/s ({own / other:.2f}x)" for other in others)


def tile_cases(ours: str) -> list[TileCase]:
    """The tile over Liberec at each of three zooms, and a sweep of tiles over the region that are not empty."""
    single = [TileCase(f"z{zoom}", (tile_path(zoom, *address(*LIBEREC, zoom)),)) for zoom in (8, 10, 12)]
    everywhere = [
        tile_path(within.tile_matrix, column, row)
        for within in limits(LK, *SWEEP_ZOOMS)
        for column in range(within.min_col, within.max_col + 1)
        for row in range(within.min_row, within.max_row + 1)
    ]
    random.Random(1).shuffle(everywhere)
    filled = (path for path in everywhere if tile(ours + path))
    return [*single, TileCase("sweep", tuple(path for path, _ in zip(filled, range(SWEEP), strict=False)))]


def tile_path(zoom: int, column: int, row: int) -> str:
    """The path of a tile."""
    return f"/tiles/{TILESET}/{zoom}/{column}/{row}.mvt"


def as_martin(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The same tiles at Martin's addresses."""
    return tuple(path.removeprefix("/tiles").removesuffix(".mvt") for path in paths)


def tile(url: str) -> bytes | None:
    """A tile as it is stored; None where it is empty."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=GZIP), timeout=10) as answer:
        return answer.read() if answer.status == 200 else None


def walk(base: str, case: TileCase, folder: Path) -> float:
    """Tiles a second at ``base``; every answer must be 2xx."""
    paths, script = folder / "paths.txt", folder / "walk.lua"
    paths.write_text("\n".join(case.paths) + "\n")
    script.write_text(WALK)
    headers = [part for name, value in GZIP.items() for part in ("-H", f"{name}: {value}")]
    several = ["-s", str(script), base] if len(case.paths) > 1 else [base + case.paths[0]]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *headers, *several]
    env = {**os.environ, "PATHS": str(paths)}
    told = subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if rate is None or "Non-2xx" in told:
        raise RuntimeError(f"{base} answered with errors:\n{told}")
    return float(rate[1])


@contextmanager
def serving_tiles(place: Path) -> Iterator[str]:
    """nginx with two workers over compressed files below ``place``."""
    config = place / "nginx.conf"
    config.write_text(
        f"daemon off; worker_processes 2; pid {place}/nginx.pid; error_log {place}/nginx.log;\n"
        "events { worker_connections 512; } http { access_log off; sendfile off; output_buffers 4 1m; "
        "open_file_cache max=20000 inactive=600s; open_file_cache_valid 600s; keepalive_requests 1000000; "
        "gzip_static always; types { application/vnd.mapbox-vector-tile mvt; } "
        f"server {{ listen 127.0.0.1:{PORT} reuseport; root {place}; }} }}\n"
    )
    server = subprocess.Popen(["nginx", "-p", str(place), "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        wait(f"http://127.0.0.1:{PORT}{tile_path(8, *address(*LIBEREC, 8))}")
        yield f"http://127.0.0.1:{PORT}"
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def serving_martin(ours: str, place: Path) -> Iterator[str | None]:
    """Martin with two workers over the archive that ``ours`` serves; None where it is not installed."""
    if shutil.which("martin") is None:
        yield None
        return
    archive, address = place / f"{TILESET}.pmtiles", f"http://127.0.0.1:{MARTIN_PORT}"
    urllib.request.urlretrieve(f"{ours}/tiles/{TILESET}.pmtiles", archive)
    command = ["martin", "--workers", "2", "--listen-addresses", f"127.0.0.1:{MARTIN_PORT}", str(archive)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(f"{address}/health")
        yield address
    finally:
        server.terminate()
        server.wait(10)
