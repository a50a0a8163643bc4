"""The shell of a map: a Folium map with our own libraries, rendered into the parts that a page template places."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, cast

from geoportal.maps.basemap import Basemap
from geoportal.maps.contents import Content, Overlay, Thematic
from geoportal.maps.door import CssLink, Figure, JavascriptLink, Map, Template
from geoportal.site import Bounds

ZOOMS = (7, 17)


@dataclass(frozen=True)
class Canvas:
    """What every map needs: the box it starts with, its name for screen readers, where libraries are, and its words.

    ``words`` are pairs of key and text for the page's script; ``zoom_in`` and ``zoom_out`` must be among them.
    ``report_url``: where popups lead to report a mistake; empty where they do not.
    """

    bounds: Bounds
    name: str
    static_url: str
    about_url: str
    about_label: str
    language: str
    words: tuple[tuple[str, str], ...]
    basemap: Basemap = field(default_factory=Basemap)
    report_url: str = ""


@dataclass(frozen=True)
class Shell:
    """A rendered map: ``links`` belong in the head, ``element`` where the map stands, the scripts at the end.

    ``script`` is inline; a Content-Security-Policy allows it by ``script_hash``.
    """

    links: str
    element: str
    libraries: str
    script: str

    @property
    def script_hash(self) -> str:
        """The source expression for ``script-src``, without quotes."""
        return "sha256-" + base64.b64encode(hashlib.sha256(self.script.encode()).digest()).decode()


class PortalMap(Map):
    """A Folium map without base tiles that loads Leaflet from our own server and nothing else."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="map needs-script" id="{{ this.get_name() }}"
            role="region" aria-label="{{ this.canvas.name|e }}"></div>
        {% endmacro %}

        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }},
            ...{{ this.options|tojavascript }},
            ...(matchMedia("(prefers-reduced-motion: reduce)").matches
                ? {zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false}
                : {})
        });
        var portal = {
            map: {{ this.get_name() }},
            language: {{ this.canvas.language|tojson }},
            words: {{ this.words|tojson }},
            report: {{ this.canvas.report_url|tojson }},
            basemap: {{ this.basemap|tojson }},
            overlays: [],
            thematic: [],
        };
        L.control.zoom({zoomInTitle: portal.words.zoom_in, zoomOutTitle: portal.words.zoom_out}).addTo(portal.map);
        portal.map.fitBounds({{ this.box|tojson }}, {padding: [8, 8], animate: false});
        L.control.scale({imperial: false, position: "topright"}).addTo(portal.map);
        portal.map.attributionControl.setPrefix({{ this.prefix|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, canvas: Canvas) -> None:
        west, south, east, north = canvas.bounds
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2],
            tiles=None,
            zoom_control="topleft",
            min_zoom=ZOOMS[0],
            max_zoom=ZOOMS[1],
            zoom_snap=0.25,
        )
        self.options.update(min_zoom=ZOOMS[0], max_zoom=ZOOMS[1])
        self.canvas = canvas
        self.words = dict(canvas.words)
        self.basemap = asdict(canvas.basemap) | {"styles": dict(canvas.basemap.styles)}
        self.prefix = f'<a href="{canvas.about_url}">{canvas.about_label}</a>'
        # On the instance, since Folium's own lists belong to the class and name four CDNs.
        self.default_js = [("leaflet", f"{canvas.static_url}/vendor/leaflet/leaflet.js")]
        self.default_css = [("leaflet_css", f"{canvas.static_url}/vendor/leaflet/leaflet.css")]
        self.box = [[south, west], [north, east]]  # not Folium's fit_bounds: nothing is to move while a page opens

    def shell(self) -> Shell:
        """The rendered parts; Folium's random element ids are numbered, so that equal maps are equal bytes."""
        figure = cast(Figure, self.get_root())
        figure.render()
        head = figure.header._children.values()
        parts = (
            "\n".join(link.render() for link in head if isinstance(link, CssLink)),
            figure.html.render().strip(),
            "\n".join(link.render() for link in head if isinstance(link, JavascriptLink)),
            figure.script.render(),
        )
        for number, element_id in enumerate(_ids(figure.to_dict())):
            parts = tuple(part.replace(element_id, str(number)) for part in parts)  # type: ignore[assignment]
        return Shell(*parts)


def _ids(tree: dict[str, Any]) -> Iterator[str]:
    yield tree["id"]
    for child in tree.get("children", {}).values():
        yield from _ids(child)


@lru_cache(maxsize=64)
def layers_map(canvas: Canvas, overlays: tuple[Overlay, ...]) -> Shell:
    """The shell of a map with ``overlays``."""
    portal_map = PortalMap(canvas)
    for overlay in overlays:
        Content("overlays", overlay).add_to(portal_map)
    return portal_map.shell()


@lru_cache(maxsize=64)
def thematic_map(canvas: Canvas, thematic: Thematic, overlays: tuple[Overlay, ...] = ()) -> Shell:
    """The shell of the atlas, with the layers that may be laid over it."""
    portal_map = PortalMap(canvas)
    Content("thematic", thematic).add_to(portal_map)
    for overlay in overlays:
        Content("overlays", overlay).add_to(portal_map)
    return portal_map.shell()
