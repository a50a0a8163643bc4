"""Measures pages with Lighthouse on its mobile profile: ``python -m bench.phone [URL]``.

Without an address it serves the snapshot that the environment names. Lighthouse comes from npm into build/lighthouse,
locked in bench/lighthouse; it is no part of the development tools, since it is 176 MB and only this script runs it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKED = Path(__file__).resolve().with_name("lighthouse")
TOOLS = ROOT / "build/lighthouse"
PROGRAMS = Path(sys.executable).parent
PAGES = ("/mapa/pohotovosti", "/mapa/pohotovosti?obec=563889", "/?f=html")
CATEGORIES = ("performance", "accessibility")
GOAL = 95
ROUNDS = 3  # the machine is shared; the median decides


def main() -> int:
    """Prints the scores of each page beside the goal; 1 where one is missed."""
    install()
    with served(sys.argv[1] if len(sys.argv) > 1 else None) as address:
        scores = {page: measure(address + page) for page in PAGES}
    for page, found in scores.items():
        print(f"{page:34}", "  ".join(f"{name} {score:3d} (goal {GOAL})" for name, score in found.items()))
    return int(any(score < GOAL for found in scores.values() for score in found.values()))


def install() -> None:
    """Brings Lighthouse, unless what is there is what is locked."""
    lock = LOCKED / "package-lock.json"
    held = TOOLS / lock.name
    if (TOOLS / "node_modules").is_dir() and held.is_file() and held.read_bytes() == lock.read_bytes():
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    for path in LOCKED.iterdir():
        shutil.copy(path, TOOLS)
    subprocess.run([PROGRAMS / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=TOOLS, check=True)


@contextmanager
def served(address: str | None) -> Iterator[str]:
    """``address``, or that of a service that runs as long as it is measured."""
    if address:
        yield address.rstrip("/")
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "GEOPORTAL_PORT": str(port), "GEOPORTAL_WORKERS": "1"}
    server = subprocess.Popen([PROGRAMS / "geoportal", "serve"], env=env, stdout=subprocess.DEVNULL)
    try:
        while server.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def measure(url: str) -> dict[str, int]:
    """The scores of a page, 0 to 100: of several rounds the median."""
    rounds = [_round(url) for _ in range(ROUNDS)]
    return {name: sorted(found[name] for found in rounds)[ROUNDS // 2] for name in CATEGORIES}


def _round(url: str) -> dict[str, int]:
    script = TOOLS / "node_modules/lighthouse/cli/index.js"
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    command = [PROGRAMS / "node", script, url, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    env = {**os.environ, "CHROME_PATH": chromium}
    told = subprocess.run([*command, flags], env=env, check=True, capture_output=True, timeout=180).stdout
    report = json.loads(told)
    for audit in report["audits"].values():
        if audit.get("score") == 0 and audit["scoreDisplayMode"] == "binary":
            print(f"{url}: {audit['title']}", file=sys.stderr)
    return {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}


if __name__ == "__main__":
    sys.exit(main())
