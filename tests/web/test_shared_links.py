"""Addresses as others send them on."""

from __future__ import annotations

import html
import re

import pytest

READER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("/mapa/vrstvy?fbclid=IwAR0x_-1", "/mapa/vrstvy"),
        ("/mapa/pohotovosti?kdy=2026-11-24T18:30&fbclid=Iw&pocet=3", "/mapa/pohotovosti?kdy=2026-11-24T18:30&pocet=3"),
        ("/?utm_source=facebook&utm_medium=social&utm_campaign=zima&lang=en", "/?lang=en"),
        ("/collections/obce/items?utm_source=newsletter&limit=5", "/collections/obce/items?limit=5"),
        ("/obec/563889?gclid=a&_ga=1.2", "/obec/563889"),
    ],
)
def test_a_page_is_the_same_when_others_have_added_to_its_address(api, sent, meant):
    given, plain = (api.get(address, headers=READER) for address in (sent, meant))
    assert given.status_code == 200
    assert given.text == plain.text  # its own links too: what was added is not passed on


@pytest.mark.parametrize("path", ["/mapa/indikatory?utm_source=zpravodaj", "/", "/collections/obce", "/temata"])
@pytest.mark.parametrize("robot", ["facebookexternalhit/1.1", "WhatsApp/2.23 A", "Slackbot-LinkExpanding 1.0"])
def test_the_preview_of_a_link_is_made_from_the_page(api, path, robot):
    answer = api.get(path, headers={"Accept": "*/*", "User-Agent": robot})
    assert answer.mimetype == "text/html"
    assert "<title>" in answer.text
    assert "User-Agent" in answer.headers.get_all("Vary")


def test_a_program_that_takes_anything_gets_data_also_after_a_robot(api):
    for agent in ("facebookexternalhit/1.1", "curl/8.5", "facebookexternalhit/1.1", "python-requests/2.32"):
        answer = api.get("/", headers={"Accept": "*/*", "User-Agent": agent})
        assert answer.is_json == (not agent.startswith("facebook"))


@pytest.mark.parametrize("name", ["fbclid", "utm_source"])
def test_who_asks_for_data_is_still_told_of_every_unknown_parameter(api, name):
    answer = api.get(f"/collections?{name}=1", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert name in answer.json["description"]


def test_a_parameter_that_only_looks_alike_is_refused_to_everybody(api):
    assert api.get("/mapa/pohotovosti?pk_kod=1", headers=READER).status_code == 400
    assert api.get("/mapa/pohotovosti?xfbclid=1", headers=READER).status_code == 400


def test_the_entrance_is_shared_with_a_map(api):
    page = api.get("/", headers={"Accept": "*/*", "User-Agent": "WhatsApp/2.23"}).text
    picture = re.search(r'property="og:image" content="([^"]+)"', page)[1]
    assert picture.startswith("http://localhost/")
    answer = api.get(html.unescape(picture).removeprefix("http://localhost"))
    assert answer.mimetype == "image/png"
