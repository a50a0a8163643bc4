from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import folium
import pytest

from geoportal.maps.contents import Overlay, Thematic
from geoportal.maps.shell import Canvas, layers_map, thematic_map

CANVAS = Canvas(
    bounds=(14.25, 50.5, 15.75, 51.0),
    name='Mapa "vrstev" <b>',
    static_url="/static",
    about_url="/o-datech",
    about_label="O datech",
    language="cs",
    words=(("zoom_in", "Přiblížit"), ("zoom_out", "Oddálit")),
)
OVERLAY = Overlay(
    id="obce",
    title="Obce </script><script>alert(1)</script>",
    url="/layers/obce.geojson",
    items_url="/collections/obce/items",
    geometry="polygon",
    label="nazev",
    fields=(("nazev", "Název"),),
    attribution="© ČÚZK",
    hub="https://www.datalk.cz/datasets/38d9797b83044ada9c674c08b54f8548_0",
)
THEMATIC = Thematic(
    state_url="/mapa/indikatory.json",
    page_url="/mapa/indikatory",
    unit_urls=(("obec", "/obec/"),),
    radius=28.0,
    bivariate=(("#e8e8e8", "#5ac8c8"), ("#be64ac", "#3b4994")),
)


@pytest.fixture(params=["layers", "thematic"])
def shell(request):
    return layers_map(CANVAS, (OVERLAY,)) if request.param == "layers" else thematic_map(CANVAS, THEMATIC, (OVERLAY,))


def test_nothing_is_loaded_from_another_host(shell):
    loaded = re.findall(r'(?:src|href)="([^"]+)"', shell.links + shell.libraries)
    assert loaded == ["/static/vendor/leaflet/leaflet.css", "/static/vendor/leaflet/leaflet.js"]


def test_no_code_is_loaded_that_leaflet_does_not_need(shell):
    assert not re.search("jquery|bootstrap|fontawesome|awesome|cdn", shell.links + shell.libraries + shell.script)


def test_foliums_own_lists_stay_as_they_are(shell):
    assert any("cdn.jsdelivr.net" in url for _, url in folium.Map.default_js)


def test_equal_maps_are_equal_bytes():
    first = layers_map(CANVAS, (OVERLAY,))
    layers_map.cache_clear()
    second = layers_map(CANVAS, (OVERLAY,))
    assert first is not second
    assert first == second


def test_element_ids_are_numbers_and_data_keep_theirs(shell):
    assert re.search(r'id="map_\d+"', shell.element)
    assert not re.search(r"_[0-9a-f]{32}", shell.script.replace("items/", ""))


def test_identifiers_in_addresses_are_not_renumbered():
    assert OVERLAY.hub in layers_map(CANVAS, (OVERLAY,)).script


def test_latitude_comes_first_where_leaflet_is_called_and_nowhere_else(shell):
    assert "center: [50.75, 15.0]" in shell.script
    assert "[[50.5, 14.25], [51.0, 15.75]]" in shell.script


def test_the_map_has_a_name_and_markup_in_it_is_text(shell):
    assert 'role="region"' in shell.element
    assert "<b>" not in shell.element


def test_titles_from_data_cannot_leave_the_script():
    script = layers_map(CANVAS, (OVERLAY,)).script
    assert "</script" not in script
    pushed = json.loads(re.search(r"portal\.overlays\.push\((.*)\);", script)[1])
    assert pushed["title"] == OVERLAY.title


def test_features_are_referenced_and_never_embedded(shell):
    assert "/layers/obce.geojson" in shell.script
    assert "coordinates" not in shell.script
    assert len(shell.script) < 4000


def test_another_overlay_gives_another_hash():
    one, other = layers_map(CANVAS, (OVERLAY,)), layers_map(CANVAS, (replace(OVERLAY, on=True),))
    assert one.script_hash != other.script_hash
    assert re.fullmatch(r"sha256-[A-Za-z0-9+/]{43}=", one.script_hash)


def test_shells_do_not_need_pandas():
    code = (
        "import sys, geoportal.maps.shell; assert 'pandas' not in sys.modules; import pandas; assert pandas.DataFrame"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_nothing_moves_while_a_map_opens(shell):
    """A view that is still on its way would undo one that a script of the page sets."""
    (fitted,) = re.findall(r"fitBounds\((.*?)\);", shell.script)
    assert "animate: false" in fitted
