"""The atlas as the server makes it: what the address says, what the page and its state hold, what is refused."""

from __future__ import annotations

import csv
import gzip
import io
import re
from html import unescape

import openpyxl
import pytest

from geoportal.app import create_app
from geoportal.atlas.palette import BIVARIATE

HTML = {"Accept": "text/html"}
VOTES, AGE, PEOPLE = "ucast-psp", "podil-65-plus", "obyvatel"


@pytest.fixture(scope="module")
def atlas(built_settings):
    """A client over the facts, and one over the mirror."""
    return create_app(built_settings).test_client()


def state(client, query):
    answer = client.get(f"/mapa/indikatory.json?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json


def page(client, query):
    answer = client.get(f"/mapa/indikatory?{query}", headers=HTML)
    assert answer.status_code == 200
    return unescape(answer.text).replace("\u00a0", " ")


def test_the_state_holds_what_the_service_gives_for_every_period(api):
    held = state(api, f"ukazatel={VOTES}&uroven=orp")["panes"][0]
    for place, period in enumerate(held["periods"]):
        given = api.get(f"/indicators/{VOTES}/values?level=orp&period={period}&f=json").json["values"]
        assert held["values"][place] == pytest.approx([one["value"] for one in given], abs=1e-3)


def test_units_stand_in_the_order_of_their_values_with_what_they_lie_in(api):
    held = state(api, f"ukazatel={VOTES}")["units"]
    place = held["codes"].index("563889")
    okres = next(above for above in held["above"] if above["level"] == "okres")
    assert held["names"][place] == "Liberec"
    assert okres["names"][okres["of"][place]] == "Liberec"
    assert sorted(held["places"]) == list(range(215))


def test_values_of_all_periods_of_215_units_stay_small(api):
    answer = api.get(f"/mapa/indikatory.json?ukazatel={VOTES}&tridy=9")
    assert len(gzip.compress(answer.data)) < 15_000


@pytest.mark.parametrize("method", ["kvantily", "prirozene", "stejne", "odchylka"])
@pytest.mark.parametrize("count", [3, 9])
def test_marks_agree_with_the_counts_of_the_legend(atlas, method, count):
    view = state(atlas, f"ukazatel={AGE}&metoda={method}&tridy={count}")["panes"][0]["views"][0]
    told = [int(n) for n in re.findall(r"(\d+) ob(?:ec|c[eií])", view["legend"])]
    assert [view["marks"].count(str(place)) for place in range(len(view["colours"]))] == told


def test_fixed_classes_are_the_same_in_all_periods_and_others_are_not(api):
    labels = lambda view: re.findall(r"<span>([^<]+ až [^<]+)</span>", view["legend"])  # noqa: E731
    fixed = state(api, f"ukazatel={VOTES}&pevne=1")["panes"][0]["views"]
    free = state(api, f"ukazatel={VOTES}")["panes"][0]["views"]
    assert len({tuple(labels(view)) for view in fixed}) == 1
    assert len({tuple(labels(view)) for view in free}) == len(free)


def test_own_breaks_with_decimal_commas_are_the_edges(api):
    legend = state(api, f"ukazatel={VOTES}&hranice=62,5;55")["panes"][0]["views"][-1]["legend"]
    assert re.findall(r"<span>([^<]+ až [^<]+)</span>", legend)[1] == "55,0 až 62,5"


def test_the_palette_is_the_one_asked_for(api):
    assert state(api, f"ukazatel={VOTES}&paleta=viridis")["panes"][0]["views"][0]["colours"][0] == "#fde725"


def test_counts_have_no_classes_whatever_the_method(api):
    view = state(api, f"ukazatel={PEOPLE}&metoda=prirozene")["panes"][0]["views"][0]
    assert view["colours"] == []
    assert set(view["marks"]) == {"-"}


def test_missing_values_have_neither_class_nor_number(atlas):
    pane = state(atlas, "ukazatel=nezamestnanost")["panes"][0]
    missing = [place for place, status in enumerate(pane["statuses"][0]) if status == "1"]
    assert len(missing) == 3
    assert [(pane["values"][0][place], pane["views"][0]["marks"][place]) for place in missing] == [(None, "-")] * 3


@pytest.mark.parametrize(
    ("first", "second", "view"), [(VOTES, AGE, "dvojrozmerna"), (VOTES, PEOPLE, "kruhy"), (PEOPLE, AGE, "vedle")]
)
def test_two_indicators_are_shown_as_their_kinds_allow(api, first, second, view):
    assert state(api, f"ukazatel={first}&druhy={second}")["view"] == view


@pytest.mark.parametrize(("asked", "first", "second"), [("kruhy", VOTES, AGE), ("dvojrozmerna", VOTES, PEOPLE)])
def test_a_view_that_would_mislead_is_replaced_and_said(api, asked, first, second):
    held = state(api, f"ukazatel={first}&druhy={second}&zobrazeni={asked}")
    assert held["view"] == "vedle"
    assert "vedle sebe" in held["notices"][0]


def test_thirds_agree_with_the_square_of_the_legend(api):
    pair = state(api, f"ukazatel={VOTES}&druhy={AGE}")["pairs"][0]
    across, up = pair["thirds"]
    assert sum(map(sum, pair["square"])) == 215
    assert pair["square"][2][0] == sum(one == "0" and other == "2" for one, other in zip(across, up, strict=True))
    assert len(pair["square"]) == len(BIVARIATE)


def test_the_correlation_is_told_with_its_caution(api):
    html = page(api, f"ukazatel={VOTES}&druhy={AGE}")
    assert re.search(r"Pearsonův korelační koeficient −?\d,\d\d", html)
    assert "Souvislost neznamená příčinu" in html


def test_two_periods_of_one_indicator_stand_side_by_side(api):
    held = state(api, f"ukazatel={VOTES}&druhe_obdobi=1996&zobrazeni=vedle")
    first, second = held["panes"]
    assert first["id"] == second["id"]
    assert {second["periods"][pair["second"]] for pair in held["pairs"]} == {"1996"}


def test_the_page_without_scripts_has_the_second_indicator_in_its_table(api):
    html = page(api, f"ukazatel={VOTES}&druhy={AGE}&uroven=okres")
    assert "druhý ukazatel: Podíl obyvatel ve věku 65 a více let" in html
    assert len(re.findall(r'<tr data-code="\w+">(?:.(?!</tr>))*<td class="number">\d+,\d</td></tr>', html)) == 4


def test_the_form_keeps_every_choice(api):
    html = page(api, f"ukazatel={VOTES}&metoda=stejne&tridy=7&paleta=seda&pevne=1&druhy={AGE}")
    for chosen in ('value="stejne" selected', "<option selected>7", 'value="seda" selected', 'value="1" checked'):
        assert chosen in html
    assert html.count(f'value="{AGE}" selected') == 1


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("metoda=jenks", "metoda"),
        ("tridy=1", "tridy"),
        ("tridy=12", "tridy"),
        ("hranice=1;x", "hranice: 'x'"),
        ("hranice=1;nan", "hranice: 'nan'"),
        ("hranice=" + ";".join(map(str, range(20))), "hranice"),
        ("paleta=duha", "paleta"),
        ("pevne=ano", "pevne"),
        ("druhy=obyvatele", "obyvatele"),
        ("druhe_obdobi=1666", "druhe_obdobi"),
        ("zobrazeni=3d", "zobrazeni"),
        ("vrstvy=rekky", "vrstvy: 'rekky'"),
        ("vrstvy=zzs:5", "vrstvy"),
        ("barva=1", "barva"),
    ],
)
@pytest.mark.parametrize("path", ["/mapa/indikatory", "/mapa/indikatory.json"])
def test_what_is_not_known_is_refused_by_name(api, path, query, named):
    answer = api.get(f"{path}?{query}", headers={"Accept": "application/json"})
    assert answer.status_code in (400, 404)
    assert named in answer.json["description"]


