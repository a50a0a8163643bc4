"""Drawing an area in a real browser: by pointer, by keyboard, by hand; and asking around a place without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import until

pytestmark = pytest.mark.browser

PATH = "/analyzy/oblast"


@pytest.fixture
def page(visitor):
    return visitor.open(PATH)


def corners(page):
    return [part for part in page.locator("#oblast").input_value().split(";") if part.strip()]


def test_an_area_is_drawn_by_pointer_and_asked(visitor, page):
    box = page.locator(".drawing .map").bounding_box()
    for across, down in ((0.4, 0.4), (0.6, 0.4), (0.5, 0.6)):
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
    expect(page.locator("#stav")).to_contain_text("Přibližně")
    assert len(corners(page)) == 3
    page.get_by_role("button", name="Spočítat v nakreslené oblasti").click()
    expect(page.locator("h1")).to_have_text("Co je v nakreslené oblasti")
    expect(page.locator("#tabulka tbody tr").nth(10)).to_be_attached()
    assert visitor.problems == []
    assert visitor.foreign == []


def test_an_area_is_drawn_by_keyboard_alone(page):
    shown = page.locator(".drawing .map")
    shown.focus()
    for key in ("Enter", "ArrowRight", "Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
        until(page, "!portal.map._panAnim?._inProgress")  # the map glides
    assert len(set(corners(page))) == 3
    page.keyboard.press("Backspace")
    assert len(corners(page)) == 2
    assert page.locator("#stav").text_content() == "Roh odebrán, zbývá 2. Přidejte aspoň tři rohy."
    page.keyboard.press("Delete")
    assert corners(page) == []
    assert page.locator("#smazat").is_disabled()


def test_corners_written_by_hand_appear_on_the_map(page):
    page.locator("#oblast").fill("15.0,50.7; 15.2,50.7; 15.1,50.85")
    page.locator("#oblast").blur()
    assert page.locator(".corner").count() == 3
    page.locator("#oblast").fill("POLYGON ((15 50.7, 15.2 50.7, 15.1 50.85, 15 50.7))")
    page.locator("#oblast").blur()
    assert page.locator(".corner").count() == 0


def test_a_corner_is_dragged(page):
    page.locator("#oblast").fill("14.9,50.7; 15.2,50.7; 15.1,50.85")
    page.locator("#oblast").blur()
    before = corners(page)
    handle = page.locator(".corner").first.bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y - 30, steps=5)
    page.mouse.up()
    assert corners(page)[0] != before[0].strip()
    assert len(corners(page)) == 3


def test_a_place_and_an_area_are_not_asked_at_once(page):
    page.locator("#misto").fill("Turnov")
    page.locator("#oblast").fill("15.0,50.7; 15.2,50.7; 15.1,50.85")
    page.locator("#oblast").blur()
    page.locator("#misto").fill("")
    page.locator("#misto").type("Liberec")
    assert corners(page) == []


def test_an_area_that_was_asked_can_be_drawn_anew(visitor):
    visitor.page.goto(f"{visitor.address}{PATH}?oblast=15.0,50.7;15.2,50.7;15.1,50.85")
    page = visitor.page
    assert not page.locator(".drawing .map").is_visible()
    page.locator(".drawing summary").click()
    page.locator(".drawing .map[aria-busy=false]").wait_for()
    assert page.locator(".corner").count() == 3
    page.get_by_role("button", name="Odebrat poslední roh").click()
    assert page.locator(".corner").count() == 2
    assert visitor.problems == []
