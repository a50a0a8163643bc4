"""Addresses as others send them on."""

from __future__ import annotations

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


def test_the_preview_of_a_link_is_made_from_the_page(api):
    answer = api.get("/mapa/indikatory?utm_source=zpravodaj", headers={"Accept": "*/*"})
    assert 'property="og:image"' in answer.text


@pytest.mark.parametrize("name", ["fbclid", "utm_source"])
def test_who_asks_for_data_is_still_told_of_every_unknown_parameter(api, name):
    answer = api.get(f"/collections?{name}=1", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert name in answer.json["description"]


def test_a_parameter_that_only_looks_alike_is_refused_to_everybody(api):
    assert api.get("/mapa/pohotovosti?pk_kod=1", headers=READER).status_code == 400
    assert api.get("/mapa/pohotovosti?xfbclid=1", headers=READER).status_code == 400
