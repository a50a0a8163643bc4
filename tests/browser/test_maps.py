"""The maps at work: by keyboard, by mouse, and in step with the list beside them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def focused(page):
    return page.evaluate(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"
    )


def test_a_layer_is_shown_and_hidden_by_keyboard_and_said(visitor):
    page = visitor.open("/mapa/vrstvy")
    box = page.locator("[data-layer=pohotovosti]")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator("#stav")).to_have_text("Zobrazeno: Pohotovosti")
    assert page.locator(".pin").count() > 5
    assert page.locator(".pin").first.text_content() == "P"
    assert "vrstvy=" in page.url
    page.keyboard.press("Space")
    assert page.locator(".pin").count() == 0
    assert page.locator("#stav").text_content() == "Skryto: Pohotovosti"


def test_a_popup_takes_the_focus_and_escape_gives_it_back(visitor):
    page = visitor.open("/mapa/vrstvy?vrstvy=nemocnice")
    marker = page.locator(".pin").first
    assert marker.get_attribute("aria-expanded") == "false"
    name = marker.get_attribute("aria-label")
    marker.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    popup.wait_for()
    assert popup.get_attribute("role") == "dialog"
    assert popup.evaluate("box => box.contains(document.activeElement)")
    assert marker.get_attribute("aria-expanded") == "true"
    feature = popup.get_by_role("link", name="Údaje prvku").get_attribute("href")
    assert page.request.get(visitor.address + feature).json()["type"] == "Feature"
    page.keyboard.press("Escape")
    popup.wait_for(state="detached")
    assert focused(page) == name
    assert marker.get_attribute("aria-expanded") == "false"


def test_text_from_data_stays_text_in_a_popup(visitor):
    page = visitor.page
    page.route("**/layers/nemocnice.geojson", lambda route: route.fulfill(json={
        "type": "FeatureCollection",
        "features": [{
            "type": "Feature", "id": "1", "geometry": {"type": "Point", "coordinates": [15, 50.7]},
            "properties": {"nazev": "<img src=x onerror='window.slipped = true'>"},
        }],
    }))  # fmt: skip
    visitor.open("/mapa/vrstvy?vrstvy=nemocnice")
    page.locator(".pin").click()
    assert "<img" in page.locator(".leaflet-popup h3").text_content()
    assert page.locator(".leaflet-popup img").count() == 0


def test_a_layer_that_fails_says_so_and_unticks_its_box(visitor):
    visitor.page.route("**/layers/zzs.geojson", lambda route: route.abort())
    page = visitor.open("/mapa/vrstvy?vrstvy=zzs")
    assert "Nepodařilo se načíst" in page.locator("#stav").text_content()
    assert not page.locator("[data-layer=zzs]").is_checked()


def test_markers_are_large_enough_and_do_not_cover_each_other(visitor):
    page = visitor.open("/mapa/vrstvy?vrstvy=pohotovosti,nemocnice,zzs")
    page.locator(".pin").nth(20).wait_for()
    page.wait_for_timeout(100)
    boxes = [marker.bounding_box() for marker in page.locator(".pin").all()]
    assert all(box["width"] >= 24 and box["height"] >= 24 for box in boxes)
    near = [
        (one, other)
        for i, one in enumerate(boxes)
        for other in boxes[i + 1 :]
        if abs(one["x"] - other["x"]) < 24 and abs(one["y"] - other["y"]) < 24
    ]
    assert near == []


def test_units_are_filled_by_the_classes_of_the_legend(visitor):
    page = visitor.open("/mapa/indikatory?ukazatel=nezamestnanost")
    expect(page.locator("path.leaflet-interactive")).to_have_count(215)
    fills = page.evaluate(
        """() => [...document.querySelectorAll('path.leaflet-interactive')].map(p => p.getAttribute('fill'))"""
    )
    legend = page.evaluate("""() => [...document.querySelectorAll('.legend li')].map(li => [
        li.querySelector('rect').getAttribute('fill'), parseInt(li.querySelector('.quiet').textContent)])""")
    assert sorted((fill, fills.count(fill)) for fill in set(fills)) == sorted(map(tuple, legend))


def test_counts_are_drawn_as_circles_and_never_as_areas(visitor):
    page = visitor.open("/mapa/indikatory?ukazatel=obyvatel&uroven=orp")
    assert page.locator(".leaflet-overlay-pane path").count() > 20
    areas = page.evaluate(
        "() => [...document.querySelectorAll('path.leaflet-interactive')].map(p => p.getAttribute('fill'))"
    )
    assert set(areas) == {"#ffffff"}


def test_a_unit_chosen_in_the_table_opens_on_the_map_with_its_value(visitor):
    page = visitor.open("/mapa/indikatory?ukazatel=nezamestnanost&uroven=orp")
    row = page.locator("tr[data-code]").first
    button = row.get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    popup.wait_for()
    assert row.locator("th").inner_text().strip() in popup.inner_text()
    assert row.locator("td").last.inner_text().strip() in popup.inner_text()
    assert "selected" in row.get_attribute("class")


def test_the_finder_is_used_by_keyboard_alone(visitor):
    page = visitor.open("/mapa/pohotovosti")
    page.keyboard.press("Tab")
    assert focused(page) == "Přejít na obsah"
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "obec":
            break
    page.keyboard.type("Frýdlant")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "Najít"
    page.keyboard.press("Enter")
    page.wait_for_url("**obec=564028**")
    page.locator(".pin").nth(5).wait_for()
    assert page.locator("#seznam").text_content() == "Nejblíž od obce Frýdlant"
    listed = page.locator(".service .key").all_text_contents()
    assert listed == [str(number + 1) for number in range(len(listed))]
    assert sorted(page.locator(".pin").all_text_contents()) == sorted(listed)


def distances(page):
    shown = page.locator(".service .distance").all_text_contents()
    return [float(re.match(r"[\d,]+", text)[0].replace(",", ".")) for text in shown]


def test_a_click_on_the_map_sorts_the_list(visitor):
    page = visitor.open("/mapa/pohotovosti")
    box = page.locator(".map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.75)
    page.locator(".service .distance:not([hidden])").nth(5).wait_for()
    assert distances(page) == sorted(distances(page))
    assert page.locator("#seznam").text_content() == "Nejblíž od zvoleného místa"
    assert page.locator("#stav").text_content().startswith("Seznam je seřazený")


def test_the_position_is_asked_on_a_click_only_and_never_leaves_the_browser(visitor):
    visitor.page.add_init_script("""
        window.asked = 0;
        const original = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
        navigator.geolocation.getCurrentPosition = (...given) => { window.asked += 1; original(...given); };
    """)
    page = visitor.open("/mapa/pohotovosti")
    assert page.evaluate("window.asked") == 0
    before = len(visitor.requests)
    page.get_by_role("button", name="Kde jsem?").click()
    page.locator(".service .distance:not([hidden])").nth(5).wait_for()
    assert page.locator(".service .name").first.text_content().endswith("Nemocnice Liberec")
    assert distances(page)[0] < 1
    assert visitor.requests[before:] == []
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_choosing_a_marker_leads_to_its_place_in_the_list(visitor):
    page = visitor.open("/mapa/pohotovosti?obec=563889")
    marker = page.locator(".pin").last
    number = marker.text_content()
    marker.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.querySelector('.key').textContent") == number
    assert "selected" in marker.get_attribute("class")
