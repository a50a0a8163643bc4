"""Requests a second beside two peers on the same data: nginx sending our answers as files, and pygeoapi.

Needs ``nginx`` and ``wrk`` from Debian; pygeoapi is installed from PyPI into an environment of its own. What is missing
is said and left out. Rounds are interleaved, so that a ratio holds when the machine's speed drifts.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROUNDS, SECONDS, CONNECTIONS = 3, 2, 16
KROVAK = "http://www.opengis.net/def/crs/EPSG/0/5514"
BOX = "15,50.7,15.2,50.8"


@dataclass(frozen=True)
class Case:
    """One request, and its address at pygeoapi where that can answer it."""

    name: str
    path: str
    pygeoapi: str | None = None


CASES = (
    Case("landing", "/?f=json", "/?f=json"),
    Case("collection", "/collections/obce?f=json", "/collections/obce?f=json"),
    Case("one feature", "/collections/obce/items/563889", "/collections/obce/items/563889?f=json"),
    Case("whole layer", "/collections/obce/items?limit=1000", "/collections/obce/items?limit=1000&f=json"),
    Case("box", f"/collections/obce/items?bbox={BOX}", f"/collections/obce/items?bbox={BOX}&limit=1000&f=json"),
    Case("filter", "/collections/obce/items?kod_okresu=CZ0513", None),
    Case("EPSG:5514", f"/collections/obce/items?crs={KROVAK}&limit=1000", None),
    Case("nearest", "/nearest?lon=15.0561&lat=50.7671"),
)


def measure_peers(ours: str, folder: Path) -> Iterator[str]:
    """A line for each case: requests a second of ours, the ratio to nginx and to pygeoapi, medians over the rounds."""
    missing = [name for name in ("nginx", "wrk") if shutil.which(name) is None]
    if missing:
        yield f"peers left out: {', '.join(missing)} not installed (apt-get install {' '.join(missing)})"
        return
    answers = {case.name: fetch(ours + case.path) for case in CASES}
    with serving_files(answers, folder) as files, serving_pygeoapi(ours, folder) as pygeoapi:
        if pygeoapi is None:
            yield "pygeoapi left out: it could not be installed or started"
        for case in CASES:
            yield compare(case, ours, files, pygeoapi)


def compare(case: Case, ours: str, files: str, pygeoapi: str | None) -> str:
    """The line of one case."""
    addresses = {"ours": ours + case.path, "nginx": f"{files}/{case.name.replace(' ', '_').replace(':', '_')}"}
    if pygeoapi and case.pygeoapi:
        addresses["pygeoapi"] = pygeoapi + case.pygeoapi
    rates: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(ROUNDS):
        for name, address in addresses.items():
            rates[name].append(load(address))
    median = {name: statistics.median(values) for name, values in rates.items()}
    share = median["ours"] / median["nginx"]
    line = f"{case.name:14} ours {median['ours']:9,.0f}/s   nginx {median['nginx']:9,.0f}/s ({share:4.0%})"
    if "pygeoapi" in median:
        line += f"   pygeoapi {median['pygeoapi']:7,.1f}/s ({median['ours'] / median['pygeoapi']:,.0f}x)"
    return line


def load(address: str) -> float:
    """Requests a second at ``address``; every answer must be 2xx."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", address]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told:
        raise RuntimeError(f"{address} answered with errors:\n{told}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert rate
    return float(rate[1])


@contextmanager
def serving_files(answers: dict[str, bytes], folder: Path) -> Iterator[str]:
    """nginx over the answers as files."""
    www = folder / "www"
    www.mkdir()
    folder.chmod(0o755)  # the workers of nginx run as another user
    for name, body in answers.items():
        (www / name.replace(" ", "_").replace(":", "_")).write_bytes(body)
    port = 8391
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n"
        f"events {{ worker_connections 512; }} http {{ access_log off; sendfile off; output_buffers 4 1m; "
        "keepalive_requests 1000000; default_type application/json; "
        f"server {{ listen 127.0.0.1:{port}; root {www}; }} }}\n"
    )
    server = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        wait(f"http://127.0.0.1:{port}/landing")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def serving_pygeoapi(ours: str, folder: Path) -> Iterator[str | None]:
    """pygeoapi over the same layer in a GeoPackage-free, file-based provider, two workers; None where it can't run."""
    venv = Path("build/bench-venv")
    python = venv / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", "pygeoapi", "gunicorn"], check=True)
        env = configure_pygeoapi(ours, folder, python)
    except (subprocess.CalledProcessError, OSError):
        yield None
        return
    gunicorn = [str(venv / "bin" / "gunicorn"), "-w", "2", "-b", "127.0.0.1:8392", "pygeoapi.flask_app:APP"]
    log = (folder / "pygeoapi.log").open("w")
    server = subprocess.Popen(gunicorn, env=env, stdout=log, stderr=log)
    try:
        try:
            wait("http://127.0.0.1:8392/collections/obce?f=json", 60)
        except OSError:
            yield None
            return
        yield "http://127.0.0.1:8392"
    finally:
        server.terminate()
        server.wait(10)
        log.close()


def configure_pygeoapi(ours: str, folder: Path, python: Path) -> dict[str, str]:
    """The environment that pygeoapi runs in; its configuration and its copy of the layer lie in ``folder``."""
    layer = json.loads(fetch(ours + "/layers/obce.geojson"))
    (folder / "obce.geojson").write_text(json.dumps(layer))
    config = folder / "pygeoapi.yml"
    provider = {"type": "feature", "name": "GeoJSON", "data": str(folder / "obce.geojson"), "id_field": "kod"}
    text = {"title": "obce", "description": "obce", "keywords": ["obce"]}
    bbox = {"spatial": {"bbox": [14, 50, 16, 52], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
    links = [{"type": "text/html", "rel": "canonical", "title": "x", "href": "http://127.0.0.1/"}]
    contact = {"name": "x", "position": "x", "url": "http://127.0.0.1/"}
    config.write_text(json.dumps({
        "server": {
            "bind": {"host": "127.0.0.1", "port": 8392}, "url": "http://127.0.0.1:8392", "mimetype": "application/json",
            "encoding": "utf-8", "gzip": False, "languages": ["en-US"], "pretty_print": False,
            "limits": {"max_items": 10000},
            "map": {"url": "http://127.0.0.1/{z}/{x}/{y}", "attribution": "x"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                **text, "keywords_type": "theme", "terms_of_service": "x", "url": "http://127.0.0.1/",
                "title": {"en": "x"}, "description": {"en": "x"}, "keywords": {"en": ["x"]},
            },
            "license": {"name": "x", "url": "http://127.0.0.1/"}, "provider": {"name": "x", "url": "http://127.0.0.1/"},
            "contact": contact,
        },
        "resources": {"obce": {"type": "collection", **text, "links": links, "extents": bbox, "providers": [provider]}},
    }))  # fmt: skip
    env = {"PATH": "/usr/bin:/bin", "PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(folder / "openapi.yml")}
    command = [
        str(python.with_name("pygeoapi")),
        "openapi",
        "generate",
        str(config),
        "--output-file",
        env["PYGEOAPI_OPENAPI"],
    ]
    subprocess.run(command, env=env, check=True, capture_output=True)
    return env


def fetch(address: str) -> bytes:
    """The plain body at ``address``."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read()


def wait(address: str, seconds: float = 10) -> None:
    """Returns when ``address`` answers; raises the last ``OSError`` otherwise."""
    give_up = time.monotonic() + seconds
    while True:
        try:
            fetch(address)
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.05)
        else:
            return
