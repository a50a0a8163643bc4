from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from geoportal.app import create_app
from geoportal.atlas.palette import ABOVE_ZERO, BELOW_ZERO, ZERO
from geoportal.query.collation import collation
from geoportal.site import Atlas
from geoportal.web.portal.views import open_visit
from geoportal.web.screens.atlas.screen import opening
from geoportal.web.screens.finder.services import phone
from geoportal.web.screens.units import middle
from tests.web.reading import read_page, text_of

HTML = {"Accept": "text/html"}


def page(api, path):
    response = api.get(path, headers=HTML)
    assert response.status_code == 200
    return unescape(response.text).replace("\u00a0", " ")


def cells(html):
    """Code, rank, name and value of each row of the atlas."""
    found = re.findall(
        r'<tr data-code="(\w+)"><td[^>]*>([^<]*)</td>.*?class="name"[^>]*>([^<]*)<.*?<td class="number">([^<]*)', html
    )
    return [tuple(cell.strip() for cell in row) for row in found]


def czech(text):
    return float(text.replace(" ", "").replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize(("level", "count"), [("obec", 215), ("pou", 21), ("orp", 10), ("okres", 4), ("kraj", 1)])
def test_the_table_has_every_unit_of_the_level(api, level, count):
    rows = cells(page(api, f"/mapa/indikatory?ukazatel=obyvatel&uroven={level}"))
    assert len({code for code, *_ in rows}) == len(rows) == count


def test_the_table_shows_the_values_that_the_service_gives(api):
    html = page(api, "/mapa/indikatory?ukazatel=nezamestnanost&uroven=orp")
    held = api.get("/indicators/nezamestnanost/values?level=orp&f=json").json["values"]
    assert {code: czech(value) for code, _, _, value in cells(html)} == {
        one["code"]: round(one["value"], 2) for one in held
    }


@pytest.mark.parametrize(
    ("order", "key"),
    [("-hodnota", lambda r: -czech(r[3])), ("hodnota", lambda r: czech(r[3])), ("nazev", lambda r: collation(r[2]))],
)
def test_the_server_sorts_the_table(api, order, key):
    rows = [row for row in cells(page(api, f"/mapa/indikatory?ukazatel=obyvatel&uroven=pou&razeni={order}")) if row[3]]
    assert rows == sorted(rows, key=key)
    assert rows[0][1] == {"-hodnota": "1", "hodnota": "21"}.get(order, rows[0][1])


def test_units_that_share_a_name_are_told_apart_by_their_district(api):
    names = [name for _, _, name, _ in cells(page(api, "/mapa/indikatory?ukazatel=obyvatel"))]
    assert len(set(names)) == 215
    assert {"Pěnčín (Jablonec nad Nisou)", "Pěnčín (Liberec)"} <= set(names)


def test_the_finding_names_the_extremes_and_the_region(api):
    html = page(api, "/mapa/indikatory?ukazatel=obyvatel&obdobi=2024")
    finding = re.search(r'id="zjisteni">([^<]+)<', html)[1]
    assert "Nejvíc: Liberec (107 699" in finding
    assert "Liberecký kraj celkem 449 377" in finding


def test_counts_are_circles_and_shares_are_classes(api):
    count, share = (page(api, f"/mapa/indikatory?ukazatel={name}") for name in ("obyvatel", "nezamestnanost"))
    assert 'class="circles"' in count
    assert 'class="histogram"' not in count
    assert 'class="circles"' not in share
    assert len(re.findall(r'<rect x="1" y="1"[^>]+fill="#', share)) == 5


def test_the_atlas_opens_with_the_first_of_the_sites_indicators_that_has_data(api):
    assert "<h1>Podíl nezaměstnaných osob, 2024</h1>" in page(api, "/mapa/indikatory")


def test_without_a_choice_of_the_site_the_atlas_opens_with_a_relative_indicator_of_the_first_theme(api):
    with api.application.test_request_context("/mapa/indikatory"):
        visit = open_visit()
        visit = replace(visit, site=visit.site.model_copy(update={"atlas": Atlas()}))
        table = visit.snapshot.indicators[opening(visit)]
        relative = [one for one in visit.snapshot.indicators.values() if one.measure == "relative"]
    order = [theme.id for theme in visit.site.themes]
    assert table.measure == "relative"
    assert order.index(table.theme) == min(order.index(one.theme) for one in relative)


def test_values_around_zero_part_at_zero_in_two_colours(api):
    html = page(api, "/mapa/indikatory?ukazatel=saldo-migrace-na-1000")
    colours = re.findall(r'<li><svg width="40"[^>]+><rect[^>]+fill="(#\w+)"', html)
    assert re.search(r"až 0<|>0<|>0 až", html)
    assert set(colours) <= {colour for side in (BELOW_ZERO, ABOVE_ZERO) for row in side.values() for colour in row} | {
        ZERO
    }
    assert "Nula je vždy hranicí" in html
    assert "Nula je vždy hranicí" not in page(api, "/mapa/indikatory?ukazatel=nezamestnanost")


def test_counts_of_the_legend_and_missing_values_add_up_to_all_units(api):
    html = page(api, "/mapa/indikatory?ukazatel=nezamestnanost")
    legend = html[html.index('class="legend"') : html.index('<table id="srovnani"')]
    counts = [int(count) for count in re.findall(r"(\d+) obc[eií]", legend)]
    assert sum(counts) == 215
    assert "bez údaje" in html


def test_a_period_that_the_indicator_lacks_is_replaced_and_said(api):
    html = page(api, "/mapa/indikatory?ukazatel=nezamestnanost&obdobi=1996")
    assert "Pro období 1996 údaj není, zobrazuje se 2024." in html


def test_sources_are_shown_with_licence_and_checksum(api):
    html = page(api, "/o-datech")
    assert len(re.findall(r"SHA-256 [0-9a-f]{64}", html)) > 3
    assert "CC BY 4.0" in html
    assert "Co chybí a proč" in html


def test_sources_stand_in_czech_order_and_by_their_titles(api):
    page = read_page(api, "/o-datech")
    titles = [text_of(head) for head in page.iterfind(".//*[@id]/h3")]
    assert titles == sorted(titles, key=collation)
    named = {text_of(link) for link in page.xpath("//section[@aria-labelledby='spojeni']//tbody//a")}
    assert named
    assert named <= set(titles)


def test_a_long_list_of_examples_is_folded(mirror_settings):
    page = read_page(create_app(mirror_settings).test_client(), "/o-datech")
    folded = page.xpath("//h3[text()='Pohotovosti']/following-sibling::ul[1]//details")
    assert [text_of(one.find("summary")).partition(":")[0] for one in folded] == ["Kterých se to týká"] * 2
    assert len(folded[0].findall(".//li")) == 11


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("485312184", ("+420485312184", "485\u00a0312\u00a0184")),
        ("+420 485 312 184", ("+420485312184", "485\u00a0312\u00a0184")),
        ("00420485312184", ("+420485312184", "485\u00a0312\u00a0184")),
        ("+48 757 551 000", ("+48757551000", "+48 757 551 000")),
    ],
)
def test_phone_numbers_can_be_dialled_and_read(text, expected):
    assert phone(text) == expected


def test_names_sort_as_a_czech_reader_expects():
    names = [
        "Zlatá",
        "Železný Brod",
        "Chrastava",
        "Cvikov",
        "Český Dub",
        "Hodkovice",
        "Jablonec",
        "Žďár",
        "Řasnice",
        "Rynoltice",
    ]
    expected = [
        "Cvikov",
        "Český Dub",
        "Hodkovice",
        "Chrastava",
        "Jablonec",
        "Rynoltice",
        "Řasnice",
        "Zlatá",
        "Žďár",
        "Železný Brod",
    ]
    assert sorted(names, key=collation) == expected


def test_the_middle_of_a_square_is_its_middle_and_islands_do_not_move_it():
    square = [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]
    island = [[[9, 9], [9.1, 9], [9.1, 9.1], [9, 9.1], [9, 9]]]
    assert middle({"type": "Polygon", "coordinates": square}) == pytest.approx((1, 1))
    assert middle({"type": "MultiPolygon", "coordinates": [island, square]}) == pytest.approx((1, 1))
