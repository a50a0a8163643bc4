"""The table of features for people."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import lxml.html
from flask.testing import FlaskClient

from geoportal.query.collation import collation


def table(api: FlaskClient, query: str) -> tuple[list[str], list[list[str]], lxml.html.HtmlElement]:
    """The heads and the rows of the table that people see."""
    answer = api.get(f"/collections/obce/items?f=html&{query}", buffered=True)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    document = lxml.html.fromstring(answer.get_data(as_text=True))
    rows = [[cell.text_content().strip() for cell in row] for row in document.xpath("//table[@class='attributes']//tr")]
    return rows[0], rows[1:], document


def test_the_table_shows_the_fields_asked_for_in_their_order(api: FlaskClient) -> None:
    heads, rows, document = table(api, "properties=kod_okresu,kod&sortby=-nazev&limit=3")
    assert [head.rstrip(" ↑↓") for head in heads[1:]] == ["Kód okresu (LAU 1)", "Kód obce"]
    assert [row[0][:1] for row in rows] == ["Ž"] * 3
    assert all(len(row) == 3 for row in rows)
    assert "properties=kod_okresu" in document.xpath("//a[@rel='next']")[0].get("href")


def test_pages_of_the_table_keep_what_was_asked(api: FlaskClient) -> None:
    asked = "properties=kod&sortby=nazev&filter=kod_okresu='CZ0511'&limit=20&lang=en"
    _, rows, document = table(api, asked)
    names = [row[0] for row in rows]
    while following := document.xpath("//a[@rel='next']"):
        query = urlsplit(following[0].get("href")).query.replace("f=html&", "")
        _, rows, document = table(api, query)
        assert all(len(row) == 2 for row in rows)
        names += [row[0] for row in rows]
    assert len(names) == 57
    assert names == sorted(names, key=collation)
    kept = {field.get("name"): field.get("value") for field in document.xpath("//form//input[@type='hidden']")}
    assert kept | {"properties": "kod", "sortby": "nazev", "limit": "20", "lang": "en"} == kept


def test_a_head_of_the_table_sorts_and_turns_the_order_round(api: FlaskClient) -> None:
    _, _, document = table(api, "limit=5&offset=5")
    assert document.xpath("//th[@aria-sort]") == []
    address = document.xpath("//thead//th/a")[0].get("href")
    query = urlsplit(address).query
    assert "sortby=nazev" in query
    assert "offset" not in query
    _, rows, document = table(api, query.replace("f=html&", ""))
    assert document.xpath("//th[@aria-sort]")[0].get("aria-sort") == "ascending"
    assert rows[0][0] == "Albrechtice v Jizerských horách"
    assert "sortby=-nazev" in document.xpath("//thead//th/a")[0].get("href")


def test_joined_indicators_are_columns_of_the_table(api: FlaskClient, get: Any) -> None:
    heads, rows, _ = table(api, "indicators=obyvatel&filter=nazev='Liberec'&properties=kod")
    assert "2024" in heads[-1]
    assert rows[0][-1].replace("\xa0", "") == "107699"
