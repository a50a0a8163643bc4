"""Every page in a real browser: accessible, self-contained, whole at every width, useful without scripts."""

from __future__ import annotations

import pytest

from tests.browser.conftest import until, violations, visit

pytestmark = pytest.mark.browser

PAGES = {
    "/?f=html": "Najít pohotovost",
    "/mapa/vrstvy": "Obce",
    "/mapa/indikatory?ukazatel=nezamestnanost&uroven=orp": "Tanvald",
    "/mapa/indikatory?ukazatel=saldo-migrace&uroven=okres&lang=en": "Česká Lípa",
    "/mapa/pohotovosti": "Zavolat",
    "/mapa/pohotovosti?obec=564028": "vzdušnou čarou",
    "/o-datech": "SHA-256",
    "/metodika": "100 * platne_hlasy / (platne_hlasy + nevolici)",
    "/metodika?lang=en": "divided by",
    "/temata": "Bezpečnost",
    "/temata/zdravotnictvi": "Počet ordinací pohotovosti",
    "/temata/zemedelstvi?lang=en": "There is nothing on this theme here yet",
    "/rozcestnik": "EDULK",
    "/collections?lang=en": "Hospitals",
    "/collections/pohotovosti": "ogr2ogr",
    "/collections/obce/items?limit=20": "Další",
    "/collections/nemocnice/items?limit=5&offset=5": "Předchozí",
    "/collections/obce/items/563889": "Kód okresu",
    "/api": "/collections/obce/items",
    "/analyzy/dostupnost?druh=lps-deti&kdy=2026-11-23T18:00&uroven=okres": "v jejím definičním bodě",
    "/analyzy/oblast": "Rohy oblasti",
    "/analyzy/oblast?misto=Turnov&polomer=8": "Výjezdové základny",
}


@pytest.fixture(scope="module", params=[360, 1440])
def shown(request, browser, address):
    """A visitor on a phone and one at a desk."""
    with browser.new_context(viewport={"width": request.param, "height": 800}, reduced_motion="reduce") as context:
        yield visit(context, address)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_whole_and_calls_nobody(shown, path):
    shown.problems.clear()
    shown.requests.clear()
    page = shown.open(path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert shown.foreign == []
    assert shown.problems == []


def test_what_is_not_accessible_is_found_and_where(visitor):
    page = visitor.open("/rozcestnik")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert [found.partition(":")[0] for found in violations(page)] == ["image-alt"]
    assert violations(page, within="footer") == []


@pytest.fixture(scope="module")
def plain(browser, address):
    """A visitor whose browser runs no scripts."""
    with browser.new_context(java_script_enabled=False) as context:
        yield visit(context, address)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_useful_without_scripts(plain, path):
    page = plain.open(path)
    assert PAGES[path] in page.locator("main").text_content()
    assert page.locator(".map").is_visible() is False
    assert page.locator("noscript").count() == page.locator(".map").count()


@pytest.mark.parametrize(
    "path",
    [
        "/?f=html",
        "/mapa/indikatory",
        "/mapa/pohotovosti",
        "/collections/pohotovosti",
        "/collections/obce/items?limit=5",
    ],
)
def test_a_page_holds_at_320_px_with_text_twice_as_large(browser, address, path):
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        visitor = visit(context, address)
        page = visitor.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.add_style_tag(url=address + "/static/css/geoportal.css")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_colours_of_the_page_follow_the_reader(browser, address, scheme):
    with browser.new_context(color_scheme=scheme) as context:
        page = visit(context, address).open("/o-datech")
        assert (
            page.evaluate("getComputedStyle(document.body).backgroundColor")
            == {
                "dark": "rgb(18, 22, 20)",
                "light": "rgb(255, 255, 255)",
            }[scheme]
        )


def test_the_policy_stops_a_script_that_someone_slips_in(visitor):
    page = visitor.open("/mapa/vrstvy")
    page.evaluate("""() => {
        const made = document.createElement("script");
        made.textContent = "window.slipped = true";
        document.body.append(made);
    }""")
    assert page.evaluate("window.slipped") is None
    until(page, lambda: any("Content Security Policy" in problem for problem in visitor.problems))
