"""Pages of analyses in a browser: at every width, by keyboard, without scripts, and with map and table in step."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations, visit

pytestmark = pytest.mark.browser

PAGES = [
    "/analyzy",
    "/analyzy/zmena?ukazatel=saldo-migrace&uroven=orp",
    "/analyzy/zmena?ukazatel=nezamestnanost&lang=en",
    "/analyzy/sousede?ukazatel=nezamestnanost&kod=563889",
    "/analyzy/sousede",
    "/analyzy/odlehle?ukazatel=nezamestnanost&uroven=pou",
]
OUTLIERS = "/analyzy/odlehle?ukazatel=nezamestnanost"


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_pages_are_accessible_and_whole_at_every_width(browser, address, width):
    with browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce") as context:
        visitor = visit(context, address)
        for path in PAGES:
            page = visitor.open(path)
            page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
            assert width == 768 or violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert (visitor.foreign, visitor.problems) == ([], [])


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"contrast": "more"}])
def test_answers_can_be_read_in_other_looks(browser, address, look):
    with browser.new_context(viewport={"width": 1440, "height": 800}, reduced_motion="reduce", **look) as context:
        visitor = visit(context, address)
        for path in (f"{PAGES[1]}&mapa=absolutne", PAGES[3], f"{OUTLIERS}&uroven=pou"):
            assert violations(visitor.open(path)) == [], path


def test_a_question_is_asked_and_answered_without_scripts(browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = visit(context, address).open("/analyzy/sousede")
        page.select_option("#kod", label="Liberec")
        page.locator("#otazka button").click()
        expect(page.locator("h1")).to_contain_text("Liberec mezi sousedy")
        expect(page.locator(".analysis-map")).to_be_visible()
        page.locator("#tabulka thead a").first.click()
        expect(page.locator("#tabulka tbody th").first).to_have_text(re.compile("^Bedřichov"))


def test_the_table_sorts_in_place_and_the_address_follows(visitor):
    page = visitor.open(OUTLIERS)
    before = len(visitor.requests)
    head = page.locator("#tabulka th", has=page.locator("[data-sort=hodnota]"))
    head.locator("a").click()
    assert head.get_attribute("aria-sort") == "descending"
    values = [
        float(one)
        for one in page.locator("#tabulka tbody td:nth-child(3)").evaluate_all(
            "cells => cells.map(c => c.dataset.value).filter(Boolean)"
        )
    ]
    assert values == sorted(values, reverse=True)
    expect(page).to_have_url(re.compile("razeni=-hodnota"))
    head.locator("a").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert {url for url in visitor.requests[before:] if not url.endswith("icon.svg")} == set()
    order = page.locator("#tabulka tbody tr").evaluate_all("rows => rows.map(r => r.dataset.code)")
    page.reload()
    assert page.locator("#tabulka tbody tr").evaluate_all("rows => rows.map(r => r.dataset.code)") == order


def test_map_and_table_point_at_each_other(visitor):
    page = visitor.open(OUTLIERS)
    row = page.locator("#tabulka tbody tr").nth(3)
    row.hover()
    code = row.get_attribute("data-code")
    expect(page.locator("#uzemi .pointed")).to_have_attribute("data-code", code)
    page.locator("h1").hover()
    expect(page.locator(".pointed")).to_have_count(0)
    page.locator(f"#uzemi [data-code='{code}']").dispatch_event("mouseover")
    expect(row).to_contain_class("pointed")


def test_names_on_the_map_do_not_overlap_on_a_phone(browser, address):
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = visit(context, address).open("/analyzy/sousede?ukazatel=nezamestnanost&kod=563889")
        boxes = page.locator("#mesta text:not([aria-hidden])").evaluate_all(
            "texts => texts.map(t => t.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
        )
        assert len(boxes) > 5
        slack = 3  # px of the line's own leading
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                beside = one[2] <= other[0] or other[2] <= one[0]
                assert beside or one[3] - slack <= other[1] or other[3] - slack <= one[1]


def test_an_answer_prints_with_map_table_and_source(visitor):
    page = visitor.open(OUTLIERS)
    page.emulate_media(media="print")
    assert page.locator(".analysis-map").is_visible()
    assert not page.locator("#otazka").is_visible()
    assert page.locator("#tabulka tbody tr").last.is_visible()
    assert page.locator("footer", has_text="Zdroj").is_visible()
