"""Every state of the atlas has a picture that shows it: two indicators, layers above, chosen units."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import numpy as np
import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.atlas.palette import BIVARIATE, CIRCLE_OVER
from geoportal.settings import Settings
from geoportal.web.screens.picture.layers import map_colours
from tests.conftest import ROOT
from tests.web.test_figures import SVG, drawing, units, words

VOTES = "/indicators/ucast-psp/map.svg"
PAGE = "/mapa/indikatory?ukazatel=ucast-psp"
LIBEREC, FRYDLANT = "563889", "564028"


def state(api: FlaskClient, query: str) -> dict:
    return api.get(f"/mapa/indikatory.json?ukazatel=ucast-psp&{query}").json


def fills(root, group: str = "uzemi") -> dict[str, str]:
    paths = root.findall(f".//{SVG}g[@id='{group}']/{SVG}path")
    return {path.attrib["data-code"]: path.attrib["fill"] for path in paths}


def test_two_shares_have_the_colours_of_the_page(api: FlaskClient) -> None:
    held = state(api, "druhy=podil-65-plus")
    columns, rows = held["pairs"][-1]["thirds"]
    wanted = {
        code: BIVARIATE[int(row)][int(column)]
        for code, column, row in zip(held["units"]["codes"], columns, rows, strict=True)
    }
    root = drawing(api, f"{VOTES}?second=podil-65-plus")
    assert fills(root) == wanted
    boxes = [box.attrib["fill"] for box in root.findall(f".//{SVG}g[@id='legenda']/{SVG}rect")]
    assert boxes == [colour for row in BIVARIATE for colour in row]
    told = [int(text) for text in words(root, "legenda") if text.isdecimal()]
    assert told == [count for row in held["pairs"][-1]["square"] for count in row]
    assert held["pairs"][-1]["finding"] in " ".join(words(root, "nadpis"))


def test_a_unit_without_one_of_two_values_is_hatched(built_settings: Settings) -> None:
    client = create_app(built_settings).test_client()
    root = drawing(client, "/indicators/nezamestnanost/map.svg?second=podil-65-plus")
    drawn = Counter(path.attrib["fill"] for path in units(root))
    assert drawn["url(#missing)"] == 3
    assert "bez údaje" in words(root, "legenda")


def test_a_count_lies_as_circles_above_a_share(api: FlaskClient) -> None:
    root = drawing(api, f"{VOTES}?second=obyvatel&level=orp")
    assert len(set(fills(root).values())) == 5
    circles = root.findall(f".//{SVG}g[@id='kruhy']/{SVG}circle")
    assert {circle.attrib["fill"] for circle in circles} == {CIRCLE_OVER}
    held = api.get("/indicators/obyvatel/values?level=orp&f=json").json
    values = held["values"]
    areas = {circle.attrib["data-code"]: float(circle.attrib["r"]) ** 2 for circle in circles}
    ratios = [areas[row["code"]] / row["value"] for row in values]
    assert max(ratios) == pytest.approx(min(ratios), rel=0.01)
    assert f"Počet obyvatel, {held['period']} (obyvatel)" in " ".join(words(root, "legenda"))


def test_two_periods_side_by_side_share_their_classes_and_their_scale(api: FlaskClient) -> None:
    root = drawing(api, f"{VOTES}?second_period=1996")
    held = state(api, "druhe_obdobi=1996")
    codes = held["units"]["codes"]
    for group, pane, at in (("uzemi", 0, -1), ("uzemi-2", 1, 0)):
        view = held["panes"][pane]["views"][at]
        wanted = {code: view["colours"][int(mark)] for code, mark in zip(codes, view["marks"], strict=True)}
        assert fills(root, group) == wanted
    ranges = [[text for text in words(root, name) if " až " in text] for name in ("legenda", "legenda-2")]
    assert ranges[0] == ranges[1]
    assert words(root, "nazev-mapy") + words(root, "nazev-mapy-2") == [
        "Odvozená účast ve volbách do Poslanecké sněmovny, 2013",
        "Odvozená účast ve volbách do Poslanecké sněmovny, 1996",
    ]
    assert words(root, "meritko") == words(root, "meritko-2")


def test_layers_lie_above_as_opaque_as_they_were_asked_for(api: FlaskClient) -> None:
    root = drawing(api, f"{VOTES}?overlays=zzs:40")
    pins = root.findall(f".//{SVG}g[@id='vrstva-zzs']/{SVG}circle")
    served = api.get("/layers/zzs.geojson").json
    assert len(pins) == len(served["features"])
    assert {pin.attrib["fill-opacity"] for pin in pins} == {"0.4"}
    assert {pin.attrib["fill"] for pin in pins} == {map_colours(ROOT / "static/css/geoportal.css")["ambulance"]}
    assert "Výjezdové základny záchranné" in words(root, "legenda")
    assert "DataLK" in " ".join(words(root, "zdroj"))


def test_a_layer_lies_where_the_units_lie(api: FlaskClient) -> None:
    """The boundary of the region as a layer runs along the outline of the region."""
    root = drawing(api, "/indicators/nezamestnanost/map.svg?level=kraj&overlays=kraj")
    (unit,) = units(root)
    layer = root.find(f".//{SVG}g[@id='vrstva-kraj']/{SVG}path")
    boxes = [corners(path.attrib["d"]) for path in (unit, layer)]
    assert boxes[0] == pytest.approx(boxes[1], abs=1.5)


def corners(path: str) -> list[float]:
    """The box around a path of relative lines."""
    points = []
    for ring in re.findall(r"M([^z]+)z", path):
        moves = np.array([[float(n) for n in pair.split(",")] for pair in ring.replace("l", " ").split()])
        points.append(np.cumsum(moves, axis=0))
    every = np.concatenate(points)
    return [*every.min(axis=0), *every.max(axis=0)]


def test_chosen_units_are_outlined_named_and_told(api: FlaskClient) -> None:
    root = drawing(api, f"{VOTES}?chosen={LIBEREC},{FRYDLANT}")
    assert len(root.findall(f".//{SVG}g[@id='vybrane']/{SVG}path")) == 4
    assert {"Liberec", "Frýdlant"} <= set(words(root, "mesta"))
    legend = words(root, "legenda")
    told = ["Liberec", "60,0\u00a0%", "Frýdlant", "52,1\u00a0%"]
    assert legend[legend.index("Vybraná území") + 1 :] == told


STATES = (
    "druhy=podil-65-plus",
    "druhy=obyvatel&uroven=orp",
    "druhe_obdobi=1996",
    "druhy=podil-65-plus&zobrazeni=vedle&metoda=stejne&tridy=4",
    f"vrstvy=zzs:40,pohotovosti&vyber={LIBEREC}",
    f"druhe_obdobi=1998&zobrazeni=dvojrozmerna&vyber={LIBEREC}&lang=en",
)


@pytest.mark.parametrize("query", STATES)
def test_the_page_of_every_state_leads_to_its_picture_and_that_back_to_the_page(api: FlaskClient, query: str) -> None:
    def pictures(path: str) -> list[str]:
        html = unescape(api.get(path, headers={"Accept": "text/html"}).get_data(as_text=True))
        return [link for link in re.findall(r'href="([^"]+)" download', html) if "/map." in link]

    shown = pictures(f"{PAGE}&{query}")
    assert len(shown) == 4
    root = drawing(api, shown[2])
    address = next(text for text in words(root, "zdroj") if "http://" in text).partition(" · ")[2]
    assert pictures(address.removeprefix("http://localhost")) == shown
    assert api.get(shown[3]).data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("second=obyvatele", 404, "obyvatele"),
        ("second_period=1666", 400, "second_period='1666'"),
        ("view=side", 400, "name the other one as 'second'"),
        ("second=podil-65-plus&view=circles", 400, "allowed: bivariate, side"),
        ("second=podil-65-plus&view=3d", 400, "bivariate"),
        ("overlays=rekky", 400, "overlays: 'rekky' is not a layer"),
        ("overlays=zzs:5", 400, "overlays='5'"),
        ("chosen=563889,999", 400, "chosen='999'"),
        ("chosen=" + ",".join(map(str, range(9))), 400, "at most 8"),
    ],
)
def test_what_can_not_be_drawn_is_refused(api: FlaskClient, query: str, status: int, said: str) -> None:
    answer = api.get(f"{VOTES}?{query}")
    assert answer.status_code == status
    assert said in answer.json["description"]


def test_a_citation_of_two_indicators_names_both(api: FlaskClient) -> None:
    told = api.get("/indicators/ucast-psp/citation?second=podil-65-plus").get_data(as_text=True)
    assert "Odvozená účast" in told
    assert "Podíl obyvatel ve věku 65 a více let" in told
    assert "druhy=podil-65-plus" in told


def test_a_layer_of_too_many_features_is_refused_by_name(api: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geoportal.web.screens.picture.layers.MOST", 3)
    answer = api.get(f"{VOTES}?overlays=zzs")
    assert answer.status_code == 400
    assert "a picture shows at most 3" in answer.json["description"]
