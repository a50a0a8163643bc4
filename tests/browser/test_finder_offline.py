"""The finder without a connection: the last answer stays readable, and says of when it is."""

from __future__ import annotations

from threading import Thread

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from geoportal.app import create_app
from geoportal.web.finder import views as finder
from tests.browser.conftest import until, violations, visit
from tests.browser.test_finder import EVENING, PATH, names
from tests.conftest import ROOT

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser, address):
    with browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce") as context:
        yield visit(context, address)


def kept(page, path):
    """Opens a page, and waits until its worker has kept the answer."""
    page.goto(path)
    until(page, "navigator.serviceWorker.controller !== null")
    until(page, "caches.match('/last').then(Boolean)")


def test_the_last_answer_can_be_read_offline_and_says_of_when_it_is(phone):
    page = phone.page
    kept(page, f"{phone.address}{PATH}?obec=563889")
    listed = names(page)
    time = page.locator("#stav-z").text_content()
    assert not page.locator(".offline").is_visible()
    page.context.set_offline(True)
    page.goto(f"{phone.address}{PATH}?obec=563889")
    expect(page.locator(".offline")).to_contain_text(f"Bez připojení: stav z {time}.")
    assert page.locator(".offline").is_visible()
    assert names(page) == listed
    assert page.locator(".service a[href^='tel:']").first.is_visible()
    assert violations(page) == []
    page.goto(phone.address + PATH)
    assert names(page) == listed
    page.context.set_offline(False)
    page.goto(phone.address + PATH)
    assert not page.locator(".offline").is_visible()
    assert len(names(page)) > len(listed)


def test_what_is_true_no_more_is_not_told_as_fresh(phone):
    page = phone.page
    kept(page, f"{phone.address}{PATH}?obec=563889&{EVENING}")
    page.evaluate("""async () => {
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const key of await cache.keys()) {
                if (!key.url.includes("/mapa/") && !key.url.endsWith("/last")) continue;
                const answer = await cache.match(key);
                const past = 'data-changes="2020-01-01T00:00:00Z"';
                const text = (await answer.text()).replaceAll(/data-changes="[^"]+"/g, past);
                await cache.put(key, new Response(text, { headers: answer.headers }));
            }
        }
    }""")
    page.context.set_offline(True)
    page.goto(f"{phone.address}{PATH}?obec=563889&{EVENING}")
    states = page.locator(".service .state:has-text('Otevřeno')").all()
    assert states
    for state in states:
        assert state.text_content().endswith("stav se od té doby změnil, zavolejte")
        assert "unknown" in state.get_attribute("class")


def test_a_line_that_breaks_while_one_looks_keeps_the_list_and_is_said(phone):
    page = phone.page
    kept(page, f"{phone.address}{PATH}?obec=563889&{EVENING}")
    listed = names(page)
    page.context.set_offline(True)
    page.locator(".refine > summary").click()
    page.get_by_role("checkbox", name="zubní").check()
    expect(page.locator("#stav")).to_contain_text("Zobrazuje se poslední odpověď")
    assert page.locator("#stav:not(.hidden)").is_visible()
    assert page.locator(".offline").is_visible()
    assert names(page) == listed
    page.context.set_offline(False)
    expect(page.locator(".service")).to_have_count(2)
    assert not page.locator(".offline").is_visible()


def test_an_answer_to_one_s_position_is_never_kept(phone):
    page = phone.page
    page.goto(f"{phone.address}{PATH}?bod=15.05,50.76")
    until(page, "navigator.serviceWorker.controller !== null")
    page.reload()
    urls = page.evaluate("""async () => {
        const found = [];
        for (const name of await caches.keys()) found.push(...(await (await caches.open(name)).keys()));
        return found.map(({ url }) => url);
    }""")
    assert [url for url in urls if "/static/" not in url] == []


@pytest.fixture
def local(facts_settings):
    """The address of a service in this process, in which a test may change things."""
    server = make_server("127.0.0.1", 0, create_app(facts_settings), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join(5)
    server.server_close()


def test_a_new_version_takes_the_place_of_the_old_and_keeps_the_last_answer(phone, local, monkeypatch):
    page = phone.page
    kept(page, f"{local}{PATH}?obec=563889")
    assert "newer" not in " ".join(page.evaluate("caches.keys()"))
    monkeypatch.setattr(finder, "_digest", lambda files, look: "newer")
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    until(page, "caches.keys().then((names) => names.length === 2 && names.every((name) => name.endsWith('newer')))")
    until(page, "caches.match('/last').then(Boolean)")


def test_the_worker_rules_the_finder_only(phone):
    page = phone.page
    kept(page, f"{phone.address}{PATH}")
    assert page.evaluate("navigator.serviceWorker.getRegistration().then((one) => new URL(one.scope).pathname)") == PATH
    page.goto(f"{phone.address}/pohotovosti")
    assert page.evaluate("navigator.serviceWorker.controller") is None
    for template in (ROOT / "geoportal/web/templates").glob("*.html"):
        assert template.name == "finder.html" or "service-worker" not in template.read_text(encoding="utf-8")
