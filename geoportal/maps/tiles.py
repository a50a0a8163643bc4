"""Vector tiles on a Folium map, drawn by MapLibre GL inside Leaflet; and a plain map of one tileset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geoportal.maps.door import JSCSSMixin, Layer, Template
from geoportal.maps.shell import Canvas, PortalMap, Shell

SOURCE = "tiles"
_COLOURS = ("#0b6e4f", "#2b6ca3", "#9a5b13", "#7a3e8e", "#55615c", "#a33b5a")


@dataclass(frozen=True)
class Rule:
    """How one layer of a tileset is drawn, in the words of the MapLibre style specification.

    ``layer``: its id in the tiles (``source-layer``). ``type``: ``fill``, ``line``, ``circle``, ``symbol`` …, and
    ``paint`` and ``layout`` hold the properties of that type. ``filter``: an expression that a feature must meet.
    """

    layer: str
    type: str
    paint: Mapping[str, Any] = field(default_factory=dict)
    layout: Mapping[str, Any] = field(default_factory=dict)
    filter: Sequence[Any] | None = None
    minzoom: float | None = None
    maxzoom: float | None = None

    def drawn(self, number: int) -> dict[str, Any]:
        """The rule as a layer of a MapLibre style; ``number`` makes its id unlike all others."""
        optional = {"filter": self.filter, "minzoom": self.minzoom, "maxzoom": self.maxzoom}
        return {
            "id": f"{self.layer}-{number}",
            "type": self.type,
            "source": SOURCE,
            "source-layer": self.layer,
            "paint": dict(self.paint),
            "layout": dict(self.layout),
            **{name: value for name, value in optional.items() if value is not None},
        }


@dataclass(frozen=True)
class Libraries:
    """Addresses of what draws vector tiles: MapLibre GL JS (5 or later, a module), its style sheet, and the binding.

    ``binding`` is ``leaflet-maplibre-gl.js`` of the npm package ``@maplibre/maplibre-gl-leaflet``.
    """

    maplibre: str
    css: str
    binding: str

    @classmethod
    def below(cls, static_url: str) -> Libraries:
        """The ones that our service serves."""
        gl = f"{static_url}/vendor/maplibre-gl/maplibre-gl"
        return cls(f"{gl}.mjs", f"{gl}.css", f"{static_url}/vendor/maplibre-gl-leaflet/leaflet-maplibre-gl.js")


class VectorTiles(JSCSSMixin, Layer):
    """A Folium layer that draws vector tiles; it can be added to any Folium map and stand in its layer control.

    Give either ``tiles`` with ``rules``, or ``style``:

    - ``tiles``: the address of a TileJSON, or of a tile with ``{z}``, ``{x}`` and ``{y}`` in it.
    - ``rules``: how the layers of the tileset are drawn, those further up later.
    - ``style``: a whole MapLibre style, as an object or as its address.

    And further:

    - ``libraries``: where MapLibre GL and its binding for Leaflet are loaded from. They are loaded once the map
      stands, and once for all such layers of a page.
    - ``promote_id``: the property that becomes the features' id, so that values can be joined in the browser with
      ``setFeatureState``; tiles whose features have a number for an id need none.
    - ``zooms``: the zooms of the tiles where ``tiles`` has ``{z}``; a TileJSON tells them itself.
    - ``attribution``: what the map must name; a TileJSON and a style tell it themselves.
    - ``options``: further options of MapLibre's ``Map`` and of the binding, such as ``{"interactive": True}``.
    - ``name``, ``overlay``, ``control``, ``show``: as for every layer of Folium.

    Where the browser can't draw (no WebGL, or a library missing), the layer stays empty and fires ``tileserror``.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup();
        (async (group) => {
            globalThis.maplibregl ??= await import({{ this.libraries.maplibre|tojson }});
            if (!L.maplibreGL) await import({{ this.libraries.binding|tojson }});
            group.addLayer(L.maplibreGL({{ this.description|tojson }}));
        })({{ this.get_name() }}).catch((error) => {{ this.get_name() }}.fire("tileserror", {error}));
        {% endmacro %}
        """
    )

    def __init__(
        self,
        tiles: str | None = None,
        rules: Sequence[Rule] = (),
        *,
        libraries: Libraries,
        style: str | Mapping[str, Any] | None = None,
        promote_id: str | None = None,
        zooms: tuple[int, int] = (0, 14),
        attribution: str | None = None,
        options: Mapping[str, Any] | None = None,
        name: str | None = None,
        overlay: bool = True,
        control: bool = True,
        show: bool = True,
    ) -> None:
        if (tiles is None) == (style is None):
            raise ValueError("give either 'tiles' (with 'rules') or 'style'")
        if tiles is not None:
            style = _style(_source(tiles, promote_id, zooms, attribution), rules)
        super().__init__(name=name, overlay=overlay, control=control, show=show)
        self._name = "VectorTiles"
        self.libraries = libraries
        self.description = {**(options or {}), "style": style}
        if attribution and tiles is None:
            self.description["attributionControl"] = {"customAttribution": attribution}
        # On the instance, since Folium's own lists belong to the class.
        self.default_css = [("maplibre_gl_css", libraries.css)]


def _source(tiles: str, promote_id: str | None, zooms: tuple[int, int], attribution: str | None) -> dict[str, Any]:
    source: dict[str, Any] = {"type": "vector"}
    if "{z}" in tiles:
        source |= {"tiles": [tiles], "minzoom": zooms[0], "maxzoom": zooms[1]}
    else:
        source["url"] = tiles
    optional = {"promoteId": promote_id, "attribution": attribution}
    return source | {key: value for key, value in optional.items() if value}


def _style(source: Mapping[str, Any], rules: Sequence[Rule]) -> dict[str, Any]:
    layers = [rule.drawn(number) for number, rule in enumerate(rules)]
    return {"version": 8, "sources": {SOURCE: source}, "layers": layers}


def plain_rules(layers: Sequence[str]) -> list[Rule]:
    """Rules that show all of a tileset's layers, each in one colour, whatever its geometry is."""
    rules = []
    for number, layer in enumerate(layers):
        colour = _COLOURS[number % len(_COLOURS)]
        rules += [
            Rule(layer, "fill", {"fill-color": colour, "fill-opacity": 0.12}, filter=_of("Polygon")),
            Rule(layer, "line", {"line-color": colour, "line-width": 1.2}, filter=["!", _of("Point")]),
            Rule(layer, "circle", {"circle-color": colour, "circle-radius": 4}, filter=_of("Point")),
        ]
    return rules


def _of(geometry: str) -> list[Any]:
    return ["==", ["geometry-type"], geometry]


def tiles_map(canvas: Canvas, layer: VectorTiles) -> Shell:
    """The shell of a map of one layer of vector tiles."""
    portal_map = PortalMap(canvas)
    layer.add_to(portal_map)
    return portal_map.shell()
