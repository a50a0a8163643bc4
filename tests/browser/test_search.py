"""The box to search by name in a real browser: by keyboard, by touch, by ear, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import until, violations, visit

pytestmark = pytest.mark.browser

ENTRANCE = "/?f=html"
BOX, OPTION = "input[role=combobox]", "[role=option]"  # the choice of a look is a combobox with options too


def typed(page: Page, text: str) -> Page:
    """``page`` with ``text`` typed and the answer there; typed at once, so that nothing less is answered before."""
    page.get_by_role("combobox", name="Obec, část obce").fill(text)
    expect(page.locator(OPTION).first).to_be_visible()
    return page


def chosen(page: Page) -> str:
    """What a screen reader says to be active."""
    active = page.locator(BOX).get_attribute("aria-activedescendant")
    return page.locator(f"#{active} span").first.text_content() if active else ""


def test_suggestions_appear_while_one_types_and_none_is_chosen_yet(visitor):
    page = typed(visitor.open(ENTRANCE), "jab")
    box = page.locator(BOX)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(OPTION).first).to_contain_text("Jablonec nad Nisou")
    assert chosen(page) == ""
    assert page.locator(f"#{box.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    assert visitor.foreign == []
    assert visitor.problems == []


def test_arrows_home_and_end_move_through_the_list_and_back_to_the_field(visitor):
    page = typed(visitor.open(ENTRANCE), "jab")
    names = page.locator(f"{OPTION} > span:first-child").all_text_contents()
    first, second, last = names[0], names[1], names[-1]
    moves = [
        ("ArrowDown", first), ("ArrowDown", second), ("End", last), ("ArrowDown", ""), ("ArrowUp", last),
        ("Home", first), ("ArrowUp", ""),
    ]  # fmt: skip
    for key, expected in moves:
        page.keyboard.press(key)
        assert chosen(page) == expected, key
    assert page.locator("[aria-selected=true]").count() == 0


def test_enter_on_a_suggestion_opens_its_page(visitor):
    page = typed(visitor.open(ENTRANCE), "zelezny")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/obec/563871*")


def test_enter_in_the_field_opens_the_page_of_results(visitor):
    page = typed(visitor.open(ENTRANCE), "zelezny")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hledani?q=zelezny")
    expect(page.get_by_role("link", name="Železný Brod").first).to_be_visible()


def test_escape_closes_the_list_and_then_clears_the_field(visitor):
    page = typed(visitor.open(ENTRANCE), "jab")
    box = page.locator(BOX)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("jab")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_leaving_the_field_closes_the_list_and_alt_arrows_open_and_close_it(visitor):
    page = typed(visitor.open(ENTRANCE), "jab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.locator(BOX).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert chosen(page) == ""
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize(
    ("text", "said"),
    [("563889", "1 výsledek"), ("pencin", "2 výsledky"), ("qqqqqq", "Nic jsme nenašli."),
     ("rokitnica nat jyserou", "Nic jsme nenašli. Nemysleli jste Rokytnice nad Jizerou?")],
)  # fmt: skip
def test_the_number_of_results_is_announced_in_czech(visitor, text, said):
    page = visitor.open(ENTRANCE)
    page.locator(BOX).fill(text)
    expect(page.locator("#hledat-stav")).to_have_text(said)


def test_a_finger_opens_a_suggestion(browser, address):
    with browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as context:
        visitor = visit(context, address)
        page = typed(visitor.open(ENTRANCE), "turn")
        heights = [option.bounding_box()["height"] for option in page.locator(OPTION).all()]
        assert min(heights) >= 44
        page.locator(OPTION).first.tap()
        page.wait_for_url("**/obec/577626*")


def test_only_the_last_text_is_asked_for(visitor):
    visitor.page.clock.install(time="2026-11-24T12:00:00Z")
    page = visitor.open(ENTRANCE)
    page.clock.pause_at("2026-11-24T13:00:00Z")
    page.locator(BOX).press_sequentially("liberec")
    page.clock.run_for(500)
    expect(page.locator(OPTION).first).to_contain_text("Liberec")
    asked = [url for url in visitor.requests if "/search?" in url]
    assert len(asked) == 1
    assert "q=liberec&" in asked[0]


def test_a_late_answer_to_an_older_text_is_dropped(visitor):
    page = visitor.open(ENTRANCE)
    held = []
    page.route("**/search?q=sem&**", lambda route: held.append(route))
    page.locator(BOX).fill("sem")
    until(page, lambda: held)
    page.locator(BOX).fill("turn")
    expect(page.locator(OPTION).first).to_contain_text("Turnov")
    held[0].abort()
    page.wait_for_timeout(100)
    expect(page.locator(OPTION).first).to_contain_text("Turnov")


def test_a_service_that_fails_is_said_to(visitor):
    page = visitor.open(ENTRANCE)
    page.route("**/search?**", lambda route: route.abort())
    page.locator(BOX).fill("turn")
    expect(page.locator("#hledat-stav")).to_have_text("Hledání teď nefunguje. Zkuste to za chvíli znovu.")
    expect(page.locator("#hledat-stav")).to_be_visible()


def test_a_field_that_dispatches_tells_the_page_what_was_chosen(visitor):
    page = visitor.open(ENTRANCE)
    page.evaluate("""() => {
        document.querySelector(".search-field").dataset.choice = "event";
        document.addEventListener("place-chosen", (event) => { window.told = event.detail; });
    }""")
    typed(page, "pencin")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("told.id") == "obec:563749"
    assert len(page.evaluate("told.geometry.coordinates")) == 2
    expect(page.locator(BOX)).to_have_value("Pěnčín (okres Jablonec nad Nisou)")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "width"), [(ENTRANCE, 360), ("/hledani?q=turnov", 320), ("/hledani?q=qqqqqq&lang=en", 1440)]
)
def test_the_open_list_and_the_results_are_accessible_and_fit(browser, address, path, width):
    with browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce") as context:
        visitor = visit(context, address)
        page = visitor.open(path)
        page.locator(BOX).fill("liberec")
        expect(page.locator(OPTION).first).to_be_visible()
        page.keyboard.press("ArrowDown")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert visitor.problems == []


def test_without_scripts_the_form_leads_to_the_results(browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = visit(context, address).open(ENTRANCE + "&lang=en")
        page.get_by_label("Municipality, its part").fill("jablonec n n")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url("**/hledani?lang=en&q=jablonec+n+n")
        expect(page.get_by_role("link", name="Jablonec nad Nisou").first).to_be_visible()
