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
    expect(page).to_have_url(re.compile("vrstvy="))
    page.keyboard.press("Space")
    expect(page.locator(".pin")).to_have_count(0)  # groups of pins go with the next frame
    expect(page.locator("#stav")).to_have_text("Skryto: Pohotovosti")


def test_all_layers_that_stand_on_the_map_at_first_are_said(visitor):
    page = visitor.open("/mapa/vrstvy?vrstvy=okresy,zzs")
    expect(page.locator("#stav")).to_have_text("Zobrazeno: Okresy, Výjezdové základny záchranné služby")


def test_a_layer_that_can_not_be_loaded_is_said_and_the_others_stand(visitor):
    visitor.page.route("**/layers/zzs.geojson", lambda route: route.abort())
    page = visitor.open("/mapa/vrstvy?vrstvy=nemocnice,zzs")
    expect(page.locator("#stav")).to_contain_text("Nepodařilo se načíst: Výjezdové základny záchranné služby")
    expect(page.locator("[data-layer=zzs]")).not_to_be_checked()
    expect(page.locator(".pin").first).to_be_attached()


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
    expect(page.locator(".leaflet-popup h3")).to_contain_text("<img")
    assert page.locator(".leaflet-popup img").count() == 0


def test_a_layer_that_fails_says_so_and_unticks_its_box(visitor):
    visitor.page.route("**/layers/zzs.geojson", lambda route: route.abort())
    page = visitor.open("/mapa/vrstvy?vrstvy=zzs")
    expect(page.locator("#stav")).to_contain_text("Nepodařilo se načíst")
    expect(page.locator("[data-layer=zzs]")).not_to_be_checked()


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
