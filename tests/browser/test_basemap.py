"""The basemap in a browser that can draw it, and in one that can't."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from geoportal.settings import Settings
from tests.browser.conftest import Visitor, until, violations, visit
from tests.conftest import ROOT, serving
from tests.web.test_styles import values

pytestmark = pytest.mark.browser

LAYERS, ATLAS, FINDER = "/mapa/vrstvy?vrstvy=zadne", "/mapa/indikatory?ukazatel=nezamestnanost", "/mapa/pohotovosti"
RENDERER = "maplibre-gl.mjs"

# The share of each colour among the pixels of the basemap; "0,0,0,0" is where nothing is drawn.
COLOURS = """() => {
    const gl = portal.basemapLayer.getMaplibreMap();
    return new Promise((done) => {
        gl.once("render", () => {
            const shown = gl.getCanvas();
            const copy = document.createElement("canvas");
            [copy.width, copy.height] = [shown.width, shown.height];
            const pen = copy.getContext("2d");
            pen.drawImage(shown, 0, 0);
            const { data } = pen.getImageData(0, 0, copy.width, copy.height);
            const counts = {};
            for (let i = 0; i < data.length; i += 4) {
                const colour = data.slice(i, i + 4).join();
                counts[colour] = (counts[colour] ?? 0) + 4 / data.length;
            }
            done(counts);
        });
        gl.triggerRepaint();
    });
}"""
NOTHING = "0,0,0,0"
# Until the style called so is drawn.
DRAWN = """(name) => new Promise((done) => {
    const gl = portal.basemapLayer.getMaplibreMap();
    const look = () => (gl.getStyle()?.name === name && gl.loaded() ? done() : setTimeout(look, 50));
    look();
})"""


def window(drawing: Browser, **look: str) -> BrowserContext:
    return drawing.new_context(viewport={"width": 480, "height": 640}, reduced_motion="reduce", **look)


def with_basemap(visitor: Visitor, path: str) -> Page:
    page = visitor.open(path)
    page.locator(".map[data-basemap=drawn]").wait_for()
    return page


@pytest.fixture(scope="module", params=[LAYERS, ATLAS], ids=["layers", "atlas"])
def seer(request, drawing: Browser, address: str) -> Iterator[Visitor]:
    """A visitor who has a page with its basemap before them."""
    with window(drawing) as context:
        visitor = visit(context, address)
        with_basemap(visitor, request.param)
        yield visitor


def test_names_of_places_lie_above_circles_and_layers(drawing: Browser, address: str) -> None:
    with window(drawing) as context:
        page = with_basemap(visit(context, address), ATLAS + "&druhy=obyvatel&vrstvy=pohotovosti")
        heights = "name => Number(getComputedStyle(document.querySelector(`.leaflet-${name}-pane`)).zIndex)"
        names, circles, markers = (page.evaluate(heights, name) for name in ("basemap-over", "circles", "marker"))
        assert circles < names < markers


def colour(written: str) -> str:
    return ",".join(str(int(written[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"


def test_the_unit_of_a_profile_stays_on_the_map_when_the_basemap_stands(drawing, address):
    with window(drawing) as context:
        page = with_basemap(visit(context, address), "/obec/563889")
        shown = page.evaluate("Object.values(portal.map._layers).map((layer) => layer.feature?.id).filter(Boolean)")
    assert "563889" in shown
    assert "563595" not in shown  # what was only ground has gone


def test_nothing_leaves_our_host_and_all_that_the_basemap_needs_is_there(seer):
    for part in (RENDERER, "/tiles/zaklad/", "0-255.pbf", "/styles/"):
        assert any(part in url for url in seer.requests), part
    assert seer.foreign == []
    assert seer.problems == []


def test_a_page_with_a_basemap_is_accessible(seer):
    assert violations(seer.page) == []
    assert seer.page.locator(".leaflet-gl-layer[aria-hidden=true]").count() == 1
    assert seer.page.locator(".leaflet-gl-layer [tabindex]").count() == 0


def test_names_stand_on_the_map_and_only_once(seer):
    named = seer.page.evaluate("""() => portal.basemapLayer.getMaplibreMap()
        .queryRenderedFeatures({layers: ["jmena-mest"]}).map((place) => place.properties.nazev)""")
    assert {"Liberec", "Jablonec nad Nisou", "Česká Lípa"} <= set(named)
    assert [name for name in seer.page.locator(".place-name").all() if name.is_visible()] == []


def test_the_basemap_appears_when_it_is_whole_so_that_no_name_is_read_twice(drawing, address):
    with window(drawing) as context:
        visitor = visit(context, address)
        held = []
        visitor.page.route(re.compile(r"\.mvt"), lambda route: held.append(route))
        page = visitor.open(ATLAS)
        until(page, lambda: held)
        assert page.locator(".place-name").first.is_visible()
        assert not page.locator(".leaflet-gl-layer").is_visible()
        page.unroute(re.compile(r"\.mvt"))  # which lets them go
        page.locator("[data-basemap=drawn]").wait_for()
        assert page.locator(".leaflet-gl-layer").is_visible()
        assert not page.locator(".place-name").first.is_visible()


def test_over_the_atlas_nothing_is_filled_and_areas_can_be_pressed(drawing, address):
    with window(drawing) as context:
        page = with_basemap(visit(context, address), ATLAS)
        assert page.evaluate(COLOURS)[NOTHING] > 0.8
        page.locator(".map").scroll_into_view_if_needed()
        box = page.locator(".map").bounding_box()
        page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.5)
        page.locator(".chosen-list li").wait_for()


@pytest.mark.parametrize(
    ("look", "style", "outside"),
    [
        ({"color_scheme": "dark"}, "zaklad-tmavy", "#101412"),
        ({"contrast": "more"}, "zaklad-kontrastni", "#e0e0e0"),
        ({"color_scheme": "light"}, "zaklad", "#e6e9e6"),
    ],
    ids=["dark", "contrast", "light"],
)
def test_the_basemap_is_drawn_in_the_look_of_the_page(drawing, address, look, style, outside):
    with window(drawing, **look) as context:
        visitor = visit(context, address)
        page = with_basemap(visitor, LAYERS)
        asked = [url.rpartition("/")[2] for url in visitor.requests if "/styles/" in url]
        assert asked == [f"{style}.json"]
        counts = page.evaluate(COLOURS)
        assert counts.get(colour(outside), 0) > 0.1
        assert counts.get(colour(values(style)["land"]), 0) > 0.05
        assert len(counts) > 100  # the softened edges of lines and letters
        if style == "zaklad":
            page.emulate_media(color_scheme="dark")
            page.evaluate(DRAWN, "Základní mapa, tmavá")
            assert page.evaluate(COLOURS).get(colour(values("zaklad-tmavy")["outside"]), 0) > 0.1


def test_the_finder_loads_the_basemap_only_when_its_map_is_used(drawing, address):
    with window(drawing) as context:
        visitor = visit(context, address)
        page = visitor.open(FINDER)
        page.wait_for_load_state("networkidle")
        assert [url for url in visitor.requests if RENDERER in url or "/tiles/" in url] == []
        page.get_by_role("button", name="Ukázat na mapě", exact=True).click()
        page.get_by_role("button", name="Přiblížit").click()
        page.locator(".map[data-basemap=drawn]").wait_for()
        assert (
            page.evaluate("portal.map._layers && Object.values(portal.map._layers).filter((l) => l.features).length")
            == 0
        )
        assert visitor.problems == []


def test_the_first_view_of_the_finder_is_light(drawing, address):
    with drawing.new_context(viewport={"width": 360, "height": 800}) as context:
        visitor = visit(context, address)
        sizes: list[int] = []
        session = context.new_cdp_session(visitor.page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda loaded: sizes.append(loaded["encodedDataLength"]))
        visitor.open(FINDER)
        visitor.page.wait_for_load_state("networkidle")
        assert len(sizes) > 10
        assert sum(sizes) < 350_000


def test_without_webgl_the_plain_map_stays_and_nothing_is_loaded(visitor):
    page = visitor.open("/mapa/vrstvy")
    page.locator(".map[data-basemap=absent]").wait_for()
    assert [url for url in visitor.requests if RENDERER in url] == []
    expect(page.locator(".place-name").first).to_be_visible()
    assert visitor.problems == []


@pytest.mark.parametrize("broken", ["**/tiles/zaklad.json", "**/styles/*.json", "**/maplibre-gl.mjs"])
def test_when_the_basemap_fails_the_plain_map_stays(drawing, address, broken):
    with window(drawing) as context:
        visitor = visit(context, address)
        visitor.page.route(broken, lambda route: route.abort())
        page = visitor.open("/mapa/vrstvy")
        page.locator(".map[data-basemap=absent]").wait_for()
        expect(page.locator(".leaflet-gl-layer")).to_have_count(0)
        expect(page.locator(".place-name").first).to_be_visible()


def test_the_map_of_another_is_loaded_only_when_chosen_and_names_its_owner(browser, facts_settings, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(
        ROOT, home, ignore=lambda folder, names: {*names} - {"geoportal.toml"} if folder == str(ROOT) else ()
    )
    for name in ("layers", "tiles", "data", "static"):
        (home / name).symlink_to(ROOT / name)
    text = (ROOT / "geoportal.toml").read_text(encoding="utf-8")
    (home / "geoportal.toml").write_text(
        text.replace("[basemap]\nuse = []", '[basemap]\nuse = ["osm"]'), encoding="utf-8"
    )
    with serving(Settings(home=home, data=facts_settings.data)) as found, browser.new_context() as context:
        visitor = visit(context, found)
        context.route(
            "https://tile.openstreetmap.org/**", lambda route: route.fulfill(status=200, content_type="image/png")
        )
        page = visitor.open("/mapa/vrstvy")
        assert visitor.foreign == []
        page.get_by_role("radio", name="OpenStreetMap").check()
        with page.expect_request(re.compile("tile.openstreetmap.org")):
            page.get_by_role("button", name="Přiblížit").click()
        link = page.locator(".leaflet-control-attribution").get_by_role("link", name="© přispěvatelé OpenStreetMap")
        assert link.get_attribute("href") == "https://www.openstreetmap.org/copyright"
