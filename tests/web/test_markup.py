"""Pages as a validator reads them: what HTML does not allow, and what search engines show of a page."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.web.reading import read_page

PAGES = (
    "/", "/temata", "/temata/zdravotnictvi", "/rozcestnik", "/zpetna-vazba", "/pristupnost", "/o-datech", "/api",
    "/catalog", "/datasets/obce", "/collections", "/collections/obce", "/zmeny", "/metodika", "/mapa/vrstvy",
    "/mapa/indikatory", "/obec/563889", "/analyzy", "/pohotovosti", "/mapa/pohotovosti", "/pripojit",
    "/tiles", "/tiles/obce",
)  # fmt: skip
WITHOUT_TYPING = ("checkbox", "radio", "file", "button", "submit")


@pytest.mark.parametrize("path", PAGES)
def test_controls_have_only_what_html_gives_them(api: FlaskClient, path: str) -> None:
    page = read_page(api, path)
    assert not [
        one.get("id") for one in page.iter("input") if one.get("type") in WITHOUT_TYPING and one.get("autocomplete")
    ]
    assert not page.xpath("//*[@name='']")
    assert not page.xpath("//*[@id='']")


@pytest.mark.parametrize("path", PAGES)
def test_a_time_can_be_read_by_programs(api: FlaskClient, path: str) -> None:
    moments = [one.get("datetime") or one.text_content() for one in read_page(api, path).iter("time")]
    assert [one for one in moments if not re.fullmatch(r"\d{4}(-\d\d){0,2}(T[\d:.+Z-]+)?", one)] == []


@pytest.mark.parametrize("language", ["cs", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_in_a_sentence_what_is_on_it(api: FlaskClient, path: str, language: str) -> None:
    said = read_page(api, f"{path}?lang={language}").xpath("//meta[@name='description']/@content")
    assert len(said) == 1
    assert 20 <= len(said[0]) <= 600
    assert "<" not in said[0]


def test_pages_do_not_say_the_same_of_themselves(api: FlaskClient) -> None:
    said = [read_page(api, path).xpath("//meta[@name='description']/@content")[0] for path in PAGES]
    assert len(set(said)) == len(said)
