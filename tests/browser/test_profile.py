"""Pages of units in a browser: on every width, without scripts, in the dark, and on two sheets of paper."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.browser.conftest import violations, visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_a_page_is_accessible_and_whole_at_every_width(browser, address, width):
    with browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce") as context:
        visitor = visit(context, address)
        page = visitor.open("/obec/563889")
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (visitor.foreign, visitor.problems) == ([], [])


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"contrast": "more"}])
def test_the_page_can_be_read_in_other_looks(browser, address, look):
    with browser.new_context(viewport={"width": 1440, "height": 800}, reduced_motion="reduce", **look) as context:
        assert violations(visit(context, address).open("/orp/5105?lang=en")) == []


def test_the_page_is_whole_without_scripts(browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = visit(context, address).open("/obec/563889")
        assert page.locator("svg.locator").is_visible()
        assert page.locator(".map").is_visible() is False
        assert page.locator("tr[data-indicator]").count() > 25
        page.locator("tr[data-indicator] summary").first.click()
        assert page.locator("tr[data-indicator] details table").first.is_visible()


@pytest.mark.parametrize("path", ["/obec/563889", "/obec/563889?lang=en", "/obec/564028", "/obec/564303?lang=en"])
def test_an_obec_prints_on_two_sheets(visitor, path):
    page = visitor.open(path)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) == 2
    assert [round(float(length) / 72 * 25.4) for length in sheets[0].mediabox[2:]] == [210, 297]
    first, last = sheets[0].extract_text(), sheets[1].extract_text()
    assert page.locator("h1").text_content().split()[-1] in first
    assert path.split("?")[0] in last


def test_a_table_row_keeps_its_meaning_on_a_phone(browser, address):
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = visit(context, address).open("/obec/563889")
        row = page.get_by_role("row").and_(page.locator('[data-indicator="obyvatel"]'))
        assert row.get_by_role("rowheader", name="Počet obyvatel").count() == 1
        assert row.get_by_role("cell").count() == 6
