"""Map styles: valid, whole, ours to the last address, and readable in each look."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geoportal.app import create_app
from geoportal.cards import load_inventory
from geoportal.cards.style import StyleCard, load_styles
from geoportal.errors import Problems
from geoportal.schema import load_toml
from geoportal.settings import Settings
from geoportal.site import load_site
from geoportal.web.screens.canvas import LOOKS
from tests.conftest import ROOT
from tests.web.test_stylesheet import contrast

NAMES = sorted(path.stem for path in (ROOT / "tiles/styles").glob("*.toml"))
SPEC = ROOT / "static/node_modules/@maplibre/maplibre-gl-style-spec/dist/index.mjs"
SPRITE = ROOT / "static/vendor/sprites/zaklad.json"
VALIDATE = """
const { validateStyleMin } = await import(process.argv[1]);
let text = "";
for await (const part of process.stdin) text += part;
console.log(JSON.stringify(JSON.parse(text).map((style) => validateStyleMin(style).map((error) => error.message))));
"""


def values(name: str) -> dict[str, Any]:
    return load_toml(StyleCard, ROOT / f"tiles/styles/{name}.toml", name, id=name).values


def strings(part: Any) -> set[str]:
    if isinstance(part, str):
        return {part}
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return {text for one in inner for text in strings(one)}


def test_every_style_is_listed_and_leads_to_itself(get):
    listed = get("/styles")["styles"]
    assert sorted(style["id"] for style in listed) == NAMES
    for style in listed:
        assert get(style["url"].removeprefix("http://localhost"))["name"] == style["title"]


def test_every_look_of_a_page_has_a_style():
    assert set(LOOKS.values()) == set(NAMES)


@pytest.fixture(scope="module")
def served(built_settings) -> dict[str, Any]:
    client = create_app(built_settings).test_client()
    return {name: client.get(f"/styles/{name}.json").get_json() for name in NAMES}


def test_every_style_passes_the_validator_of_maplibre(served):
    node = Path(sys.executable).with_name("node")
    assert node.is_file()
    assert SPEC.is_file(), "static/node_modules is empty; run 'make static/vendor/.complete'"
    command = [str(node), "--input-type=module", "--eval", VALIDATE, SPEC.as_uri()]
    broken = {**served[NAMES[0]], "layers": [{"id": "a", "type": "fill", "source": "none"}]}
    told = subprocess.run(
        command, input=json.dumps([*served.values(), broken]), capture_output=True, text=True, check=True
    )
    *found, missed = json.loads(told.stdout)
    assert found == [[]] * len(NAMES)
    assert missed != []


def test_every_address_of_a_style_is_ours(served):
    for style in served.values():
        addresses = {text for text in strings(style) if "//" in text}
        assert addresses
        assert all(address.startswith("http://localhost/") for address in addresses)
    assert served["zaklad"]["sources"]["zaklad"]["url"] == "http://localhost/tiles/zaklad.json"


def test_addresses_stand_below_the_public_address(facts_settings):
    settings = Settings(home=ROOT, data=facts_settings.data, base_url="https://mapy.example.cz/kraj")
    style = create_app(settings).test_client().get("/styles/zaklad.json").get_json()
    assert style["glyphs"] == "https://mapy.example.cz/kraj/static/vendor/glyphs/{fontstack}/{range}.pbf"
    assert style["sources"]["zaklad"]["url"] == "https://mapy.example.cz/kraj/tiles/zaklad.json"


def test_a_style_asks_only_for_layers_and_fields_that_its_tiles_have(served, built_settings):
    tiles = create_app(built_settings).test_client().get("/tiles/zaklad.json").get_json()
    fields = {layer["id"]: set(layer["fields"]) for layer in tiles["vector_layers"]}
    for style in served.values():
        for layer in style["layers"]:
            if "source" in layer:
                asked = set(re.findall(r'\["(?:get|has)", "(\w+)"\]', json.dumps(layer)))
                assert asked <= fields[layer["source-layer"]], layer["id"]


def test_layers_without_tiles_are_left_out_and_all_others_are_there(get):
    whole = load_styles(ROOT)["zaklad"]["layers"]
    held = {layer["id"] for layer in get("/tiles/zaklad.json")["vector_layers"]}
    kept = [layer["id"] for layer in get("/styles/zaklad.json")["layers"]]
    assert "silnice-1" not in kept  # the facts have no roads
    assert kept == [layer["id"] for layer in whole if layer.get("source-layer") in {None, *held}]


def test_type_and_signs_that_styles_ask_for_are_made():
    signs = set(json.loads(SPRITE.read_bytes()))
    for style in load_styles(ROOT).values():
        for layer in style["layers"]:
            stacks = (
                {text for text in strings(layer["layout"].get("text-font")) if text[0].isupper()}
                if "layout" in layer
                else set()
            )
            assert all((ROOT / "static/vendor/glyphs" / stack / "0-255.pbf").is_file() for stack in stacks)
            if image := layer.get("layout", {}).get("icon-image"):
                assert image in signs


def test_zooms_6_to_15_show_something_and_names_come_last():
    layers = load_styles(ROOT)["zaklad"]["layers"]
    for zoom in range(6, 16):
        shown = {x["type"] for x in layers if x.get("minzoom", 0) <= zoom < x.get("maxzoom", 24)}
        assert shown >= {"background", "fill", "line", "symbol"}
    kinds = [layer["type"] for layer in layers]
    assert "symbol" not in kinds[: kinds.index("symbol")]
    assert set(kinds[kinds.index("symbol") :]) == {"symbol"}


GROUNDS = ("land", "forest", "water")


@pytest.mark.parametrize("name", ["zaklad", "zaklad-tmavy", "zaklad-kontrastni"])
def test_names_can_be_read(name):
    held = values(name)
    least = 7 if name == "zaklad-kontrastni" else 4.5
    for ground in (*GROUNDS, "halo"):
        assert contrast(held["ink"], held[ground]) >= least
    for ink in ("water-ink", "protected-ink"):
        assert contrast(held[ink], held["halo"]) >= 4.5


@pytest.mark.parametrize(
    "line", ["river", "boundary", "boundary-fine", "protected-edge", "road-edge", "road-edge-strong", "rail"]
)
def test_lines_of_the_high_contrast_look_can_be_seen(line):
    held = values("zaklad-kontrastni")
    assert contrast(held[line], held["land"]) >= 3


def test_an_unknown_style_is_refused_with_the_known_ones(api):
    answer = api.get("/styles/zakladni.json")
    assert answer.status_code == 404
    assert "did you mean 'zaklad'" in answer.get_json()["description"]


WRONG = {
    "a missing value": ('water = "#bfdcec"\n', "", "values: 'water' is missing; zaklad.json asks for it"),
    "a value that nothing asks for": ("[values]\n", '[values]\nsea = "#000000"\n', "values: no layer asks for 'sea'"),
    "an unknown layer": (
        "[values]\n",
        "[values]\n",
        "without: 'reka' is not a layer of zaklad.json; did you mean 'reky'",
    ),
    "an unknown structure": ('structure = "zaklad"', 'structure = "zaklat"', "structure: 'zaklat.json' does not exist"),
    "an unknown key": ('structure = "zaklad"', 'structure = "zaklad"\nlook = "dark"', "look: unknown key"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_in_a_style_is_named_with_the_other_mistakes_of_the_cards(home, mistake):
    before, after, sentence = WRONG[mistake]
    path = home / "tiles/styles/zaklad.toml"
    text = path.read_text(encoding="utf-8").replace(before, after)
    if "layer" in mistake and "unknown" in mistake:
        text = 'without = ["reka"]\n' + text
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problems) as error:
        load_inventory(home)
    assert any(problem.startswith("tiles/styles/zaklad.toml: " + sentence) for problem in error.value.problems)


def with_basemap(home: Path, old: str, new: str) -> Path:
    path = home / "geoportal.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return home


def test_maps_of_others_are_off_until_chosen():
    site = load_site(ROOT)
    assert site.basemap.use == ()
    assert site.basemap.origins == []
    assert {one.id for one in site.basemap.known} == {"ztm", "mapy", "osm"}
    assert all(one.attribution.startswith("©") for one in site.basemap.known)


def test_a_page_speaks_to_the_chosen_hosts_only(home, facts_settings):
    with_basemap(home, "[basemap]\nuse = []", '[basemap]\nuse = ["ztm"]')
    shutil.copytree(ROOT / "static/css", home / "static/css")
    answer = create_app(Settings(home=home, data=facts_settings.data)).test_client().get("/mapa/vrstvy")
    policy = answer.headers["Content-Security-Policy"]
    assert re.findall(r"https://[^ ;]+", policy) == ["https://ags.cuzk.gov.cz"]
    assert "img-src 'self' data: https://ags.cuzk.gov.cz;" in policy
    assert "MapServer/tile/{z}/{y}/{x}" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("use", "sentence"),
    [('["mapy"]', "'mapy' needs a key"), ('["google"]', "'google' is not a known map; allowed: mapy, osm, ztm")],
)
def test_a_map_that_cannot_be_shown_is_refused(home, use, sentence):
    with_basemap(home, "[basemap]\nuse = []", f"[basemap]\nuse = {use}")
    with pytest.raises(Problems, match=sentence):
        load_site(home)


def test_the_key_of_a_map_is_part_of_its_address(home):
    with_basemap(home, "[basemap]\nuse = []", '[basemap]\nuse = ["mapy"]')
    with_basemap(home, 'id = "mapy"\n', 'id = "mapy"\nkey = "abc"\n')
    (chosen,) = load_site(home).basemap.chosen
    assert chosen.address.endswith("?apikey=abc")
