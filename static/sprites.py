"""The signs of the maps: one picture of all SVG files, at one and two pixels a point, and where each sign is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import resvg_py

SVG = "{http://www.w3.org/2000/svg}"
RATIOS = {"": 1, "@2x": 2}  # end of the file's name -> pixels a point
GAP = 1  # points between signs, so that none bleeds into another


def sprite_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each file of the sprite, as the end of its name and bytes, from the SVG files in ``folder``.

    A sign that grows with the text in it says in points which parts may be stretched (``data-stretch-x``,
    ``data-stretch-y``: from, to) and where the text stands (``data-content``: left, top, right, bottom).
    """
    signs = {path.stem: ElementTree.parse(path).getroot() for path in sorted(folder.glob("*.svg"))}  # noqa: S314 our own
    sheet, places = _sheet(signs)
    for end, ratio in RATIOS.items():
        index = {name: _entry(signs[name], place, ratio) for name, place in places.items()}
        yield f"{end}.json", json.dumps(index, separators=(",", ":")).encode()
        yield f"{end}.png", bytes(resvg_py.svg_to_bytes(svg_string=sheet, zoom=ratio, skip_system_fonts=True))


def _sheet(signs: dict[str, ElementTree.Element]) -> tuple[str, dict[str, int]]:
    """All signs in one row as SVG, and where each begins, in points."""
    places, right, height = {}, 0, 0
    row = ElementTree.Element(f"{SVG}svg")
    for name, sign in signs.items():
        places[name] = right
        held = ElementTree.SubElement(row, f"{SVG}g", transform=f"translate({right} 0)")
        held.extend(list(sign))
        right += int(sign.attrib["width"]) + GAP
        height = max(height, int(sign.attrib["height"]))
    row.attrib.update(width=str(right), height=str(height))
    return ElementTree.tostring(row, encoding="unicode"), places


def _entry(sign: ElementTree.Element, x: int, ratio: int) -> dict[str, Any]:
    """One sign in the index of a sprite, in pixels."""
    size = {"width": int(sign.attrib["width"]) * ratio, "height": int(sign.attrib["height"]) * ratio}
    entry: dict[str, Any] = {"x": x * ratio, "y": 0, **size, "pixelRatio": ratio}
    for key, attribute in {"stretchX": "data-stretch-x", "stretchY": "data-stretch-y"}.items():
        if attribute in sign.attrib:
            entry[key] = [_pixels(sign, attribute, ratio)]
    if "data-content" in sign.attrib:
        entry["content"] = _pixels(sign, "data-content", ratio)
    return entry


def _pixels(sign: ElementTree.Element, attribute: str, ratio: int) -> list[int]:
    return [int(part) * ratio for part in sign.attrib[attribute].split()]
