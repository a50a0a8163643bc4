"""The maps at work: by keyboard, by mouse, and in step with the list beside them."""

from __future__ import annotations

import math
import re
from itertools import combinations

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
    expect(page.locator(".pin").nth(5)).to_be_attached()
    expect(page.locator(".pin").first).to_have_text("P")
    assert "vrstvy=" in page.url
    page.keyboard.press("Space")
    expect(page.locator(".pin")).to_have_count(0)  # groups of pins go with the next frame
    expect(page.locator("#stav")).to_have_text("Skryto: Pohotovosti")


def test_a_popup_takes_the_focus_and_escape_gives_it_back(visitor):
    page = visitor.open("/mapa/vrstvy?vrstvy=nemocnice")
    pins(page)
    marker = page.locator(".pin:visible:not(.several)").first
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


PINS = """() => {
    const pins = [];
    portal.map.eachLayer((layer) => {
        const made = layer.isPin && layer.getElement();
        if (!made || made.hidden) return;
        const box = made.getBoundingClientRect();
        const { x, y } = portal.map.latLngToContainerPoint(layer.getLatLng());
        const corner = portal.map.getContainer().getBoundingClientRect();
        const border = portal.map.getContainer().clientLeft;
        const middle = [box.x + box.width / 2, box.y + box.height / 2];
        const off = Math.hypot(middle[0] - corner.x - border - x, middle[1] - corner.y - border - y);
        pins.push({ middle, off, size: Math.min(box.width, box.height), members: layer.members?.length ?? 1 });
    });
    return pins;
}"""


def pins(page):
    """What stands on the map once groups are made: middles, sizes, px off the true place, and how many places."""
    page.locator(".pin:visible").first.wait_for()
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate(PINS)


def test_markers_are_large_enough_and_none_covers_another_or_leaves_its_place(visitor):
    page = visitor.open("/mapa/vrstvy?vrstvy=pohotovosti,nemocnice,zzs")
    for _ in range(3):
        found = pins(page)
        assert sum(pin["members"] for pin in found) == 34
        assert min(pin["size"] for pin in found) >= 24
        assert max(pin["off"] for pin in found) < 2
        middles = [pin["middle"] for pin in found]
        near = [pair for pair in combinations(middles, 2) if math.dist(*pair) < 28]
        assert near == []
        page.get_by_role("button", name="Přiblížit").click()


def test_a_group_names_its_places_and_parts_by_keyboard(visitor):
    page = visitor.open("/mapa/pohotovosti?obec=563889&druh=vse")
    pins(page)
    group = page.locator(".pin.several").first
    name = group.get_attribute("aria-label")
    said, _, places = name.partition(": ")
    places = places.split("; ")
    assert said == f"{len(places)}× pohromadě"
    assert group.text_content() == f"{len(places)}×"
    cards = page.locator(".service h3").all()
    listed = [f"{card.locator('.key').text_content()}: {card.locator('.name').text_content()}" for card in cards]
    assert set(places) <= set(listed)
    before = page.evaluate("portal.map.getZoom()")
    group.focus()
    page.keyboard.press("Enter")
    pins(page)
    assert page.evaluate("portal.map.getZoom()") > before
    expect(page.locator(f'.pin[aria-label="{name}"]')).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").find(places[0]) >= 0


def test_every_number_of_the_list_is_on_the_map_in_a_marker_or_in_the_name_of_a_group(visitor):
    page = visitor.open("/mapa/pohotovosti?obec=563889&druh=vse")
    pins(page)
    names = page.locator(".pin:visible").evaluate_all("pins => pins.map(pin => pin.getAttribute('aria-label'))")
    numbers = [int(number) for name in names for number in re.findall(r"(?:^|; |pohromadě: )(\d+): ", name)]
    assert sorted(numbers) == list(range(1, page.locator(".service").count() + 1))


def test_places_that_share_a_spot_are_offered_as_a_list(visitor):
    page = visitor.page
    page.route("**/layers/nemocnice.geojson", lambda route: route.fulfill(json={
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": name, "properties": {"nazev": name},
             "geometry": {"type": "Point", "coordinates": [15, 50.7]}} for name in ("Sever", "Jih")
        ],
    }))  # fmt: skip
    visitor.open("/mapa/vrstvy?vrstvy=nemocnice")
    pins(page)
    group = page.locator(".pin:visible")
    assert group.get_attribute("aria-expanded") == "false"
    group.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Nemocnice: Jih", exact=True).click()
    expect(page.locator(".leaflet-popup h3")).to_have_text("Jih")
    page.keyboard.press("Escape")
    page.locator(".leaflet-popup").wait_for(state="detached")
    assert focused(page).startswith("2× pohromadě")


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
    expect(page.locator(".leaflet-overlay-pane path").nth(20)).to_be_attached()
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
    pins(page)
    expect(page.locator("#seznam")).to_have_text("Nejblíž od obce Frýdlant")
    listed = page.locator(".service .key").all_text_contents()
    assert listed == [str(number + 1) for number in range(len(listed))]
    alone = page.locator(".pin:visible:not(.several)").all_text_contents()
    assert alone
    assert set(alone) <= set(listed)


def distances(page):
    shown = page.locator(".service .distance").all_text_contents()
    return [float(re.match(r"[\d,]+", text)[0].replace(",", ".")) for text in shown]


def test_a_click_on_the_map_sorts_the_list(visitor):
    page = visitor.open("/mapa/pohotovosti")
    box = page.locator(".map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.75)
    page.locator(".service .distance:not([hidden])").nth(5).wait_for()
    assert distances(page) == sorted(distances(page))
    expect(page.locator("#seznam")).to_have_text("Nejblíž od zvoleného místa")
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
    pins(page)
    marker = page.locator(".pin:visible:not(.several)").last
    number = marker.text_content()
    marker.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.querySelector('.key').textContent") == number
    assert "selected" in marker.get_attribute("class")
