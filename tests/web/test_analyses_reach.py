"""The page of access to open services and the same answers for programs."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import lxml.html
import openpyxl
import pytest

from geoportal.app import create_app
from tests.web.reading import HTML, read_json, read_page, said_in

PAGE = "/analyzy/dostupnost?druh=lps-deti&kdy=2026-11-23T18:00&do=15"
PROGRAM = "/analyses/reach?kind=lps-deti&at=2026-11-23T18:00&within=15"


@pytest.fixture(scope="module")
def client(built_settings):
    return create_app(built_settings).test_client()


def test_the_page_says_share_doubt_and_where_people_are_counted(client):
    text = said_in(read_page(client, PAGE))
    assert "Do 15 km vzdušnou čarou má otevřenou službu" in text
    assert "v jednom bodě: v jejím definičním bodě" in text
    assert "pondělí 23. 11. 2026, 18:00" in text


def test_without_a_question_it_is_the_next_sunday_evening(client):
    html = read_page(client, "/analyzy/dostupnost")
    assert html.get_element_by_id("kdy").value.endswith("T20:00")
    assert "neděle" in html.findtext(".//h1")


def test_the_permanent_link_leads_to_the_same_answer(client):
    html = read_page(client, "/analyzy/dostupnost?jak=vzduch")
    link = html.get_element_by_id("trvaly").value
    assert set(parse_qs(urlsplit(link).query)) == {"druh", "kdy", "jak", "do", "uroven", "koho"}
    again = read_page(client, f"{urlsplit(link).path}?{urlsplit(link).query}")
    assert again.get_element_by_id("trvaly").value == link
    assert again.findtext(".//h1") == html.findtext(".//h1")


def test_all_forms_of_the_answer_have_equal_figures(client):
    told = read_json(client, PROGRAM)
    rows = told["rows"]
    table = list(csv.DictReader(io.StringIO(client.get(f"{PROGRAM}&f=csv").text)))
    assert [float(row["podil"]) for row in table] == pytest.approx([row["share"] for row in rows])
    assert sum(row["reached"] for row in rows) == told["whole"]["reached"]
    assert told["whole"]["share"] == pytest.approx(100 * told["whole"]["reached"] / told["whole"]["people"])
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PROGRAM}&f=xlsx").data))
    sheet, explained = book.worksheets
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [row["code"] for row in rows]
    words = {row[0] for row in explained.iter_rows(values_only=True)}
    assert {"podil", "nejiste", "Zdroj"} <= words
    on_page = read_page(client, PAGE).xpath("//table[@id='tabulka']/tbody/tr")
    assert {row.get("data-code") for row in on_page} == {row["code"] for row in rows}


def test_an_obec_has_a_service_or_has_not(client):
    html = read_page(client, f"{PAGE}&uroven=obec")
    cells = {row[2].text_content() for row in html.xpath("//table[@id='tabulka']/tbody/tr")}
    assert cells <= {"ano", "ne", "nejisté, zdroje se rozcházejí"}
    assert {"ano", "ne"} <= cells


def test_kinds_may_be_given_several_times_or_with_commas(client):
    one = read_json(client, "/analyses/reach?kind=lps-deti,zubni&at=2026-11-22T10:00")
    other = read_json(client, "/analyses/reach?kind=lps-deti&kind=zubni&at=2026-11-22T10:00")
    assert one == other
    assert one["kind"] == ["lps-deti", "zubni"]
    text = said_in(read_page(client, "/analyzy/dostupnost?druh=lps-deti&druh=zubni&kdy=2026-11-22T10:00"))
    assert "Pohotovost pro děti a dorost, Zubní pohotovost" in text


def test_another_group_of_people_is_named(client):
    assert "lidí ze skupiny" in said_in(read_page(client, f"{PAGE}&koho=obyvatel-65-plus"))


def test_the_answer_is_asked_again_each_time(client):
    for path in (PAGE, PROGRAM):
        assert client.get(path).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/analyzy/dostupnost?druh=lps-det", "druh='lps-det' is not a kind of service; did you mean 'lps-deti'?"),
        ("/analyzy/dostupnost?kdy=zitra", "kdy='zitra' is not a moment"),
        ("/analyzy/dostupnost?uroven=ulice", "uroven='ulice' does not exist"),
        ("/analyzy/dostupnost?koho=rozloha", "koho='rozloha' does not exist"),
        ("/analyzy/dostupnost?jak=lodi", "jak='lodi' does not exist"),
        ("/analyzy/dostupnost?razeni=nic", "razeni='nic' is not a column"),
        ("/analyses/reach?kind=", "kind='' is not a kind of service"),
        ("/analyses/reach?at=2026-13-01", "at='2026-13-01' is not a moment"),
        ("/analyses/reach?within=1e309", "within='1e309' is not a number of kilometres"),
        ("/analyses/reach?within=", "within='' is not a number"),
        ("/analyses/reach?people=nikdo", "people='nikdo' does not exist"),
        ("/analyses/reach?druh=lps-deti", "unknown parameter 'druh'"),
        ("/analyses/reach?f=pptx", "f='pptx'"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(client, path, told):
    answer = client.get(path)
    assert answer.status_code == 400
    assert told in answer.get_json()["description"]


def test_a_limit_that_is_none_is_said_in_the_form(client):
    answer = client.get("/analyzy/dostupnost?do=hodne&uroven=okres", headers=HTML)
    assert answer.status_code == 400
    html = lxml.html.document_fromstring(answer.text)
    assert "„hodne“ (do) není počet kilometrů větší než 0 a nejvýš 200" in said_in(html)
    assert html.get_element_by_id("uroven").value == "okres"


def test_without_roads_only_the_crow_is_offered(facts_settings):
    client = create_app(facts_settings).test_client()
    answer = client.get("/analyzy/dostupnost?jak=silnice")
    assert answer.status_code == 400
    assert "allowed: vzduch" in answer.get_json()["description"]
    assert read_page(client, PAGE).get_element_by_id("jak").value_options == ["vzduch"]


def test_by_road_minutes_are_said_and_the_roads_are_cited(mirror_settings):
    client = create_app(mirror_settings).test_client()
    text = said_in(read_page(client, "/analyzy/dostupnost?druh=lps-dospeli&kdy=2026-11-23T18:30&jak=silnice&do=20"))
    assert "Do 20 min autem má otevřenou službu" in text
    shorter = read_json(client, "/analyses/reach?way=road-km&at=2026-11-23T18:30&within=12")
    by_air = read_json(client, "/analyses/reach?way=air&at=2026-11-23T18:30&within=12")
    assert 0 < shorter["whole"]["share"] < by_air["whole"]["share"]
    assert shorter["unit"] == "km"
    told = read_json(client, "/analyses/reach?way=road&at=2026-11-23T18:30&within=20")
    assert told["unit"] == "min"
    assert "Data200" in told["attribution"]
