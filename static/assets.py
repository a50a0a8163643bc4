"""Fills ``vendor`` with what the pages load: libraries and type from npm, glyphs and signs for maps made of them.

``npm ci --ignore-scripts`` comes first. Beside each text lies what is sent of it, compressed as well as can be.
"""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli
from fonts import PRINTED, SOURCE, STACKS, UPRIGHT, glyph_ranges, print_fonts, web_font
from icons import icon_files
from sprites import sprite_files

HERE = Path(__file__).resolve().parent
SIGNS = Path("img/sprites")

# file below node_modules -> file below vendor
FILES = {
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/LICENSE": "leaflet/LICENSE",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl/maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl/maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre-gl/LICENSE",
    "@maplibre/maplibre-gl-leaflet/leaflet-maplibre-gl.js": "maplibre-gl-leaflet/leaflet-maplibre-gl.js",
    "@maplibre/maplibre-gl-leaflet/LICENSE": "maplibre-gl-leaflet/LICENSE",
    f"{SOURCE}/LICENSE.md": "source-sans-3/LICENSE",
}
COMPRESSIBLE = {".js", ".mjs", ".css", ".json", ".pbf"}


def fill(modules: Path, signs: Path, vendor: Path) -> list[str]:
    """The files that are missing in ``modules``; when there are none, ``vendor`` holds what the pages need, only."""
    needed = [*FILES, str(UPRIGHT), *map(str, STACKS.values()), *map(str, PRINTED)]
    missing = [name for name in needed if not (modules / name).is_file()]
    if missing:
        return missing
    shutil.rmtree(vendor, ignore_errors=True)
    for name, content in _files(modules, signs):
        path = vendor / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if path.suffix in COMPRESSIBLE:
            path.with_name(path.name + ".br").write_bytes(brotli.compress(content, quality=11))
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
    return []


def _files(modules: Path, signs: Path) -> Iterator[tuple[str, bytes]]:
    """Each file below ``vendor``."""
    for name, target in FILES.items():
        yield target, (modules / name).read_bytes()
    yield "source-sans-3/source-sans-3.woff2", web_font(modules)
    for name, content in print_fonts(modules):
        yield f"source-sans-3/{name}", content
    for name, content in glyph_ranges(modules):
        yield f"glyphs/{name}", content
    for end, content in sprite_files(signs):
        yield f"sprites/zaklad{end}", content
    for name, content in icon_files(signs.parent):
        yield f"icons/{name}", content


if __name__ == "__main__":
    absent = fill(HERE / "node_modules", HERE / SIGNS, HERE / "vendor")
    if absent:
        sys.exit(f"{HERE / 'node_modules'} lacks {', '.join(absent)}; run 'npm ci --ignore-scripts' in {HERE}")
