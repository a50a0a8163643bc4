"""Copies what the pages load from ``node_modules`` to ``vendor``; ``npm ci --ignore-scripts`` comes first."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FONT = "@fontsource-variable/source-sans-3"

# file below node_modules -> file below vendor
FILES = {
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/LICENSE": "leaflet/LICENSE",
    f"{FONT}/files/source-sans-3-latin-wght-normal.woff2": "source-sans-3/latin.woff2",
    f"{FONT}/files/source-sans-3-latin-ext-wght-normal.woff2": "source-sans-3/latin-ext.woff2",
    f"{FONT}/LICENSE": "source-sans-3/LICENSE",
}


def copy(modules: Path, vendor: Path) -> list[str]:
    """The files that are missing in ``modules``; when there are none, ``vendor`` holds exactly ``FILES``."""
    missing = [name for name in FILES if not (modules / name).is_file()]
    if missing:
        return missing
    shutil.rmtree(vendor, ignore_errors=True)
    for name, target in FILES.items():
        (vendor / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / name, vendor / target)
    return []


if __name__ == "__main__":
    absent = copy(HERE / "node_modules", HERE / "vendor")
    if absent:
        sys.exit(f"{HERE / 'node_modules'} lacks {', '.join(absent)}; run 'npm ci --ignore-scripts' in {HERE}")
