"""Layers above the map of a picture: their features in the metres of the outlines, drawn as the page draws them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from geoportal.crs import KROVAK
from geoportal.errors import InvalidParameter
from geoportal.figures.subject import Layer, Look
from geoportal.look import STYLESHEET
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.outlines import read_turn
from geoportal.web import current
from geoportal.web.screens.atlas.choice import Choice
from geoportal.web.screens.visit import Visit

AREAS_BELOW = 40  # order of a layer from which its areas are lines to look through, as static/js/overlay.js has it
MOST = 20_000  # features of a layer in a picture
_COLOUR = re.compile(r"--map-([a-z-]+):\s*(#[0-9a-f]{6})")


@cache
def map_colours(sheet: Path, own: tuple[tuple[str, str], ...] = ()) -> Mapping[str, str]:
    """The colours of maps by name, as the stylesheet has them on light paper, the region's ``own`` in their place."""
    light = sheet.read_text(encoding="utf-8").partition("}")[0]
    return dict(_COLOUR.findall(light)) | {token.removeprefix("map-"): colour for token, colour in own}


def look(collection: Collection, percent: int) -> Look:
    """How ``collection`` is drawn, ``percent`` opaque."""
    colours, style = _worn(), collection.style
    return Look(
        geometry=collection.geometry,
        colour=colours.get(style.colour) or colours["layer"],
        width=style.width,
        letter=style.letter or "",
        filled=style.order < AREAS_BELOW,
        opacity=percent / 100,
    )


def _worn() -> Mapping[str, str]:
    return map_colours(current.settings().page_file(STYLESHEET), tuple(current.site().look.light.items()))


def layers(visit: Visit, choice: Choice) -> tuple[Layer, ...]:
    """The layers above the map, the lowest first. Raises ``InvalidParameter`` for one that no picture could show."""
    held = [(visit.snapshot.collections[name], percent) for name, percent in choice.overlays]
    return tuple(_layer(visit, one, percent) for one, percent in sorted(held, key=lambda pair: pair[0].style.order))


def layer_names(visit: Visit, choice: Choice) -> list[tuple[Look, str]]:
    """What the legend says of the layers, in the order asked for."""
    held = ((visit.snapshot.collections[name], percent) for name, percent in choice.overlays)
    return [(look(one, percent), visit.into(one.title)) for one, percent in held]


def _layer(visit: Visit, collection: Collection, percent: int) -> Layer:
    if collection.count > MOST:
        raise InvalidParameter(
            f"overlays: '{collection.id}' has {collection.count} features; a picture shows at most {MOST} of a layer"
        )
    turn = read_turn(visit.snapshot.folder)
    features = orjson.loads(b"[%b]" % collection.join(np.arange(collection.count), KROVAK))
    parts, owners = [], []
    for number, feature in enumerate(features):
        for part in _parts(feature["geometry"]):
            parts.append(turn(np.asarray(part, dtype=float)[:, :2]))
            owners.append(number)
    return Layer(collection.id, look(collection, percent), parts, owners)


def _parts(geometry: Mapping[str, Any] | None) -> Iterator[list[list[float]]]:
    """Points one by one, lines, or rings."""
    match geometry:
        case {"type": "Point", "coordinates": held}:
            yield [held]
        case {"type": "MultiPoint", "coordinates": held}:
            yield from ([point] for point in held)
        case {"type": "LineString", "coordinates": held}:
            yield held
        case {"type": "MultiLineString" | "Polygon", "coordinates": held}:
            yield from held
        case {"type": "MultiPolygon", "coordinates": held}:
            for polygon in held:
                yield from polygon
