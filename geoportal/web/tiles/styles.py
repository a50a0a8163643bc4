"""Map styles: MapLibre styles whose tiles, glyphs and signs all come from this service."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, Response

from geoportal.cards.style import load_styles
from geoportal.errors import NotFound, alternatives
from geoportal.web import current
from geoportal.web.operation import operation
from geoportal.web.respond import json_response

blueprint = Blueprint("styles", __name__)
MEDIA_TYPE = "application/json"
_ADDRESSES = ("sprite", "glyphs")
_read = cache(load_styles)


@blueprint.get("/styles")
@operation("The map styles.", "Tiles", {"application/json": None})
def list_styles(given: dict[str, Any]) -> Response:
    """The map styles."""
    base = current.base_url()
    listed = [
        {"id": style_id, "title": style["name"], "url": f"{base}/styles/{style_id}.json"}
        for style_id, style in _read(current.settings().home).items()
    ]
    return json_response({"styles": listed})


@blueprint.get("/styles/<style_id>.json")
@operation("A MapLibre style for our tiles.", "Tiles", {MEDIA_TYPE: None})
def one_style(style_id: str, given: dict[str, Any]) -> Response:
    """A MapLibre style for our tiles."""
    styles = _read(current.settings().home)
    if style_id not in styles:
        raise NotFound(f"style '{style_id[:60]}' does not exist; {alternatives(style_id[:60], styles)}")
    return json_response(served(styles[style_id]), MEDIA_TYPE)


def style_ids() -> list[str]:
    """The ids of the map styles."""
    return list(_read(current.settings().home))


def served(style: dict[str, Any]) -> dict[str, Any]:
    """``style`` with absolute addresses, and without the layers that the tiles of this snapshot lack.

    Raises ``NotFound`` where the snapshot has none of its tilesets.
    """
    base, tilesets = current.base_url(), current.snapshot().tilesets
    missing = [name for name in style["sources"] if name not in tilesets]
    if missing:
        raise NotFound(f"this snapshot has no tileset '{missing[0]}'; {alternatives(missing[0], tilesets)}")
    held = {(name, layer["id"]) for name in style["sources"] for layer in tilesets[name].layers}
    layers = [x for x in style["layers"] if "source" not in x or (x["source"], x["source-layer"]) in held]
    sources = {name: {**source, "url": base + source["url"]} for name, source in style["sources"].items()}
    return {**style, **{key: base + style[key] for key in _ADDRESSES}, "sources": sources, "layers": layers}
