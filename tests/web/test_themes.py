from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from geoportal.snapshot.hub import HubCatalogue, HubDataset
from geoportal.web.portal.views import open_visit
from geoportal.web.screens.themes import theme_screen, themes_screen, whole
from tests.web.reading import HTML, read_page, text_of


@pytest.fixture
def visit(api):
    with api.application.test_request_context("/temata"):
        yield open_visit()


def test_the_list_has_every_theme_in_the_order_of_the_site(api, visit):
    found = read_page(api, "/temata").xpath("//ul[@class='theme-grid']//a/@href")
    assert found == [f"/temata/{theme.id}" for theme in visit.site.themes]
    assert len(found) == 20


def test_a_theme_counts_what_its_page_shows(api, visit):
    for entry, theme in zip(themes_screen(visit)["themes"], visit.site.themes, strict=True):
        screen = theme_screen(visit, theme.id)
        held = [len(screen[part]) for part in ("indicators", "layers", "datasets")]
        assert [int(re.match(r"\d+", count)[0]) for count in entry.counts] == [count for count in held if count]


def test_a_theme_shows_its_maps_indicators_layers_downloads_and_data_sets(api):
    html = read_page(api, "/temata/zdravotnictvi")
    assert [text_of(one) for one in html.findall(".//h2")[:4]] == ["Mapy", "Ukazatele", "Vrstvy", "Datové sady portálu"]
    hrefs = html.xpath("//main//a/@href")
    assert "/mapa/pohotovosti" in hrefs
    assert "/collections/nemocnice" in hrefs
    assert "/layers/pohotovosti.gpkg" in hrefs
    assert "/indicators/pocet-pohotovosti/values?f=csv" in hrefs
    assert "https://www.datalk.cz/datasets/38d9797b83044ada9c674c08b54f8548_0" in hrefs
    overlays = next(one for one in hrefs if one.startswith("/mapa/vrstvy?vrstvy="))
    assert set(overlays.partition("=")[2].split("%2C")) >= {"pohotovosti", "nemocnice"}


def test_an_indicator_stands_with_the_value_of_the_whole_region_and_its_period(api):
    html = read_page(api, "/temata/zamestnanost")
    row = html.xpath("//table//tr[th/a[contains(@href, 'ukazatel=nezamestnanost')]]")[0]
    held = api.get("/indicators/nezamestnanost/values?level=kraj&f=json").json
    value = f"{held['values'][0]['value']:.2f}".replace(".", ",")
    assert value in text_of(row)
    assert held["period"] in text_of(row)


def test_an_indicator_without_a_value_for_the_region_says_so(api, visit):
    table = visit.snapshot.indicators["nezamestnanost"]

    class Finer:
        levels = ("obec",)
        periods = staticmethod(table.periods)

    assert whole(visit, Finer()) == ("", table.periods("obec")[-1])


def test_a_data_set_that_we_show_too_leads_to_our_layer(api):
    html = read_page(api, "/temata/bezpecnost")
    item = next(one for one in html.xpath("//section[@aria-labelledby='sady']//li") if "ZZS" in text_of(one))
    assert item.xpath(".//a/@href") == [
        "https://www.datalk.cz/datasets/6da21aeaf4844012929017561edb59be_0",
        "/collections/zzs",
    ]


def test_an_empty_theme_says_so_and_offers_its_neighbours(api):
    html = read_page(api, "/temata/zemedelstvi")
    assert "zatím nic není" in text_of(html)
    assert "/temata/priroda-a-krajina" in html.xpath("//section[@aria-labelledby='pribuzna']//a/@href")
    assert html.xpath("//main//table") == []


def test_an_empty_theme_stays_quiet_in_the_list(api):
    empty = read_page(api, "/temata").xpath("//li[@class='empty']")
    assert {text_of(one) for one in empty} >= {"Zemědělství zatím nic"}


def test_an_unknown_theme_is_missing_and_the_likely_one_is_named(api):
    response = api.get("/temata/zdravotnictv", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert "did you mean 'zdravotnictvi'" in response.get_data(as_text=True)
    assert api.get("/temata/ostatni", headers=HTML).status_code == 404  # every data set has a theme
    assert api.get("/temata?barva=modra", headers=HTML).status_code == 400


def dataset(**changes: Any) -> HubDataset:
    held = {"id": "1", "title": "Ledovce", "description": "", "page": "https://hub.example.org/1", "updated": ""}
    return HubDataset(**{**held, "formats": (), "themes": (), **changes})


def with_hub(visit, *datasets: HubDataset):
    class Other:
        def __getattr__(self, name):
            return getattr(visit.snapshot, name)

    other = Other()
    other.hub = HubCatalogue(visit.snapshot.hub.source, datasets)
    return replace(visit, snapshot=other)


def test_data_sets_without_a_theme_are_listed_as_other(visit):
    found = with_hub(visit, dataset(), dataset(id="2", title="Hrady", themes=("kultura",)))
    other = themes_screen(found)["other"]
    assert (other.title, other.address, other.counts) == ("Ostatní", "/temata/ostatni", ("1 datová sada",))
    assert [one.title for one in theme_screen(found, "ostatni")["datasets"]] == ["Ledovce"]
    assert [one.title for one in theme_screen(found, "kultura")["datasets"]] == ["Hrady"]


def test_files_of_the_hub_can_be_taken_from_the_theme(visit):
    files = tuple((name, f"https://hub.example.org/{name}") for name in "ABCDEF")
    one = dataset(formats=tuple("ABCDEF"), files=files, themes=("kultura",))
    shown = theme_screen(with_hub(visit, one), "kultura")["datasets"][0]
    assert shown.files == files[:4]
    assert shown.formats == " a 2 další"


def test_a_long_description_is_cut_at_a_word_and_formats_are_counted(visit):
    many = dataset(description="slovo " * 100, formats=tuple("ABCDEF"), themes=("kultura",), updated="2025-03-04")
    shown = theme_screen(with_hub(visit, many), "kultura")["datasets"][0]
    assert len(shown.description) < 245
    assert shown.description.endswith("slovo …")
    assert shown.formats == "A, B, C, D a 2 další"
    assert shown.updated == "4.\u00a03.\u00a02025"


def test_czech_titles_of_the_portal_are_marked_as_czech_in_english_pages(api):
    html = read_page(api, "/temata/kultura?lang=en")
    assert html.xpath("//section[@aria-labelledby='sady']//h3/@lang")[0] == "cs"
    assert read_page(api, "/temata/kultura").xpath("//section[@aria-labelledby='sady']//h3/@lang") == []
