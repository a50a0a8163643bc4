"""The look that a visitor chooses, and the way from popups to the hub."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor

PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 22, 20)", "contrast": "rgb(255, 255, 255)"}
INK = {"light": "rgb(26, 36, 33)", "dark": "rgb(232, 236, 234)", "contrast": "rgb(0, 0, 0)"}
HUB = "https://www.datalk.cz/"
OPEN_ANY_POPUP = "void Object.values(portal.map._layers).find((one) => one.getPopup?.()).openPopup()"


def colours(page: Page) -> tuple[str, str]:
    body = page.locator("body")
    paper, ink = (body.evaluate(f"body => getComputedStyle(body).{name}") for name in ("backgroundColor", "color"))
    return paper, ink


@pytest.mark.parametrize("look", ["dark", "contrast", "light"])
def test_a_chosen_look_is_worn_at_once_and_on_the_next_page(visitor: Visitor, look: str) -> None:
    page = visitor.open("/temata")
    page.emulate_media(color_scheme="light" if look == "dark" else "dark")
    page.get_by_label("Vzhled").select_option(look)
    assert colours(page) == (PAPER[look], INK[look])
    page = visitor.open("/rozcestnik")
    assert colours(page) == (PAPER[look], INK[look])
    assert page.get_by_label("Vzhled").input_value() == look
    assert visitor.problems == []


@pytest.mark.parametrize("look", ["dark", "contrast", "light"])
def test_what_stands_on_a_map_wears_the_look_too(visitor: Visitor, look: str) -> None:
    page = visitor.open("/mapa/vrstvy?vrstvy=nemocnice")
    page.get_by_label("Vzhled").select_option(look)
    for part in (".leaflet-control-zoom-in", ".leaflet-control-attribution", ".leaflet-control-scale-line"):
        assert page.locator(part).evaluate("part => getComputedStyle(part).color") == INK[look], part
    assert (
        page.locator(".leaflet-control-zoom-in").evaluate("part => getComputedStyle(part).backgroundColor")
        == PAPER[look]
    )


def test_without_a_choice_the_look_is_that_of_the_device_again(visitor: Visitor) -> None:
    page = visitor.open("/temata")
    page.emulate_media(color_scheme="dark")
    assert colours(page) == (PAPER["dark"], INK["dark"])
    page.get_by_label("Vzhled").select_option("light")
    page.get_by_label("Vzhled").select_option("auto")
    assert colours(page) == (PAPER["dark"], INK["dark"])
    page.emulate_media(color_scheme="light")
    assert colours(page) == (PAPER["light"], INK["light"])


def test_printing_stays_black_on_white_in_a_dark_look(visitor: Visitor) -> None:
    page = visitor.open("/temata")
    page.get_by_label("Vzhled").select_option("dark")
    page.emulate_media(media="print")
    assert colours(page) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


@pytest.mark.parametrize(
    ("layer", "leads"), [("obce", HUB), ("zzs", f"{HUB}datasets/6da21aeaf4844012929017561edb59be_0")]
)
def test_a_popup_of_a_layer_leads_to_its_data_set_or_to_the_hub(visitor: Visitor, layer: str, leads: str) -> None:
    page = visitor.open(f"/mapa/vrstvy?vrstvy={layer}")
    page.evaluate(OPEN_ANY_POPUP)
    links = page.locator(".leaflet-popup-content a").evaluate_all("found => found.map((one) => one.href)")
    assert [link for link in links if link.startswith(HUB)] == [leads]


def test_a_popup_of_the_finder_leads_to_the_hub(visitor: Visitor) -> None:
    page = visitor.open("/mapa/pohotovosti?obec=564028")
    page.get_by_role("button", name="Ukázat na mapě").first.click()
    link = page.locator(f".leaflet-popup-content a[href='{HUB}']")
    assert link.text_content() == "Informační a datový portál Libereckého kraje"
