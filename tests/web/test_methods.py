from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.cards import load_inventory
from geoportal.settings import Settings
from tests.web.test_pages import Page, exists, fetch

UNCLEARED = {"lesy-plocha", "podil-lesu", "obyvatel-16-plus", "neockovani-16-plus", "podil-ockovanych"} | {
    "osoby-v-exekuci", "osoby-v-exekuci-na-1000",
}  # fmt: skip
CARDS = load_inventory(Path(__file__).resolve().parents[2]).indicators


@pytest.fixture(scope="module")
def page(api: FlaskClient) -> Page:
    return fetch(api, "/metodika")


@pytest.fixture(scope="module")
def mirrored(mirror_settings: Settings) -> FlaskClient:
    return create_app(mirror_settings).test_client()


def part(page: Page, name: str) -> str:
    """What the page says of one indicator, as text."""
    (found,) = re.findall(rf'<li id="{name}">(.*?)\n    </li>', page.html, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_every_indicator_has_its_place_with_all_that_its_card_says(api: FlaskClient, page: Page) -> None:
    for one in api.get("/indicators").get_json()["indicators"]:
        said = part(page, one["id"])
        for words in (one["title"], one["description"], one["unit"], one["comparability"]):
            assert re.sub(r"\s+", " ", words["cs"]) in said
        assert (one["formula"] or "") in said
        assert ", ".join(one["periods"][next(iter(one["periods"]))]) in said


def test_a_formula_is_told_in_words_that_lead_to_its_parts(page: Page) -> None:
    turnout = re.findall(r'<li id="ucast-psp">.*?<dd>(.*?)</dd>', page.html, re.S)[0]
    assert re.sub(r"<a [^>]*>(.*?)</a>", r"[\1]", turnout) == (
        "100 krát [Platné hlasy ve volbách do Poslanecké sněmovny] děleno ([Platné hlasy ve volbách do Poslanecké "
        "sněmovny] plus [Nevoliči ve volbách do Poslanecké sněmovny])<br>"
        "<code>100 * platne_hlasy / (platne_hlasy + nevolici)</code>"
    )
    assert '<a href="#platne-hlasy">' in turnout


def test_every_place_that_the_page_leads_to_exists(api: FlaskClient, page: Page) -> None:
    inner = {address[1:] for address in page.hrefs if address.startswith("#")}
    assert inner <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    about = set(fetch(api, "/o-datech").ids)
    assert {address.partition("#")[2] for address in page.hrefs if "/o-datech#" in address} <= about
    for address in sorted({one for one in page.hrefs if one.startswith("/datasets/")})[:3]:
        assert exists(api, address)


def test_what_is_of_another_period_and_what_is_not_known_is_said(page: Page) -> None:
    said = part(page, "nezamestnanost")
    assert "Jiné období Obyvatelé ve věku 15–64 let: k 2024 údaj 2020" in said
    assert "Úplnost 2024, obce: 3× bez údaje" in said
    assert "Váha průměru Obyvatelé ve věku 15–64 let" in said
    assert "Úplnost" not in part(page, "obyvatel")


def test_the_country_is_told_with_its_source(page: Page) -> None:
    assert "Česko 2020: 10 701 777 obyvatel; Český statistický úřad" in part(page, "obyvatel")


def test_an_english_page_has_no_czech_heading(api: FlaskClient) -> None:
    english = fetch(api, "/metodika?lang=en")
    assert "<h1>Methods of the indicators</h1>" in english.html
    said = part(english, "ucast-psp")
    assert "100 times Valid votes" in said
    assert "Výpočet" not in english.html


@pytest.mark.parametrize(("path", "address"), [
    ("/mapa/indikatory?ukazatel=obyvatel", "/metodika#obyvatel"),
    ("/datasets/obyvatel", "/metodika#obyvatel"),
    ("/o-datech", "/metodika"),
])  # fmt: skip
def test_other_pages_lead_to_it(api: FlaskClient, path: str, address: str) -> None:
    assert address in fetch(api, path).hrefs


def test_it_is_in_the_sitemap(api: FlaskClient) -> None:
    assert "/metodika</loc>" in api.get("/sitemap.xml").text


def test_unknown_parameters_are_refused(api: FlaskClient) -> None:
    assert api.get("/metodika?id=obyvatel").status_code == 400


def test_every_way_of_making_an_indicator_has_its_words(mirrored: FlaskClient) -> None:
    page = fetch(mirrored, "/metodika")
    assert set(CARDS) - UNCLEARED <= set(page.ids)
    assert "v S-JTSK (EPSG:5514)" in part(page, "rozloha")
    assert "pokrytá vrstvou „" in part(page, "chranena-uzemi-plocha")
    assert "Délka linií vrstvy „" in part(page, "silnice-delka")
    assert "Započteno je jen to, kde" in part(page, "silnice-delka")
    assert "Vzdálenost vzdušnou čarou" in part(page, "vzdalenost-zzs")
    assert "Doba jízdy po silnici" in part(page, "dojezd-nemocnice")
    assert "Počet míst vrstvy" in part(page, "pocet-zzs")


def test_a_profile_compares_with_the_country_where_it_is_known(api: FlaskClient) -> None:
    text = api.get("/kraj.csv").text
    header, *rows = [line.split(",") for line in text.splitlines() if line.startswith(("tema,", "Správa"))]
    column = header.index("cesko")
    shares = {row[header.index("obdobi")]: row[column] for row in rows if row[1] == "ucast-psp"}
    assert shares["2006"].startswith("64.36")
    assert shares["2010"] == ""
    page = fetch(api, "/kraj").html
    assert "64,4" in page
    assert "Hodnoty za celé Česko" in page
