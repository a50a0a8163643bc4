"""The finder in a real browser: list and map in step, address, position, keyboard, and every state by axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import until, violations, visit

pytestmark = pytest.mark.browser

PATH = "/mapa/pohotovosti"
EVENING = "kdy=2026-11-24T18:30"
FOCUSED = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"


def settled(page):
    """Waits until the map stands and its pins are arranged."""
    page.locator(".map.leaflet-container[aria-busy=false]").wait_for()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def names(page):
    return page.locator(".service .name").all_text_contents()


@pytest.fixture
def phone(browser, address):
    with browser.new_context(
        viewport={"width": 360, "height": 740}, reduced_motion="reduce", has_touch=True
    ) as context:
        yield visit(context, address)


def test_a_choice_changes_the_list_and_the_address_without_a_new_page(visitor):
    page = visitor.open(f"{PATH}?obec=563889&{EVENING}")
    page.evaluate("window.same = true")
    page.get_by_role("checkbox", name="zubní").check()
    expect(page.locator(".service")).to_have_count(2)
    assert page.url.endswith(f"{PATH}?obec=563889&druh=zubni&kdy=2026-11-24T18%3A30")
    assert page.locator("#stav").text_content().startswith("Nalezena 2 místa. ")
    page.get_by_role("checkbox", name="jen otevřené").check()
    expect(page.locator(".service")).to_have_count(0)
    expect(page.locator("#vysledky")).to_contain_text("Nic z hledaného")
    assert page.evaluate("window.same")
    assert visitor.problems == []


def test_the_address_alone_brings_the_same_list(visitor, browser, address):
    page = visitor.open(f"{PATH}?obec=563889&{EVENING}")
    page.get_by_role("checkbox", name="děti").check()
    expect(page.locator(".service .kind").first).to_contain_text("děti")
    shown = names(page)
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(page.url)
        assert names(plain) == shown


def test_the_way_back_and_forth_brings_lists_and_controls_back(visitor):
    page = visitor.open(f"{PATH}?obec=563889&{EVENING}")
    settled(page)
    first = names(page)
    page.get_by_role("checkbox", name="zubní").check()
    expect(page.locator(".service")).to_have_count(2)
    page.go_back()
    expect(page.locator(".service")).to_have_count(len(first))
    assert names(page) == first
    assert not page.get_by_role("checkbox", name="zubní").is_checked()
    page.go_forward()
    expect(page.locator(".service")).to_have_count(2)
    assert page.get_by_role("checkbox", name="zubní").is_checked()


def test_a_suggestion_becomes_the_place(visitor):
    page = visitor.open(f"{PATH}?{EVENING}")
    page.get_by_role("combobox", name="Kde hledáte?").fill("frydl")
    expect(page.locator("#misto-nabidka [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#seznam")).to_have_text("Nejblíž od místa Frýdlant")
    assert "obec=564028" in page.url
    assert page.evaluate("document.activeElement.id") == "seznam"


def test_the_finder_is_used_by_keyboard_alone(visitor):
    page = visitor.open(f"{PATH}?{EVENING}")
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(6):
        if page.evaluate("document.activeElement.id") == "misto":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("Turnov")
    expect(page.locator("#misto-nabidka")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator("#seznam")).to_have_text("Nejblíž od místa Turnov")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
        if reached[-1].startswith("Ukázat na mapě:"):
            break
    assert any(text.startswith("Zavolat") for text in reached)
    assert any(text.startswith("Trasa na mapy.com:") for text in reached)
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup")
    popup.wait_for()
    assert popup.evaluate("box => box.contains(document.activeElement)")
    page.keyboard.press("Escape")
    popup.wait_for(state="detached")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == reached[-1]


def test_list_and_map_are_in_step(visitor):
    page = visitor.open(f"{PATH}?obec=564028&druh=nemocnice,lps-dospeli&{EVENING}")
    settled(page)
    cards = page.locator(".service").evaluate_all(
        "all => all.map((card) => ['.key', '.name'].map((part) => card.querySelector(part).textContent).join(': '))"
    )
    told = page.locator(".pin:visible").evaluate_all("pins => pins.map((pin) => pin.getAttribute('aria-label'))")
    marked = re.findall(r"(?:^|; |pohromadě: )(\d+: [^;\n]+)", "\n".join(told), re.M)
    assert sorted(marked) == sorted(cards)
    marker = page.locator(".pin:visible:not(.several)").first
    number = marker.text_content()
    assert marker.get_attribute("aria-expanded") == "false"
    marker.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup h3")).to_contain_text(number)
    assert marker.get_attribute("aria-expanded") == "true"
    expect(page.locator(".service[aria-current] .key")).to_have_text(number)
    assert "selected" in marker.get_attribute("class")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".service[aria-current]")).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == number


def test_a_click_on_the_map_chooses_the_place(visitor):
    page = visitor.open(f"{PATH}?{EVENING}")
    settled(page)
    box = page.locator(".map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.35)
    expect(page.locator("#seznam")).to_have_text("Nejblíž od zvoleného místa")
    assert re.search(r"bod=1\d\.\d{1,5},5\d\.\d{1,5}", page.url)
    expect(page.locator(".here")).to_be_visible()
    assert violations(page) == []


def test_the_position_is_asked_on_a_click_rounded_sent_to_us_alone_and_kept_nowhere(visitor):
    visitor.page.add_init_script("""
        window.asked = 0;
        const original = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
        navigator.geolocation.getCurrentPosition = (...given) => { window.asked += 1; original(...given); };
    """)
    page = visitor.open(f"{PATH}?{EVENING}")
    until(page, "navigator.serviceWorker.controller !== null")
    assert page.evaluate("window.asked") == 0
    before = len(visitor.requests)
    page.get_by_role("button", name="Kde jsem?").click()
    expect(page.locator("#seznam")).to_have_text("Nejblíž od vaší polohy")
    told = [url for url in visitor.requests[before:] if "bod=" in url]
    assert [re.search(r"bod=([\d.]+)(?:%2C|,)([\d.]+)", url).groups() for url in told] == [("15.058", "50.770")]
    assert visitor.foreign == []
    assert "bod" not in page.url
    assert "bod=" not in page.locator(".languages").inner_html()
    kept = page.evaluate("""async () => {
        const names = await caches.keys();
        const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        return [keys.flat().map(({url}) => url), localStorage.length + sessionStorage.length + document.cookie.length];
    }""")
    assert [url for url in kept[0] if "bod" in url] == []
    assert kept[1] == 0
    assert violations(page) == []


def test_the_link_with_one_s_position_is_given_only_to_who_copies_it(browser, address):
    allowed = ["geolocation", "clipboard-read", "clipboard-write"]
    with browser.new_context(geolocation={"longitude": 15.0584, "latitude": 50.7699}, permissions=allowed) as context:
        page = visit(context, address).open(PATH)
        page.get_by_role("button", name="Kopírovat odkaz").click()
        expect(page.locator("#stav")).to_have_text("Odkaz je zkopírovaný.")
        assert page.evaluate("navigator.clipboard.readText()") == address + PATH
        page.get_by_role("button", name="Kde jsem?").click()
        expect(page.locator("#seznam")).to_have_text("Nejblíž od vaší polohy")
        page.get_by_role("button", name="Kopírovat odkaz").click()
        expect(page.locator("#stav")).to_have_text("Odkaz je zkopírovaný a obsahuje vaši polohu.")
        assert page.evaluate("navigator.clipboard.readText()").endswith("?bod=15.058,50.770")


def test_a_refused_position_is_said_and_a_place_can_be_typed(browser, address):
    with browser.new_context() as context:
        context.grant_permissions([])
        page = visit(context, address).open(PATH)
        page.get_by_role("button", name="Kde jsem?").click()
        expect(page.locator("#stav")).to_contain_text("Napište obec nebo PSČ")
        expect(page.locator("#stav")).to_be_visible()
        assert page.evaluate("document.activeElement.id") == "misto"


SILENT = "navigator.geolocation.getCurrentPosition = (found) => { window.position = found; }"


def within(page, locator):
    """Whether the whole of an element is in the window."""
    box = locator.bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"]


def test_waiting_for_a_position_is_told_and_one_that_comes_too_late_is_not_taken(phone):
    phone.page.add_init_script(SILENT)
    page = phone.open(PATH)
    page.get_by_role("button", name="Kde jsem?").click()
    expect(page.locator("#stav")).to_have_text("Zjišťuje se vaše poloha… Zatím můžete napsat obec.")
    assert within(page, page.locator("#stav"))
    page.get_by_label("Kde hledáte?").fill("turnov")
    page.get_by_role("button", name="Najít").click()
    expect(page.locator("#seznam")).to_have_text("Nejblíž od místa Turnov")
    page.evaluate("position({coords: {longitude: 15.06, latitude: 50.77}})")
    assert page.get_by_label("Kde hledáte?").input_value() == "turnov"
    expect(page.locator("#seznam")).to_have_text("Nejblíž od místa Turnov")


@pytest.mark.parametrize("how", ["position", "typed", "unknown"])
def test_the_answer_asked_for_on_a_phone_stands_below_the_numbers_to_call(phone, how):
    phone.page.context.grant_permissions(["geolocation"])
    phone.page.context.set_geolocation({"longitude": 15.0584, "latitude": 50.7699})
    page = phone.open(PATH)
    if how == "position":
        page.get_by_role("button", name="Kde jsem?").click()
        expect(page.locator("#seznam")).to_have_text("Nejblíž od vaší polohy")
    else:
        page.get_by_label("Kde hledáte?").fill("turnov" if how == "typed" else "qqqqqq")
        page.get_by_role("button", name="Najít").click()
    answer = page.locator("#vysledky .state" if how != "unknown" else "#vysledky .warning").first
    expect(page.locator(".ask.answered")).to_be_visible()
    assert within(page, page.locator(".urgent"))
    assert within(page, answer)


def test_a_button_without_its_script_is_not_offered(browser, address):
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        context.route("**/static/js/finder.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{address}{PATH}?obec=563889")
        assert page.locator(".service").count() > 3
        for button in ("Ukázat na mapě", "Kopírovat odkaz", "Kde jsem?"):
            assert page.get_by_role("button", name=button).count() == 0


def test_what_is_open_has_a_mark_of_its_own_in_the_colours_of_the_system(browser, address):
    with browser.new_context(forced_colors="active") as context:
        page = visit(context, address).open(f"{PATH}?obec=563889&{EVENING}")
        fills = {
            mark: page.locator(f".state.{mark}").first.evaluate(
                "one => getComputedStyle(one, '::before').backgroundColor"
            )
            for mark in ("open", "closed")
        }
        ink = page.evaluate("getComputedStyle(document.body).color")
        assert fills == {"open": ink, "closed": "rgba(0, 0, 0, 0)"}


@pytest.fixture
def alone(browser, address):
    """A visitor whose browser has no worker between the page and the test."""
    with browser.new_context(service_workers="block") as context:
        yield visit(context, address)


def test_time_passes_on_the_page(alone):
    page = alone.page
    page.clock.install(time="2026-11-24T12:00:00Z")
    wait = '<span data-moment="2026-11-24T13:04:00+01:00" id="cekani">za 4 min</span>'
    told = f'<span class="state closed" data-changes="2026-11-24T13:04:00+01:00">Otevře v 13:04 ({wait})</span></ol>'
    asked = []

    def answer(route):
        asked.append(route.request.url)
        found = route.fetch()
        html = re.sub(r'data-changes="[^"]+"', "", found.text())
        html = re.sub(r'data-at="[^"]+"', 'data-at="2026-11-24T13:00:00+01:00"', html)
        route.fulfill(response=found, body=html.replace("</ol>", told, 1))

    page.route("**/mapa/pohotovosti*", answer)
    page.goto(f"{alone.address}{PATH}?obec=563889&druh=lps-dospeli")
    page.clock.run_for(150_000)
    expect(page.locator("#cekani")).to_have_text("za 2\u00a0min")
    assert len(asked) == 1
    page.clock.run_for(100_000)
    expect(page.locator("#cekani")).to_have_text("za 4 min")
    assert len(asked) == 2


def test_opened_details_and_the_focus_outlive_a_renewed_list(visitor):
    page = visitor.open(f"{PATH}?obec=563889&{EVENING}")
    details = page.locator(".service summary").nth(1)
    details.click()
    page.get_by_role("checkbox", name="zubní").focus()
    page.keyboard.press("Space")
    expect(page.locator(".service")).to_have_count(2)
    page.keyboard.press("Space")
    expect(page.locator(".service")).to_have_count(10)
    assert page.evaluate("document.activeElement.value") == "zubni"


def test_the_map_of_a_phone_comes_when_asked_for(phone):
    page = phone.open(f"{PATH}?obec=563889&{EVENING}")
    page.wait_for_load_state("networkidle")
    assert [url for url in phone.requests if "leaflet" in url or ".geojson" in url] == []
    assert not page.locator("#mapa").is_visible()
    page.get_by_role("button", name="Ukázat na mapě", exact=True).click()
    settled(page)
    expect(page.locator(".map")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
    assert phone.problems == []


def test_targets_are_large_enough_for_a_thumb(phone):
    page = phone.open(f"{PATH}?obec=563889&{EVENING}")
    page.locator(".service summary").first.click()
    small = page.locator("main").evaluate("""main => [...main.querySelectorAll("a, button, summary, .chip, #misto")]
        .filter((one) => one.closest(".urgent, .finder") && one.checkVisibility() && !one.closest("p, .hidden"))
        .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
        .filter(([, height]) => height < 43.5)""")
    assert small == []


@pytest.mark.parametrize("state", ["list", "german", "nothing open"])
def test_the_answer_is_seen_on_a_phone_without_scrolling(phone, state):
    page = phone.open(STATES[state])
    emergency, call = page.locator(".urgent a").first, page.locator("#vysledky a[href^='tel:']").first
    notice = page.locator(".notice").bounding_box()["height"]  # only where boundaries are schematic
    assert emergency.bounding_box()["y"] - notice < 120
    box = call.bounding_box()
    assert box["y"] + box["height"] - notice < 740


STATES = {
    "everything": PATH,
    "list": f"{PATH}?obec=563889&{EVENING}",
    "nothing open": f"{PATH}?obec=563889&kdy=2026-11-24T08:00",
    "unknown place": f"{PATH}?misto=qqqqqq",
    "no result": f"{PATH}?obec=563889&druh=zubni&otevreno=1&kdy=2026-11-24T08:00",
    "english": f"{PATH}?obec=563889&lang=en&{EVENING}",
    "german": f"{PATH}?obec=563889&lang=de&{EVENING}",
    "polish, nothing open": f"{PATH}?bod=14.42,50.09&lang=pl&kdy=2026-11-24T08:00",
    "german list": "/pohotovosti/semily?lang=de",
    "list to print": "/pohotovosti/liberec",
    "whole list": "/pohotovosti?lang=en",
    "error": f"{PATH}?obec=1",
}


@pytest.mark.parametrize("width", [360, 1440])
def test_every_state_is_accessible(browser, address, width):
    with browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce") as context:
        page = visit(context, address).page
        for path in STATES.values() if width == 360 else (STATES["everything"], STATES["nothing open"]):
            page.goto(address + path)
            if page.locator(".service summary").count():
                page.locator(".service summary").first.click()
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"contrast": "more"}])
def test_words_can_be_read_in_every_look(browser, address, look):
    with browser.new_context(**look) as context:
        page = visit(context, address).page
        for state in ("list", "nothing open", "list to print"):
            page.goto(address + STATES[state])
            assert violations(page, {"type": "rule", "values": ["color-contrast"]}) == []


LARGE = ("nothing open", "list", "german", "polish, nothing open", "list to print", "german list")


@pytest.mark.parametrize("path", [STATES[state] for state in LARGE])
def test_the_finder_holds_at_320_px_with_text_twice_as_large(browser, address, path):
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = visit(context, address).open(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = page.locator("main").evaluate("""main => [...main.querySelectorAll("*")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > 321)
            .filter((one) => !one.closest(".hidden, thead")).map((one) => one.outerHTML.slice(0, 80))""")
        assert wide == []


def test_without_scripts_a_typed_place_and_every_control_work(browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + PATH)
        page.get_by_label("Kde hledáte?").fill("turnov")
        page.get_by_role("checkbox", name="dospělí").check()
        page.locator(".when summary").click()
        page.get_by_label("Den a hodina").fill("2026-11-24T18:30")
        page.get_by_role("button", name="Najít").click()
        page.wait_for_url("**misto=turnov&druh=lps-dospeli&kdy=2026-11-24T18%3A30")
        assert "Nejblíž od místa Turnov" in page.locator("#seznam").text_content()
        assert page.locator(".service .state").first.text_content() == "Otevřeno do 22:00"
        assert not page.get_by_role("button", name="Kde jsem?").is_visible()


def test_on_paper_stand_hours_phones_sources_and_the_address(visitor):
    page = visitor.open("/pohotovosti/liberec")
    page.emulate_media(media="print")
    assert not page.locator(".screen-only").first.is_visible()
    assert page.locator(".regular").first.is_visible()
    assert page.locator(".phone").first.is_visible()
    expect(page.locator(".print-only")).to_contain_text(f"{visitor.address}/pohotovosti/liberec")
    assert "stav k 31. 12. 2025" in page.locator(".sheet").first.text_content().replace("\u00a0", " ")
    page.emulate_media(media="screen")
    page.goto(visitor.address + f"{PATH}?obec=563889")
    page.emulate_media(media="print")
    assert not page.locator("#dotaz").is_visible()
    assert page.locator(".service .week").first.is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#adresa")).to_have_text(f"{visitor.address}{PATH}?obec=563889")
    call = page.locator("#vysledky .button").first
    assert call.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"


LIMITS = {"list": 60_000, "map": 350_000}


def weighed(context, address):
    """A visitor, and a list that fills with the bytes of whatever their window loads."""
    visitor, sizes = visit(context, address), []
    session = context.new_cdp_session(visitor.page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda loaded: sizes.append(loaded["encodedDataLength"]))
    return visitor, sizes


def test_the_first_answer_is_light_with_and_without_the_map(browser, address):
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        visitor, sizes = weighed(context, address)
        page = visitor.open(f"{PATH}?obec=563889")
        page.wait_for_load_state("networkidle")
        without = sum(sizes)
        assert len(sizes) > 5
        assert without < LIMITS["list"]
        page.get_by_role("button", name="Ukázat na mapě", exact=True).click()
        settled(page)
        assert without < sum(sizes) < LIMITS["map"]


def test_the_question_is_as_light_as_the_answer(browser, address):
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        visitor, sizes = weighed(context, address)
        visitor.open(PATH).wait_for_load_state("networkidle")
        assert len(sizes) > 5
        assert sum(sizes) < LIMITS["list"]
