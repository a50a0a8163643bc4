from __future__ import annotations

import json
import re
from typing import Any

import folium
import pytest

from geoportal.maps.tiles import Libraries, Rule, VectorTiles, plain_rules, tiles_map
from tests.maps.test_shell import CANVAS

LIBRARIES = Libraries.below("/static")
ROADS = Rule(
    "silnice",
    "line",
    {"line-color": "#666", "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.5, 14, 4]},
    {"line-cap": "round"},
    filter=["==", ["get", "trida"], "I"],
    minzoom=6,
)


def description(html: str) -> Any:
    """What the script of a page gives to MapLibre."""
    found = re.search(r"L\.maplibreGL\((\{.*\})\)\);", html)
    assert found
    return json.loads(found[1])


def test_any_folium_map_takes_the_layer_and_its_layer_control() -> None:
    place = folium.Map([50.77, 15.06], tiles=None)
    layer = VectorTiles("/tiles/zaklad.json", [ROADS], libraries=LIBRARIES, name="Silnice").add_to(place)
    folium.LayerControl().add_to(place)
    html = place.get_root().render()
    assert f"var {layer.get_name()} = L.layerGroup();" in html
    assert f"{layer.get_name()}.addTo({place.get_name()});" in html
    assert f'"Silnice" : {layer.get_name()}' in html
    assert '<link rel="stylesheet" href="/static/vendor/maplibre-gl/maplibre-gl.css"/>' in html


def test_a_rule_becomes_a_layer_of_a_maplibre_style() -> None:
    place = folium.Map(tiles=None)
    VectorTiles("/tiles/zaklad.json", [ROADS, ROADS], libraries=LIBRARIES, promote_id="kod").add_to(place)
    style = description(place.get_root().render())["style"]
    assert style["version"] == 8
    assert style["sources"] == {"tiles": {"type": "vector", "url": "/tiles/zaklad.json", "promoteId": "kod"}}
    first, second = style["layers"]
    assert first["id"] != second["id"]
    assert (first["source"], first["source-layer"], first["type"]) == ("tiles", "silnice", "line")
    assert first["paint"] == dict(ROADS.paint)
    assert first["layout"] == dict(ROADS.layout)
    assert (first["filter"], first["minzoom"]) == (ROADS.filter, 6)
    assert "maxzoom" not in first


def test_a_template_of_tiles_brings_its_zooms_and_its_attribution() -> None:
    address = "https://tiles.example/{z}/{x}/{y}.mvt"
    layer = VectorTiles(address, [ROADS], libraries=LIBRARIES, zooms=(6, 12), attribution="© ČÚZK")
    assert layer.description["style"]["sources"]["tiles"] == {
        "type": "vector", "tiles": [address], "minzoom": 6, "maxzoom": 12, "attribution": "© ČÚZK",
    }  # fmt: skip


def test_a_whole_style_goes_to_maplibre_as_it_is() -> None:
    address = "https://tiles.example/style.json"
    layer = VectorTiles(style=address, libraries=LIBRARIES, attribution="© ČÚZK", options={"interactive": True})
    assert layer.description == {
        "style": address, "interactive": True, "attributionControl": {"customAttribution": "© ČÚZK"},
    }  # fmt: skip


@pytest.mark.parametrize("given", [{}, {"tiles": "/tiles/obce.json", "style": "/styles/svetly.json"}])
def test_tiles_or_a_style_must_be_given_and_not_both(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="either 'tiles'"):
        VectorTiles(libraries=LIBRARIES, **given)


def test_nothing_given_can_leave_the_script() -> None:
    rule = Rule("</script>", "line", {"line-color": "</script><script>alert(1)"})
    shell = tiles_map(CANVAS, VectorTiles("/tiles/</script>.json", [rule], libraries=LIBRARIES))
    assert "</script>" not in shell.script


def test_equal_maps_are_equal_bytes_and_load_only_from_our_own_server() -> None:
    first, second = (
        tiles_map(CANVAS, VectorTiles("/tiles/obce.json", plain_rules(["obce"]), libraries=LIBRARIES)) for _ in range(2)
    )
    assert first == second
    loaded = re.findall(r'(?:src|href|import)[=(]"([^"]+)"', first.links + first.libraries + first.script)
    assert len(loaded) == 5
    assert all(address.startswith("/static/vendor/") for address in loaded)


def test_plain_rules_show_every_layer_whatever_its_geometry() -> None:
    rules = plain_rules([f"vrstva-{number}" for number in range(9)])
    assert {(rule.layer, rule.type) for rule in rules} == {
        (f"vrstva-{number}", kind) for number in range(9) for kind in ("fill", "line", "circle")
    }


def test_the_layer_does_not_bring_pandas_into_a_worker() -> None:
    import subprocess
    import sys

    code = "import sys, geoportal.maps.tiles; sys.exit('pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
