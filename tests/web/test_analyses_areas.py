"""The page of sums in an area and the same answers for programs."""

from __future__ import annotations

import csv
import io
import json as plain
from urllib.parse import quote, urlsplit

import lxml.html
import openpyxl
import pytest

from geoportal.app import create_app
from tests.web.reading import HTML, read_json, read_page, said_in

DRAWN = "15.0,50.7;15.2,50.7;15.1,50.85"
WKT = "POLYGON ((15 50.7, 15.2 50.7, 15.1 50.85, 15 50.7))"
AROUND = "/analyses/area?lon=15.0584&lat=50.7699&radius=15"


@pytest.fixture(scope="module")
def client(built_settings):
    return create_app(built_settings).test_client()


@pytest.fixture(scope="module")
def real(mirror_settings):
    return create_app(mirror_settings).test_client()


def test_at_first_the_page_asks_and_gives_examples_that_work(client):
    html = read_page(client, "/analyzy/oblast")
    examples = html.xpath("//form[@id='otazka']//p/a/@href")
    assert len(examples) == 4
    assert "Co je do 10 km od místa" in said_in(read_page(client, examples[0]))


def test_a_place_and_a_radius_need_no_scripts(real):
    text = said_in(read_page(real, "/analyzy/oblast?misto=Liberec&polomer=12,5"))
    assert "Co je do 12,5 km od místa Liberec" in text
    assert "je odhad podle plochy z obcí, které v oblasti leží jen zčásti" in text


def test_schematic_boundaries_count_by_seats_and_say_so(facts_settings):
    client = create_app(facts_settings).test_client()
    text = said_in(read_page(client, "/analyzy/oblast?misto=Liberec&polomer=10"))
    assert "Obec se proto započte celá, když v oblasti leží její sídlo" in text
    told = read_json(client, AROUND)
    assert told["km2"] is None
    assert {row["method"] for row in told["rows"]} <= {"seats", "counted", "ratio", "mean"}


def test_all_forms_of_the_answer_have_equal_figures(client):
    told = read_json(client, AROUND)
    rows = {row["id"]: row for row in told["rows"]}
    table = list(csv.DictReader(io.StringIO(client.get(f"{AROUND}&f=csv").text)))
    assert {row["ukazatel"]: row["hodnota"] and float(row["hodnota"]) for row in table} == pytest.approx(
        {name: "" if row["value"] is None else row["value"] for name, row in rows.items()}
    )
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{AROUND}&f=xlsx").data))
    sheet = book.worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(rows)
    html = read_page(client, "/analyzy/oblast?bod=15.0584,50.7699&polomer=15")
    assert len(html.xpath("//table[@id='tabulka']/tbody/tr")) == len(rows)


def test_corners_wkt_geojson_and_a_body_are_the_same_question(real):
    shape = {"type": "Polygon", "coordinates": [[[15, 50.7], [15.2, 50.7], [15.1, 50.85], [15, 50.7]]]}
    corners = read_json(real, f"/analyses/area?area={DRAWN}")["rows"]
    assert read_json(real, f"/analyses/area?area={quote(WKT)}")["rows"] == corners
    assert read_json(real, f"/analyses/area?area={quote(plain.dumps(shape))}")["rows"] == corners
    sent = real.post("/analyses/area", data=plain.dumps(shape), content_type="application/geo+json")
    assert sent.get_json(force=True)["rows"] == corners
    filled = real.post("/analyses/area?f=json", data={"area": WKT})
    assert filled.get_json(force=True)["rows"] == corners
    assert sent.headers["Cache-Control"] == "no-store"


def test_the_permanent_link_leads_to_the_same_answer(client):
    for path in (f"/analyzy/oblast?oblast={DRAWN}", "/analyzy/oblast?misto=Turnov&polomer=3"):
        html = read_page(client, path)
        link = html.get_element_by_id("trvaly").value
        again = read_page(client, f"{urlsplit(link).path}?{urlsplit(link).query}")
        assert [row.text_content() for row in again.xpath("//tr")] == [row.text_content() for row in html.xpath("//tr")]


def test_an_area_that_crosses_itself_is_mended_and_says_so(real):
    bow_tie = "15.0,50.7;15.2,50.8;15.2,50.7;15.0,50.8"
    assert "kříží sama sebe" in said_in(read_page(real, f"/analyzy/oblast?oblast={bow_tie}"))
    assert read_json(real, f"/analyses/area?area={bow_tie}")["remarks"] == ["mended"]