def test_units_of_another_level_are_no_longer_chosen(api):
    assert 'name="vyber" value="563889"' in page(api, "vyber=563889,CZ0513,nikde")
    assert 'name="vyber" value="CZ0513"' in page(api, "uroven=okres&vyber=563889,CZ0513")


def rows_of(client, query):
    answer = client.get(f"/mapa/indikatory.csv?{query}")
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def test_the_table_as_a_file_has_the_rows_of_the_page_in_their_order(api):
    query = f"ukazatel={VOTES}&druhy={AGE}&razeni=druha"
    rows = rows_of(api, query)
    held = re.findall(r'<tr data-code="(\w+)"', page(api, query))
    assert [row["kod"] for row in rows] == held
    values = [float(row[AGE]) for row in rows]
    assert values == sorted(values)
    served = api.get(f"/indicators/{VOTES}/values?f=json").json["values"]
    assert {row["kod"]: float(row[VOTES]) for row in rows} == {one["code"]: one["value"] for one in served}


def test_two_periods_of_one_indicator_have_a_column_each(api):
    rows = rows_of(api, f"ukazatel={VOTES}&druhe_obdobi=1996&uroven=okres")
    assert {(row["obdobi"], row["obdobi_2"]) for row in rows} == {("2013", "1996")}
    served = api.get(f"/indicators/{VOTES}/values?level=okres&period=1996&f=json").json["values"]
    assert {row["kod"]: float(row[f"{VOTES}_2"]) for row in rows} == {one["code"]: one["value"] for one in served}


