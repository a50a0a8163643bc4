from __future__ import annotations

import re

from geoportal.cards import load_inventory
from geoportal.encode.style import COLOURS, HALO, INK, look_of
from tests.conftest import ROOT
from tests.encode.squares_layer import card


def test_colours_are_those_of_the_stylesheet() -> None:
    sheet = (ROOT / "static/css/geoportal.css").read_text(encoding="utf-8")
    light = dict(reversed(re.findall(r"--map-([a-z-]+): (#[0-9a-f]{6});", sheet.split("@media")[0])))
    assert {name: light[name] for name in COLOURS} == COLOURS
    assert (light["ink"], light["halo"]) == (INK, HALO)


def test_every_card_has_a_colour_of_its_own_choice() -> None:
    chosen = {name: layer.style.colour for name, layer in load_inventory(ROOT).layers.items()}
    assert {name: colour for name, colour in chosen.items() if colour not in COLOURS} == {}


def test_boundaries_are_not_filled_and_areas_are() -> None:
    assert look_of(card(style={"order": 40})).fill_opacity == 0
    assert look_of(card(style={"order": 39})).fill_opacity == 0.35


def test_width_in_millimetres_is_that_of_css_pixels() -> None:
    assert look_of(card(style={"width": 96})).width_mm == 25.4


def test_colour_that_only_a_regions_stylesheet_knows_is_the_general_one() -> None:
    assert look_of(card(style={"colour": "own"})).colour == COLOURS["layer"]
