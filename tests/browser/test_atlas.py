"""The atlas in a real browser: redrawn without reloading, by pointer and by keyboard, alike in map, table, charts."""

from __future__ import annotations

import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import until, violations, visit

pytestmark = pytest.mark.browser

ATLAS = "/mapa/indikatory"
VOTES = f"{ATLAS}?ukazatel=ucast-psp"
SHAPES = "path.leaflet-interactive"
WRITTEN = "() => new Promise(done => setTimeout(() => done(location.href), 150))"


def query(page: Page) -> dict[str, str]:
    """What the address says once it is written, which comes after the map is drawn."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.evaluate(WRITTEN)).query).items()}


def paths(requests: list[str]) -> set[str]:
    """What was asked for, without the icon that a browser looks up at every new address."""
    return {urlsplit(url).path for url in requests} - {"/static/img/icon.svg"}


def settled(page: Page) -> None:
    page.locator(".map[aria-busy=true]").wait_for(state="detached")


def fills(page: Page, of: int = 0) -> list[str]:
    return page.locator(".map").nth(of).locator(SHAPES).evaluate_all("all => all.map(p => p.getAttribute('fill'))")


def legend(page: Page) -> dict[str, int]:
    return page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.legend li')].map(li => [
        li.querySelector('rect').getAttribute('fill'), parseInt(li.querySelector('.quiet').textContent)]))""")


def test_units_are_filled_by_the_classes_of_the_legend(visitor):
    page = visitor.open(f"{ATLAS}?ukazatel=nezamestnanost")
    expect(page.locator(SHAPES)).to_have_count(215)
    drawn = fills(page)
    assert {fill: drawn.count(fill) for fill in set(drawn)} == legend(page)


def test_counts_are_drawn_as_circles_and_never_as_areas(visitor):
    page = visitor.open(f"{ATLAS}?ukazatel=obyvatel&uroven=orp")
    expect(page.locator(".leaflet-circles-pane path")).to_have_count(10)
    assert set(fills(page)) == {"#ffffff"}


def test_another_scheme_is_drawn_without_reloading_and_without_shapes(visitor):
    page = visitor.open(VOTES)
    page.evaluate("window.same = true")
    before = len(visitor.requests)
    page.get_by_text("Skupiny a barvy").click()
    page.locator("#metoda").select_option("prirozene")
    settled(page)
    page.locator("#tridy").select_option("7")
    settled(page)
    assert query(page) == {
        "ukazatel": "ucast-psp", "uroven": "obec", "obdobi": "2013", "metoda": "prirozene", "tridy": "7"
    }  # fmt: skip
    drawn = fills(page)
    assert {fill: drawn.count(fill) for fill in set(drawn)} == legend(page)
    assert len(legend(page)) == 7
    assert page.evaluate("window.same")
    assert paths(visitor.requests[before:]) == {"/mapa/indikatory.json"}


def test_the_way_back_and_forth_restores_what_was_shown(visitor):
    page = visitor.open(VOTES)
    page.locator("#ukazatel").select_option("podil-65-plus")
    expect(page.locator("h1")).to_contain_text("65 a více let")
    assert query(page)["ukazatel"] == "podil-65-plus"
    page.locator("#uroven").select_option("okres")
    expect(page.locator(SHAPES)).to_have_count(4)
    assert query(page)["uroven"] == "okres"
    page.go_back()
    expect(page.locator(SHAPES)).to_have_count(215)
    page.go_back()
    expect(page.locator("h1")).to_contain_text("účast")
    assert page.locator("#ukazatel").input_value() == "ucast-psp"
    page.go_forward()
    expect(page.locator("h1")).to_contain_text("65 a více let")


def test_the_address_alone_restores_the_whole_state(visitor):
    page = visitor.open(f"{VOTES}&obdobi=1998&metoda=stejne&paleta=viridis&vyber=563889,564028&razeni=nazev")
    assert page.locator("h1").text_content().endswith("1998")
    assert page.locator(".chosen-list li").count() == 2
    assert page.locator("tbody tr .name").first.text_content() == "Albrechtice v Jizerských horách"
    assert "#fde725" in fills(page)


def test_the_slider_moves_through_the_periods_even_when_the_service_is_away(visitor):
    page = visitor.open(VOTES)
    before = fills(page)
    page.route("**/mapa/indikatory.json*", lambda route: route.abort())
    page.locator("#cas").focus()
    page.keyboard.press("Home")
    expect(page.locator("h1")).to_contain_text("1996")
    assert fills(page) != before
    assert query(page)["obdobi"] == "1996"
    assert page.locator("#cas").get_attribute("aria-valuetext") == "1996"
    assert "1996" in page.locator("#stav").text_content()


