"""Recipes: how each client takes a layer, ready to be copied, with the real address in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from string import Template

from geoportal.site import Bounds


@dataclass(frozen=True)
class Recipe:
    """``code``, written in ``language``, for ``client``; the words around it are the text ``recipes.<client>``."""

    client: str
    name: str
    language: str
    code: str


@dataclass(frozen=True)
class Target:
    """The layer that recipes are for. ``base`` is the service's address without a slash, ``bounds`` in degrees."""

    base: str
    layer: str
    title: str
    label: str
    geometry: str
    attribution: str
    bounds: Bounds

    @property
    def variable(self) -> str:
        """The layer's id as a variable may be called."""
        return self.layer.replace("-", "_")


_QGIS = """iface.addVectorLayer("url='$base/' typename='$layer'", $title, "OAPIF")"""

_OGR2OGR = """ogr2ogr -t_srs EPSG:5514 $layer.gpkg "OAPIF:$base/" $layer"""

_GEOPANDAS = """import geopandas

$variable = geopandas.read_file("$base/layers/$layer.geojson").to_crs(5514)
print($variable.head())"""

_R = """library(sf)

$variable <- st_transform(st_read("$base/layers/$layer.geojson"), 5514)
plot(st_geometry($variable))"""

_LEAFLET = """<!DOCTYPE html>
<html lang="cs">
<meta charset="utf-8">
<title>$title_html</title>
<link rel="stylesheet" href="$base/static/vendor/leaflet/leaflet.css">
<script src="$base/static/vendor/leaflet/leaflet.js"></script>
<style>html, body, #map { height: 100%; margin: 0 }</style>
<div id="map"></div>
<script type="module">
const map = L.map("map").fitBounds([[$south, $west], [$north, $east]]);
const features = await (await fetch("$base/layers/$layer.geojson")).json();
L.geoJSON(features, {
  attribution: $attribution,
  pointToLayer: (feature, place) => L.circleMarker(place, { radius: 6 }),
}).bindPopup((part) => document.createTextNode(part.feature.properties[$label])).addTo(map);
</script>
</html>"""

_MAPLIBRE = """<!DOCTYPE html>
<html lang="cs">
<meta charset="utf-8">
<title>$title_html</title>
<link rel="stylesheet" href="maplibre-gl.css">
<style>html, body, #map { height: 100%; margin: 0 }</style>
<div id="map"></div>
<script type="module">
import { Map, NavigationControl } from "./maplibre-gl.mjs";

const map = new Map({
  container: "map",
  bounds: [$west, $south, $east, $north],
  style: {
    version: 8,
    sources: { $variable: { type: "geojson", data: "$base/layers/$layer.geojson", attribution: $attribution } },
    layers: [{ id: "$layer", source: "$variable", type: "$drawn", paint: $paint }],
  },
});
map.addControl(new NavigationControl());
</script>
</html>"""

_CLIENTS = (
    ("qgis", "QGIS", "python", _QGIS),
    ("arcgis", "ArcGIS Pro", "url", "$base/"),
    ("ogr2ogr", "ogr2ogr", "shell", _OGR2OGR),
    ("geopandas", "Python (geopandas)", "python", _GEOPANDAS),
    ("r", "R (sf)", "r", _R),
    ("leaflet", "JavaScript (Leaflet)", "html", _LEAFLET),
    ("maplibre", "JavaScript (MapLibre)", "html", _MAPLIBRE),
)
_DRAWN = {
    "point": ("circle", {"circle-radius": 6, "circle-color": "#0b6e4f"}),
    "line": ("line", {"line-width": 2, "line-color": "#0b6e4f"}),
    "polygon": ("fill", {"fill-color": "#0b6e4f", "fill-opacity": 0.3, "fill-outline-color": "#0b6e4f"}),
}


def recipes(target: Target) -> tuple[Recipe, ...]:
    """A recipe for each client, those that need no programming first."""
    west, south, east, north = (round(value, 3) for value in target.bounds)
    drawn, paint = _DRAWN[target.geometry]
    values = {
        "base": target.base, "layer": target.layer, "variable": target.variable, "label": _script_text(target.label),
        "title": json.dumps(target.title, ensure_ascii=False), "title_html": escape(target.title),
        "attribution": _script_text(target.attribution), "drawn": drawn, "paint": json.dumps(paint),
        "west": west, "south": south, "east": east, "north": north,
    }  # fmt: skip
    return tuple(
        Recipe(client, name, language, Template(code).substitute(values)) for client, name, language, code in _CLIENTS
    )


def _script_text(text: str) -> str:
    """A string as JavaScript writes it inside a ``<script>``."""
    return json.dumps(text, ensure_ascii=False).replace("</", "<\\/")