def test_an_area_out_of_the_region_is_zero_with_a_remark(real):
    elsewhere = "14.0,49.0;14.2,49.0;14.2,49.2"
    assert "není žádná obec, všechny součty jsou nula" in said_in(
        read_page(real, f"/analyzy/oblast?oblast={elsewhere}")
    )
    told = read_json(real, f"/analyses/area?area={elsewhere}")
    assert "outside" in told["remarks"]
    assert {row["value"] for row in told["rows"] if row["method"] in ("weighted", "counted")} == {0}


def test_an_area_over_the_border_counts_what_is_inside(real):
    told = read_json(real, "/analyses/area?lon=15.05&lat=51.0&radius=20")
    assert "beyond" in told["remarks"]
    assert 0 < told["km2"] < 1256


def test_a_place_that_is_not_known_is_said_and_a_like_one_offered(client):
    text = said_in(read_page(client, "/analyzy/oblast?misto=Xyzzyqq"))
    assert "Místo „Xyzzyqq“ jsme nenašli" in text


def test_an_area_goes_before_a_place_and_the_page_says_so(client):
    text = said_in(read_page(client, f"/analyzy/oblast?misto=Liberec&oblast={DRAWN}"))
    assert "Počítá se nakreslená oblast, místo „Liberec“ ne" in text


@pytest.mark.parametrize(
    ("query", "told", "field", "kept"),
    [
        ("oblast=1,1;2,2", "Oblast (oblast) nejde přečíst: „1,1;2,2“. Napište aspoň tři rohy", "oblast", "1,1;2,2"),
        ("oblast=POINT(1%201)", "Oblast (oblast) je Point. Má to být Polygon", "oblast", "POINT(1 1)"),
        (
            "misto=Liberec&polomer=x",
            "Okruh (polomer) „x“ není počet kilometrů větší než 0",
            "polomer",
            "x",
        ),
    ],
)
def test_what_a_person_wrote_wrong_is_said_in_the_form_that_keeps_it(client, query, told, field, kept):
    answer = client.get(f"/analyzy/oblast?{query}", headers=HTML)
    assert answer.status_code == 400
    html = lxml.html.document_fromstring(answer.text)
    assert told in said_in(html)
    assert (html.get_element_by_id(field).value or "").strip() == kept


def test_answers_to_a_position_are_not_kept(client):
    for path in (AROUND, "/analyzy/oblast?bod=15.0584,50.7699"):
        assert client.get(path).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/analyses/area?area=1,1;2,2", "area='1,1;2,2' can't be read as an area; write at least three corners"),
        ("/analyses/area?area=POINT(1%201)", "area is Point; a Polygon or MultiPolygon is needed"),
        ("/analyses/area?lon=15&lat=50&radius=1e9", "radius='1e9' is not a radius in kilometres above 0 and up to 200"),
        ("/analyzy/oblast?bod=x", "bod='x' is not a point"),
        ("/analyzy/oblast?obec=1", "obec='1' is not the code"),
        ("/analyzy/oblast?misto=" + "x" * 500, "misto has 500 characters"),
        ("/analyses/area", "parameter 'area' is required, or 'lon' and 'lat'"),
        ("/analyses/area?lon=15", "parameter 'area' is required, or 'lon' and 'lat'"),
        ("/analyses/area?lon=15&lat=95", "lat='95' is not a number from -90 to 90"),
        ("/analyses/area?lon=15&lat=50&area=x", "area and lon, lat are given together"),
        ("/analyses/area?area=", "area='' can't be read as an area"),
        ("/analyses/area?oblast=x", "unknown parameter 'oblast'"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(client, path, told):
    answer = client.get(path)
    assert answer.status_code == 400
    assert told in answer.get_json()["description"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": b"\xff\xfe", "content_type": "text/plain"}, 400),
        ({"data": b"", "content_type": "text/plain"}, 400),
        ({"data": {"oblast": DRAWN}}, 400),
        ({"data": {"area": DRAWN, "more": "x"}}, 400),
        ({"data": b"9" * 1_000_000, "content_type": "text/plain"}, 413),
        ({"data": {"area": "9" * 1_000_000}}, 413),
    ],
)
def test_a_body_that_is_no_area_is_refused(client, sent, status):
    answer = client.post("/analyses/area", **sent)
    assert answer.status_code == status, answer.text
    assert answer.get_json()["description"]