def test_playing_ends_with_the_last_period(visitor):
    page = visitor.page
    page.clock.install(time="2026-11-24T12:00:00Z")
    page.goto(visitor.address + f"{VOTES}&obdobi=2006")
    page.locator(".map[aria-busy=false]").wait_for()
    page.clock.pause_at("2026-11-24T13:00:00Z")
    page.get_by_role("button", name="Přehrát období").click()
    expect(page.locator("h1")).to_contain_text("2010")
    page.clock.run_for(3100)
    expect(page.locator("h1")).to_contain_text("2013")
    expect(page.locator("#hrat")).to_have_text("Přehrát období")


def test_a_unit_chosen_in_the_table_is_outlined_and_told(visitor):
    page = visitor.open(f"{ATLAS}?ukazatel=nezamestnanost&uroven=orp")
    row = page.locator("tr[data-code]").first
    row.get_by_role("button").focus()
    page.keyboard.press("Enter")
    told = page.locator(".chosen-list li")
    assert row.locator("th").inner_text().strip() in told.inner_text()
    assert row.locator("td").last.inner_text().strip() in told.inner_text()
    assert "selected" in row.get_attribute("class")
    assert row.get_by_role("button").get_attribute("aria-pressed") == "true"
    expect(page.locator(".ring.chosen path")).to_have_count(2)
    assert query(page)["vyber"] == row.get_attribute("data-code")
    told.get_by_role("button", name="Zrušit výběr").click()
    expect(page.locator(".ring.chosen path")).to_have_count(0)
    assert "vyber" not in query(page)


def test_a_unit_pressed_on_the_map_is_marked_in_the_table(visitor):
    page = visitor.open(f"{VOTES}&uroven=okres")
    page.locator(SHAPES).first.click(force=True)
    expect(page.locator("tr.selected")).to_have_count(1)
    assert page.locator(".chosen-list").inner_text().startswith(page.locator("tr.selected .name").text_content())
    assert page.locator("#vybrane .chart").get_attribute("role") == "img"
    assert page.locator("#vybrane-obsah table tbody td").count() == 6


def test_the_map_is_walked_by_arrows_and_a_unit_tells_its_value_and_rank(visitor):
    page = visitor.open(f"{ATLAS}?ukazatel=nezamestnanost")
    assert page.locator(f"{SHAPES}[tabindex='0']").count() == 1
    page.locator(f"{SHAPES}[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowUp")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label != first
    assert ". z 212" in label
    assert "Liberecký kraj:" in label
    assert page.locator(".atlas-tip").is_visible()
    page.keyboard.press("Enter")
    assert page.locator("tr.selected .name").text_content() == label.split(",")[0]
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"


def test_the_map_shows_on_paper_what_it_shows_on_the_screen(visitor):
    page = visitor.open(f"{ATLAS}?ukazatel=nezamestnanost")
    seen = "() => [portal.map.getCenter().lat, portal.map.getCenter().lng, portal.map.getZoom()]"
    whole = """() => Object.values(portal.map._layers).filter((one) => one.feature)
        .every((one) => portal.map.getBounds().contains(one.getBounds()))"""
    before = page.evaluate(seen)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".map").evaluate("map => map.clientWidth") < 700  # an upright A4
    assert page.evaluate(whole)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(seen) == pytest.approx(before)


def test_a_printed_page_holds_the_table_of_all_units_in_three_pages(visitor):
    page = visitor.open(f"{ATLAS}?ukazatel=nezamestnanost")
    assert len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) == 3


def test_the_table_is_sorted_in_place(visitor):
    page = visitor.open(f"{VOTES}&uroven=okres")
    before = len(visitor.requests)
    page.get_by_role("link", name="Hodnota").click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    ranks = page.locator("tbody tr td:first-child").all_text_contents()[:4]
    assert ranks == ["4", "3", "2", "1"]
    assert query(page)["razeni"] == "hodnota"
    assert paths(visitor.requests[before:]) == set()


