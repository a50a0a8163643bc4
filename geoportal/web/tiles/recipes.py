"""Recipes for tilesets: how each client takes vector tiles, ready to be copied, with the real address in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from string import Template

from geoportal.maps.tiles import SOURCE, Rule
from geoportal.site import Bounds
from geoportal.web.features.recipes import Recipe


@dataclass(frozen=True)
class TileTarget:
    """The tileset that recipes are for. ``base`` is the service's address without a slash, ``bounds`` in degrees."""

    base: str
    tileset: str
    title: str
    minzoom: int
    maxzoom: int
    bounds: Bounds
    rules: tuple[Rule, ...]


_QGIS = """iface.addVectorTileLayer(
    "type=xyz&url=$base/tiles/$tileset/{z}/{x}/{y}.mvt&zmin=$minzoom&zmax=$maxzoom", $title)"""

_OGR2OGR = """ogr2ogr $tileset-$maxzoom.gpkg "MVT:$base/tiles/$tileset/$maxzoom" -t_srs EPSG:5514 \\
  -oo TILE_EXTENSION=mvt -oo METADATA_FILE=$base/tiles/$tileset.json"""

_FOLIUM = """import folium
from geoportal.maps.tiles import Libraries, Rule, VectorTiles

place = folium.Map([$lat, $lon], zoom_start=9)
VectorTiles(
    "$base/tiles/$tileset.json",
    [Rule("$layer", "line", {"line-color": "#0b6e4f"})],
    libraries=Libraries.below("$base/static"),
).add_to(place)
place.save("mapa.html")"""

_HEAD = """<!DOCTYPE html>
<html lang="cs">
<meta charset="utf-8">
<title>$title_html</title>
"""

_MAPLIBRE = (
    _HEAD
    + """<link rel="stylesheet" href="$base/static/vendor/maplibre-gl/maplibre-gl.css">
<style>html, body, #map { height: 100%; margin: 0 }</style>
<div id="map"></div>
<script type="module">
import { Map, NavigationControl } from "$base/static/vendor/maplibre-gl/maplibre-gl.mjs";

const map = new Map({
  container: "map",
  bounds: [$west, $south, $east, $north],
  style: {
    version: 8,
    sources: { $source: { type: "vector", url: "$base/tiles/$tileset.json" } },
    layers: $layers,
  },
});
map.addControl(new NavigationControl());
</script>
</html>"""
)

_LEAFLET = (
    _HEAD
    + """<link rel="stylesheet" href="$base/static/vendor/leaflet/leaflet.css">
<link rel="stylesheet" href="$base/static/vendor/maplibre-gl/maplibre-gl.css">
<script src="$base/static/vendor/leaflet/leaflet.js"></script>
<style>html, body, #map { height: 100%; margin: 0 }</style>
<div id="map"></div>
<script type="module">
import * as maplibregl from "$base/static/vendor/maplibre-gl/maplibre-gl.mjs";

globalThis.maplibregl = maplibregl;
await import("$base/static/vendor/maplibre-gl-leaflet/leaflet-maplibre-gl.js");
const map = L.map("map").fitBounds([[$south, $west], [$north, $east]]);
L.maplibreGL({
  style: {
    version: 8,
    sources: { $source: { type: "vector", url: "$base/tiles/$tileset.json" } },
    layers: $layers,
  },
}).addTo(map);
</script>
</html>"""
)

_CLIENTS = (
    ("qgis", "QGIS", "python", _QGIS),
    ("maplibre", "JavaScript (MapLibre)", "html", _MAPLIBRE),
    ("leaflet", "JavaScript (Leaflet)", "html", _LEAFLET),
    ("folium", "Python (Folium)", "python", _FOLIUM),
    ("ogr2ogr", "ogr2ogr", "shell", _OGR2OGR),
)


def tile_recipes(target: TileTarget) -> tuple[Recipe, ...]:
    """A recipe for each client, the one that needs no programming first."""
    west, south, east, north = (round(value, 3) for value in target.bounds)
    drawn = [rule.drawn(number) for number, rule in enumerate(target.rules)]
    values = {
        "base": target.base, "tileset": target.tileset, "layer": target.rules[0].layer, "source": SOURCE,
        "title": json.dumps(target.title, ensure_ascii=False), "title_html": escape(target.title),
        "minzoom": target.minzoom, "maxzoom": target.maxzoom,
        "west": west, "south": south, "east": east, "north": north,
        "lon": round((west + east) / 2, 3), "lat": round((south + north) / 2, 3),
        "layers": "[\n" + "".join(f"      {json.dumps(layer)},\n" for layer in drawn) + "    ]",
    }  # fmt: skip
    return tuple(
        Recipe(client, name, language, Template(code).substitute(values)) for client, name, language, code in _CLIENTS
    )
