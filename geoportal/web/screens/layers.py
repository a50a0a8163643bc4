"""``/mapa/vrstvy``: all layers as overlays."""

from __future__ import annotations

from typing import Any

from geoportal.errors import InvalidParameter, alternatives
from geoportal.maps.shell import Shell, layers_map
from geoportal.web.screens.canvas import canvas
from geoportal.web.screens.catalogue import layer_groups, overlay
from geoportal.web.screens.visit import Visit

PARAMETERS = ("vrstvy",)
ON_AT_FIRST = ("obec", "okres")


def layers_screen(visit: Visit) -> tuple[dict[str, Any], Shell]:
    """What the page shows, and its map. ``vrstvy`` names the layers that are on, separated by commas."""
    on = _on(visit)
    shell = layers_map(
        canvas(visit, visit.say("layers.map")),
        tuple(overlay(visit, collection, collection.id in on) for collection in visit.snapshot.collections.values()),
    )
    return {"groups": layer_groups(visit), "on": on}, shell


def _on(visit: Visit) -> set[str]:
    collections = visit.snapshot.collections
    asked = visit.args.get("vrstvy")
    if asked is None:
        return {collection.id for collection in collections.values() if collection.level in ON_AT_FIRST}
    names = set(asked.split(",")) - {"zadne"}
    for name in sorted(names - collections.keys()):
        raise InvalidParameter(f"vrstvy: '{name}' is not a layer; {alternatives(name, [*collections, 'zadne'])}")
    return names
