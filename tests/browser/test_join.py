"""A user's own table in a real browser: the form, the map, corrections, the link, and all of it by other means too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations, visit

pytestmark = pytest.mark.browser

TABLE = "Obec\tPodíl\nLiberec\t1,5\nPěnčín\t2,5\nJablonec n. N.\t3\nTurnof\t5\nSemily\ti.d.\n"


def put(page, table=TABLE):
    page.fill("#text", table)
    page.click("#tabulka button:not([type])")
    page.locator(".map[aria-busy=false]").wait_for()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_form_and_the_map_are_accessible_and_whole(browser, address, width):
    with browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce") as context:
        visitor = visit(context, address)
        page = visitor.open("/pripojit")
        assert violations(page) == []
        put(page, "okres\tPodíl\nLiberec\t1,5\nSemily\t5\nSemilly\t2\nX\t3\nČeská Lípa\ti.d.\n")
        page.evaluate("document.querySelectorAll('.own details').forEach((one) => (one.open = true))")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert visitor.foreign == []
        assert visitor.problems == []


def test_units_are_filled_and_the_table_selects_them(visitor):
    page = visitor.open("/pripojit")
    put(page)
    fills = page.locator(".map path.leaflet-interactive").evaluate_all(
        "all => all.map((one) => one.getAttribute('fill'))"
    )
    assert len(fills) == 215
    assert fills.count("url(#confidential)") == 1
    assert fills.count("url(#missing)") == 212
    page.click("tr[data-code='563889'] button")
    assert "1,5" in page.locator(".leaflet-popup").text_content()
    assert "selected" in page.locator("tr[data-code='563889']").get_attribute("class")


def test_counts_are_drawn_as_circles(visitor):
    page = visitor.open("/pripojit")
    put(page, "obec\tobyvatel\nLiberec\t107000\nSemily\t8000\n")
    assert page.locator(".map path[fill='#2c7fb8']").count() == 2


def test_a_correction_moves_a_row_onto_the_map(visitor):
    page = visitor.open("/pripojit")
    put(page)
    page.select_option("#oprava-1", label="Pěnčín (Liberec)")
    page.select_option("#oprava-1001", label="Turnov (Semily)")
    page.get_by_role("button", name="Použít opravy").click()
    page.locator(".map[aria-busy=false]").wait_for()
    assert page.locator("tr[data-code='564303'] td").last.text_content() == "2,5"
    assert "Přiřazeno 5 z 215" in page.locator(".lead").text_content()


def test_a_link_shows_the_same_map_elsewhere(browser, address, visitor):
    page = visitor.open("/pripojit")
    put(page)
    link = page.input_value("#odkaz")
    shown = page.locator(".ranking tbody").text_content()
    with browser.new_context(reduced_motion="reduce") as context:
        other = visit(context, address)
        other.page.goto(link)
        other.page.locator(".map[aria-busy=false]").wait_for()
        assert other.page.locator(".ranking tbody").text_content() == shown
        assert not any("t=" in url.partition("#")[0] for url in other.requests)
        assert other.problems == []


def test_a_damaged_link_says_so(visitor):
    page = visitor.open("/pripojit#t=abcd")
    page.get_by_text("Odkaz je poškozený").wait_for()
    assert visitor.problems == []


def test_the_table_comes_back_as_a_file(visitor):
    page = visitor.open("/pripojit")
    put(page)
    with page.expect_download() as held:
        page.get_by_role("button", name="csv").click()
    assert held.value.suggested_filename == "tabulka-obec.csv"
    assert "563889" in held.value.path().read_text(encoding="utf-8-sig")


def test_names_of_a_table_are_text_on_the_map(visitor):
    page = visitor.open("/pripojit")
    put(page, "obec\t<img src=x onerror=alert(1)>\nLiberec\t1\nSemily\t2\n")
    page.click("tr[data-code='563889'] button")
    assert "<img" in page.locator(".leaflet-popup").text_content()
    assert page.locator("main img:not(.leaflet-tile)").count() == 0
    assert visitor.problems == []


def test_everything_but_the_map_works_without_scripts(browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = visit(context, address).open("/pripojit")
        page.fill("#text", TABLE)
        page.click("#tabulka button:not([type])")
        expect(page.locator(".lead")).to_contain_text("Přiřazeno 3 z 215")
        page.get_by_role("button", name="Obec", exact=True).click()
        expect(page.locator(".ranking .name").first).to_have_text("Jablonec nad Nisou")
        assert page.locator(".map").is_visible() is False