def test_an_indicator_is_found_by_typing(visitor):
    page = visitor.open(VOTES)
    page.get_by_text("Najít ukazatel").click()
    page.locator("#hledat-ukazatel").fill("podil nezam")
    page.locator(".search-entry [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("nezaměstnaných")
    assert query(page)["ukazatel"] == "nezamestnanost"


def test_two_indicators_in_one_colour_fill_by_the_square(visitor):
    page = visitor.open(f"{VOTES}&druhy=podil-65-plus")
    square = page.evaluate("""() => { const svg = document.querySelector('.square svg');
        const rects = [...svg.querySelectorAll('rect')], texts = [...svg.querySelectorAll('text')];
        return Object.fromEntries(rects.map((r, i) => [r.getAttribute('fill'), +texts[i].textContent])); }""")
    drawn = fills(page)
    assert {fill: drawn.count(fill) for fill in square} == square
    assert page.locator(".scatter .point").count() == 215


def test_maps_side_by_side_move_together(visitor):
    page = visitor.open(f"{VOTES}&druhe_obdobi=1996&zobrazeni=vedle")
    expect(page.locator(".map")).to_have_count(2)
    assert fills(page, 0) != fills(page, 1)
    width = """() => [...document.querySelectorAll('.map')].map(map => Math.round(
        map.querySelector('path.leaflet-interactive').getBBox().width))"""
    before = page.evaluate(width)
    page.locator(".leaflet-control-zoom-in").click()
    until(page, lambda: len({*page.evaluate(width)}) == 1 and page.evaluate(width) != before)
    page.get_by_text("Porovnat").click()
    page.locator("#zobrazeni").select_option("dvojrozmerna")
    settled(page)
    expect(page.locator(".map:visible")).to_have_count(1)


def test_a_layer_lies_above_as_opaque_as_its_slider_says(visitor):
    page = visitor.open(f"{VOTES}&vrstvy=zzs:40")
    pin = page.locator(".pin:visible").first
    pin.wait_for()
    page.get_by_text("Vrstvy nad mapou").click()
    assert page.locator("[data-opacity=zzs]").input_value() == "40"
    page.locator("[data-layer=zzs]").uncheck()
    expect(page.locator(".pin:visible")).to_have_count(0)
    assert "vrstvy" not in query(page)


def test_layers_lie_above_both_maps_and_the_way_back_restores_them(visitor):
    page = visitor.open(f"{VOTES}&druhe_obdobi=1996&zobrazeni=vedle")
    page.get_by_text("Vrstvy nad mapou").click()
    page.locator("[data-layer=zzs]").check()
    for place in (0, 1):
        expect(page.locator(".map").nth(place).locator(".pin:visible").first).to_be_visible()
        expect(page.locator(".map").nth(place).locator(".place-name").first).to_be_visible()
    assert query(page)["vrstvy"] == "zzs"
    page.go_back()
    expect(page.locator(".pin:visible")).to_have_count(0)
    assert not page.locator("[data-layer=zzs]").is_checked()


def test_names_in_the_table_lead_to_the_pages_of_their_units(visitor):
    page = visitor.open(f"{ATLAS}?ukazatel=nezamestnanost&lang=en")
    row = page.locator("tr[data-code='563889']")
    assert row.get_by_role("link", name="Liberec").get_attribute("href") == "/obec/563889?lang=en"
    page.locator("#uroven").select_option("pou")
    settled(page)
    assert page.locator("tbody a.name").first.get_attribute("href").startswith("/pou/")
    page.locator("#uroven").select_option("kraj")
    settled(page)
    assert page.locator("tbody a.name").get_attribute("href") == "/kraj?lang=en"


def test_the_second_indicator_sorts_the_table_too(visitor):
    page = visitor.open(f"{VOTES}&druhy=podil-65-plus&uroven=okres")
    page.get_by_role("link", name="Druhý").click()
    held = [float(text.replace(",", ".")) for text in page.locator("tbody td:last-child").all_text_contents()]
    assert held == sorted(held, reverse=True)
    assert query(page)["razeni"] == "-druha"
    assert page.locator("th[aria-sort]").inner_text().startswith("Druhý")


def test_a_unit_tells_the_value_of_the_whole_country_where_it_is_known(visitor):
    page = visitor.open(f"{ATLAS}?ukazatel=obyvatel&obdobi=2020")
    page.locator(f"{SHAPES}[tabindex='0']").focus()
    told = page.evaluate("document.activeElement.getAttribute('aria-label')").replace("\u00a0", " ")
    assert "Česko: 10 701 777 obyvatel" in told
    assert "Česko celkem 10 701 777" in page.locator("#zjisteni").inner_text().replace("\u00a0", " ")
    page.locator("#obdobi").select_option("2024")
    assert "Česko" not in page.locator(f"{SHAPES}[tabindex='0']").get_attribute("aria-label")


def test_one_panel_is_open_at_a_time_and_escape_or_going_elsewhere_closes_it(visitor):
    page = visitor.open(VOTES)
    opened = page.locator("details[name=panel][open]")
    page.get_by_text("Skupiny a barvy").click()
    page.get_by_text("Stáhnout", exact=True).click()
    expect(opened.locator("summary")).to_have_text("Stáhnout")
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent").strip() == "Stáhnout"
    page.get_by_text("Porovnat").click()
    page.locator("h1").click()
    expect(opened).to_have_count(0)


def test_what_is_taken_away_is_of_what_is_shown_now(visitor):
    page = visitor.open(f"{VOTES}&vyber=563889")
    page.locator("#obdobi").select_option("1998")
    page.get_by_text("Vrstvy nad mapou").click()
    page.locator("[data-layer=zzs]").check()
    expect(page).to_have_url(re.compile("vrstvy=zzs"))
    page.get_by_text("Sdílet", exact=True).click()
    expect(page.locator("#odkaz")).to_have_value(re.compile("obdobi=1998"))
    link = parse_qs(urlsplit(page.locator("#odkaz").input_value()).query)
    assert (link["vrstvy"], link["vyber"]) == (["zzs"], ["563889"])
    page.get_by_text("Stáhnout", exact=True).click()
    picture = page.locator("#stazeni a[href*='map.png']").first
    expect(picture).to_have_attribute("href", re.compile("period=1998.*overlays=zzs&chosen=563889"))
    page.get_by_text("Citovat", exact=True).click()
    expect(page.locator("#citace .citation")).to_contain_text("1998")
    expect(page.locator("#citace [data-today]")).to_have_text(re.compile(r"\d{4}-\d\d-\d\d"))


def test_the_part_of_the_map_that_is_seen_stands_in_the_address(visitor):
    page = visitor.open(VOTES)
    page.locator(".leaflet-control-zoom-in").click()
    expect(page).to_have_url(re.compile("#mapa="))
    seen = page.evaluate("[portal.map.getZoom(), portal.map.getCenter().lat, portal.map.getCenter().lng]")
    page.goto("about:blank")
    again = visitor.open(f"{VOTES}#mapa={seen[0]}/{seen[1]:.4f}/{seen[2]:.4f}")
    expect(again.locator("[data-basemap]")).to_be_attached()
    assert again.evaluate("[portal.map.getZoom(), portal.map.getCenter().lat]") == pytest.approx(seen[:2], abs=0.01)


def test_a_phone_has_the_form_in_a_sheet_that_escape_closes(browser, address):
    with browser.new_context(viewport={"width": 360, "height": 780}, reduced_motion="reduce") as context:
        page = visit(context, address).open(VOTES)
        assert not page.locator("#ukazatel").is_visible()
        assert page.locator(".map").bounding_box()["y"] < 520
        page.get_by_role("button", name="Změnit mapu").click()
        page.locator("#uroven").select_option("okres")
        expect(page.locator(SHAPES)).to_have_count(4)
        page.keyboard.press("Escape")
        expect(page.locator("#ukazatel")).to_be_hidden()
        assert page.evaluate("document.activeElement.textContent").strip() == "Změnit mapu"


STATES = [
    f"{VOTES}&vyber=563889,564028",
    f"{VOTES}&druhy=podil-65-plus&metoda=vlastni&hranice=50;60",
    f"{VOTES}&druhy=obyvatel&uroven=orp",
    f"{VOTES}&druhe_obdobi=1996&zobrazeni=vedle&lang=en",
]


@pytest.mark.parametrize("width", [360, 1440])
def test_every_open_panel_is_accessible_and_fits(browser, address, width):
    with browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce") as context:
        page = visit(context, address).open(VOTES)
        if width == 360:
            page.get_by_role("button", name="Změnit mapu").click()
        panels = page.locator("#volby details[name=panel] > summary").all()
        for panel in panels if width == 360 else page.locator("details[name=panel] > summary").all():
            panel.click()
            assert violations(page, within="details[name=panel][open]") == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


@pytest.mark.parametrize("path", STATES)
@pytest.mark.parametrize(("width", "look"), [(360, {}), (768, {"color_scheme": "dark"}), (1440, {"contrast": "more"})])
def test_every_state_is_accessible_and_fits(browser, address, path, width, look):
    with browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **look) as context:
        visitor = visit(context, address)
        page = visitor.open(path)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert visitor.problems == []
        assert visitor.foreign == []