def test_the_workbook_says_what_it_holds_and_how_the_chosen_units_went_on(api):
    answer = api.get(f"/mapa/indikatory.xlsx?ukazatel={VOTES}&uroven=okres&vyber=CZ0513&lang=en")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert [sheet.max_row for sheet in book][:2] == [5, 2]
    about = {row[0]: row[1] for row in book.worksheets[-1].iter_rows(values_only=True)}
    assert about["Unit"] == "%"
    assert "vyber=CZ0513" in about["Address of the page"]
    assert "CC BY 4.0" in about["Terms of use"]
    development = list(book.worksheets[1].iter_rows(values_only=True))
    assert development[0][2:] == ("1996", "1998", "2002", "2006", "2010", "2013")
    assert development[1][:2] == ("CZ0513", "Liberec")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{VOTES}-okres-2013.xlsx"'


def test_what_is_taken_away_is_of_the_state_asked_for(api):
    held = api.get(f"/mapa/indikatory/odnest.json?ukazatel={VOTES}&obdobi=1998&vrstvy=zzs:40&vyber=563889").json
    assert "obdobi=1998" in held["odkaz"]
    assert held["odkaz"].endswith("vrstvy=zzs:40&vyber=563889")
    assert "overlays=zzs%3A40&amp;chosen=563889" in held["stazeni"]
    assert "obdobi=1998" in held["citace"]


def test_the_finding_of_two_shares_counts_what_is_high_and_low_in_both(api):
    held = state(api, f"ukazatel={VOTES}&druhy={AGE}")["pairs"][-1]
    assert (
        held["finding"] == page(api, f"ukazatel={VOTES}&druhy={AGE}").partition('id="zjisteni">')[2].partition("<")[0]
    )
    assert f"nejvyšší třetině: {held['square'][2][2]} obc" in held["finding"]


def test_the_country_stands_beside_the_region_where_it_is_known(api):
    held = state(api, f"ukazatel={PEOPLE}")["panes"][0]
    known = dict(zip(held["periods"], held["country"], strict=True))
    assert known["2020"] == 10701777
    assert {value for period, value in known.items() if period != "2020"} <= {None}
    assert "Česko celkem 10 701 777" in held["views"][held["periods"].index("2020")]["finding"].replace("\u00a0", " ")


def test_names_in_the_table_lead_to_their_pages_without_scripts(api):
    assert '<a class="name" href="/obec/563889?lang=en">Liberec</a>' in page(api, f"ukazatel={VOTES}&lang=en")
    assert '<a class="name" href="/kraj">' in page(api, f"ukazatel={VOTES}&uroven=kraj")
    assert '<a class="name" href="/pou/' in page(api, f"ukazatel={VOTES}&uroven=pou")


def test_units_that_lack_a_whole_value_are_counted_in_a_sentence(api):
    assert "10 obvodů, 2 s neúplným údajem" in page(api, "ukazatel=nezamestnanost&uroven=orp")


def test_the_page_leads_on_to_analyses_and_to_ones_own_table(api):
    html = page(api, f"ukazatel={VOTES}&uroven=orp&obdobi=2010")
    assert f'href="/analyzy?ukazatel={VOTES}&uroven=orp&obdobi=2010"' in html
    assert 'href="/pripojit"' in html
