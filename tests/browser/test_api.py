"""The page for programmers in a browser: links open what they lead to, and every operation can be tried on the spot."""

from __future__ import annotations

import pytest

from tests.browser.conftest import violations, visit

pytestmark = pytest.mark.browser


def form(page, path):
    return page.locator(f"form[data-path='{path}']")


def send(page, path):
    """Sends the form of an operation and gives what is said of the answer."""
    form(page, path).locator(".api-send button").click()
    page.locator(f"form[data-path='{path}'] + .api-answer").wait_for()
    return form(page, path).get_by_role("status").text_content()


def test_a_link_to_an_operation_opens_it_below_its_heading(visitor):
    page = visitor.open("/api#nearest")
    assert form(page, "/nearest").is_visible()
    heading = page.locator("[id='nearest-nadpis']")
    assert 0 <= heading.bounding_box()["y"] < page.viewport_size["height"] / 2
    page.get_by_role("navigation", name="Operace").get_by_text("/search", exact=True).click()
    form(page, "/search").wait_for()


def test_a_call_shows_status_time_size_address_headers_and_body(visitor):
    page = visitor.open("/api#nearest")
    said = send(page, "/nearest")
    assert said.startswith("200 OK · ")
    assert " ms · " in said
    answer = page.locator(".api-answer")
    assert answer.locator(".api-address").text_content().startswith(f"{visitor.address}/nearest?lon=")
    assert answer.locator(".api-curl").text_content().startswith("curl 'http")
    assert "application/geo+json" in answer.locator(".api-headers").text_content()
    assert '"type": "FeatureCollection"' in answer.locator(".api-content").text_content()
    assert visitor.problems == []
    assert visitor.foreign == []


def test_a_wrong_value_is_sent_and_the_reason_is_shown(visitor):
    page = visitor.open("/api#item")
    form(page, "/collections/{layer_id}/items/{fid}").get_by_label("fid").fill("0")
    assert send(page, "/collections/{layer_id}/items/{fid}").startswith("404")
    assert '"code": "NotFound"' in page.locator(".api-content").text_content()


def test_a_form_is_sent_with_a_table(visitor):
    page = visitor.open("/api#join")
    assert send(page, "/join").startswith("200")
    assert (
        '"units_matched": 2' in page.locator(".api-content").text_content() or page.locator(".api-about").is_visible()
    )
    assert "--form-string 'text=kod,hodnota" in page.locator(".api-curl").text_content()


def test_a_picture_is_shown_and_a_file_is_told_by_its_size(visitor):
    page = visitor.open("/api#picture")
    assert send(page, "/indicators/{indicator_id}/map.{ext}").startswith("200")
    page.locator(".api-answer img").wait_for()
    page = visitor.open("/api#layer_file")
    send(page, "/layers/{filename}")
    page.get_by_text("Soubor o velikosti").wait_for()


def test_a_long_answer_is_cut(visitor):
    page = visitor.open("/api#catalog_ttl")
    send(page, "/catalog.ttl")
    assert "Ukazujeme prvních 20\u00a0000 znaků" in page.locator(".api-about").text_content()
    assert len(page.locator(".api-content").text_content()) == 20_000


def test_all_is_done_by_keyboard(visitor):
    page = visitor.open("/api")
    page.locator("details:has(form[data-path='/search']) > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Enter")
    page.locator(".api-answer").wait_for()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_it_is_accessible_and_fits_with_an_answer_in_every_kind_of_operation(browser, address, width):
    with browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce") as context:
        page = visit(context, address).open("/api")
        for name in ("nearest", "items", "join", "picture", "collection-tile"):
            page.evaluate("(name) => document.getElementById(name)?.closest('details').toggleAttribute('open')", name)
        send(page, "/nearest")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_a_form_leads_to_the_answer(browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = visit(context, address).open("/api#values")
        path = "/indicators/{indicator_id}/values"
        form(page, path).get_by_label("f", exact=True).select_option("json")
        form(page, path).locator(".api-send button").click()
        page.wait_for_url("**/indicators/*/values?*f=json")
        assert '"values"' in page.content()
