"""The form, the declaration and the code for other pages, in a real browser."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import until, violations, visit

pytestmark = pytest.mark.browser

FORM = "/zpetna-vazba"
LOOKS = [(360, "light", "no-preference"), (768, "dark", "no-preference"), (1440, "light", "more")]


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}-{look[2]}")
def shown(request, browser, address):
    """Visitors with screens, looks and wishes of their own."""
    width, scheme, contrast = request.param
    wishes = {"color_scheme": scheme, "contrast": contrast, "reduced_motion": "reduce"}
    with browser.new_context(viewport={"width": width, "height": 800}, **wishes) as context:
        yield visit(context, address)


def is_accessible(visitor) -> None:
    """Fails with what axe finds, with what doesn't fit, and with what the browser complains of."""
    page = visitor.page
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert visitor.foreign == []


@pytest.mark.parametrize(
    "path",
    [
        FORM, f"{FORM}?o=data&misto=Liberec&lang=en", f"{FORM}?lang=de", f"{FORM}?lang=pl", f"{FORM}/diky?cislo=7",
        "/pristupnost", "/pristupnost?lang=en",
    ],
)  # fmt: skip
def test_the_pages_are_accessible_and_whole(shown, path):
    shown.problems.clear()
    shown.open(path)
    is_accessible(shown)
    assert shown.problems == []


def test_mistakes_are_accessible_and_the_way_leads_from_the_summary_to_the_field(shown):
    page = shown.open(FORM)
    page.fill("#email", "jana")
    page.locator("form.letter button").click()
    summary = page.locator(".mistakes")
    summary.wait_for()
    assert page.title().startswith("Chyba: ")
    expect(summary).to_be_focused()
    assert summary.locator("a").count() == 3
    summary.get_by_role("link", name="Napište zprávu.").click()
    expect(page.locator("#zprava")).to_be_focused()
    is_accessible(shown)


def test_a_message_is_sent_and_thanked_for_with_scripts_and_without(browser, address):
    phone = {"viewport": {"width": 360, "height": 640}}
    with browser.new_context(**phone) as one, browser.new_context(java_script_enabled=False, **phone) as other:
        visitors = [visit(context, address) for context in (one, other)]
        for visitor in visitors:
            page = visitor.open(f"{FORM}?stranka=/mapa/vrstvy")
            page.get_by_label("Data a ukazatele").check()
            page.get_by_label("Zpráva", exact=True).fill("Chybí Harrachov.\nDěkuji.")
        page.wait_for_timeout(3100)  # sooner only robots send
        for visitor in visitors:
            visitor.page.get_by_role("button", name="Odeslat zprávu").click()
            expect(visitor.page.locator("main")).to_contain_text("Číslo vaší zprávy je")
            assert visitor.foreign == []
            assert visitor.page.context.cookies() == []


def test_the_field_for_robots_is_neither_seen_nor_reached_by_keyboard(visitor):
    page = visitor.open(FORM)
    page.locator("#email").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Odeslat zprávu"
    assert page.get_by_role("textbox").count() == 4


def test_a_popup_leads_to_the_form_with_the_place_and_the_page(visitor):
    page = visitor.open("/mapa/vrstvy?vrstvy=pohotovosti")
    page.locator(".pin:not([hidden])").first.click()
    link = page.locator(".leaflet-popup").get_by_role("link", name="Nahlásit změnu nebo chybu")
    query = parse_qs(urlsplit(link.get_attribute("href")).query)
    assert query["stranka"] == ["/mapa/vrstvy?vrstvy=pohotovosti"]
    link.press("Enter")  # a popup still moves with the map when it has just been opened
    page.wait_for_url(f"**{FORM}?*")
    assert page.locator("#misto").input_value() == query["misto"][0] != ""


def test_the_code_for_other_pages_is_copied(browser, address):
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = visit(context, address).open("/mapa/vrstvy")
        page.locator(".embedding summary").click()
        page.locator(".embedding button").click()
        expect(page.locator(".embedding button")).to_have_text("Zkopírováno")
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#vlozit").input_value()


def test_the_code_is_of_the_map_as_it_is_now(visitor):
    page = visitor.open("/mapa/vrstvy")
    page.evaluate("history.replaceState(null, '', '?vrstvy=okresy&lang=cs')")
    page.locator(".embedding summary").click()
    expect(page.locator("#vlozit")).to_have_value(re.compile("okresy"))
    assert f'src="{visitor.address}/mapa/vrstvy?vrstvy=okresy&amp;lang=cs&amp;embed=1"' in page.input_value("#vlozit")


class OtherSite(BaseHTTPRequestHandler):
    """A page of somebody else, with our map in it."""

    code = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!DOCTYPE html><title>Cizí</title>{self.code}".encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def other_site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), OtherSite)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_browser_keeps_our_maps_out_of_pages_that_are_not_allowed(visitor, other_site):
    page = visitor.open("/mapa/vrstvy")
    OtherSite.code = html.unescape(re.search(r'<textarea id="vlozit"[^>]*>(.*?)</textarea>', page.content(), re.S)[1])
    page.goto(other_site)
    page.locator("iframe").scroll_into_view_if_needed()
    until(page, lambda: any("frame-ancestors" in problem for problem in visitor.problems))
    assert page.frames[1].locator("main").count() == 0
