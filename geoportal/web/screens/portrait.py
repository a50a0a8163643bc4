"""A small picture of an indicator over the obce, drawn in the page itself: the entrance shows what the atlas holds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geoportal.atlas.classes import classify_from_zero
from geoportal.atlas.palette import class_colours
from geoportal.site import LEVELS
from geoportal.snapshot.reader import Snapshot

WIDTH = 480  # units of the picture; coordinates are whole, so neighbours still share their borders


@dataclass(frozen=True)
class Portrait:
    """``shapes``: pairs of colour and SVG path, one for each class; an obec without a value has no colour."""

    width: int
    height: int
    shapes: tuple[tuple[str, str], ...]


@lru_cache(maxsize=4)
def portrait(snapshot: Snapshot, indicator_id: str) -> Portrait | None:
    """The latest values of the indicator by obec; None where it is no relative one or has none by obec."""
    table = snapshot.indicators[indicator_id]
    layer = next((c for c in snapshot.collections.values() if c.level == LEVELS[0]), None)
    if layer is None or table.measure != "relative" or LEVELS[0] not in table.levels:
        return None
    values = {unit.code: unit.value for unit in table.values(LEVELS[0], table.periods(LEVELS[0])[-1])}
    classes = classify_from_zero([value for value in values.values() if value is not None])
    colours = class_colours(classes)
    west, south, east, north = layer.bounds
    across = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * across)
    paths: dict[str, list[str]] = {"": [], **{colour: [] for colour in colours}}
    for feature in layer.features():
        value = values.get(str(feature["id"]))
        colour = "" if value is None else colours[classes.index(value)]
        for ring in _rings(feature["geometry"]):
            points = ((round((x - west) * across * scale), round((north - y) * scale)) for x, y in ring)
            paths[colour].append(_path(points))
    shapes = tuple((colour, "".join(path)) for colour, path in paths.items() if path)
    return Portrait(WIDTH, math.ceil((north - south) * scale), shapes)


def _rings(geometry: Mapping[str, Any]) -> Iterator[list[list[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def _path(points: Iterable[tuple[int, int]]) -> str:
    """A closed SVG path in relative steps; steps that stay where they are left out."""
    (x, y), *rest = points
    parts = [f"M{x} {y}l"]
    for next_x, next_y in rest:
        if (next_x, next_y) != (x, y):
            parts.append(f"{next_x - x} {next_y - y} ")
            x, y = next_x, next_y
    return "".join(parts).strip().replace(" -", "-") + "z"
