"""Pages of analyses and the same answers for programs: equal figures in every form, sentences for what is wrong."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from PIL import Image

from geoportal.app import create_app
from geoportal.web.screens.analysis import change as analysis_change
from tests.web.reading import HTML, read_json, read_page, said_in

CHANGE = "/analyses/change?indicator=saldo-migrace"
QUESTIONS = {
    "/analyzy/zmena": "/analyzy/zmena?ukazatel=saldo-migrace&uroven=orp",
    "/analyzy/sousede": "/analyzy/sousede?ukazatel=nezamestnanost&kod=563889",
    "/analyzy/odlehle": "/analyzy/odlehle?ukazatel=nezamestnanost",
}


@pytest.fixture(scope="module")
def client(built_settings):
    return create_app(built_settings).test_client()


def rows(html):
    """The cells of the table in words, by the code of their unit."""
    found = html.xpath("//table[@id='tabulka']/tbody/tr")
    return {row.get("data-code"): [" ".join(cell.text_content().split()) for cell in row] for row in found}


@pytest.mark.parametrize("name", ["zmena", "odlehle", "dostupnost"])
@pytest.mark.parametrize("level", ["obec", "pou", "orp"])
def test_every_unit_of_a_table_leads_to_its_page(client, name, level):
    html = read_page(client, f"/analyzy/{name}?uroven={level}")
    found = html.xpath("//table[@id='tabulka']/tbody/tr")
    links = [row.xpath("string(th//a/@href)") for row in found]
    assert found
    assert all(link.endswith(row.get("data-code")) for link, row in zip(links, found, strict=True))
    assert client.get(links[-1], headers=HTML).status_code == 200


def test_the_entrance_leads_to_five_analyses_and_carries_the_indicator_on(client):
    html = read_page(client, "/analyzy?ukazatel=nezamestnanost&uroven=orp&obdobi=2024")
    links = html.xpath("//li[contains(@class,'card')]//a/@href")
    assert [urlsplit(link).path for link in links] == [
        f"/analyzy/{name}" for name in ("zmena", "sousede", "odlehle", "dostupnost", "oblast")
    ]
    assert all(parse_qs(urlsplit(link).query)["ukazatel"] == ["nezamestnanost"] for link in links[:3])
    assert [link for link in links if client.get(link, headers=HTML).status_code != 200] == []
    assert "Podíl nezaměstnaných osob" in said_in(html)


@pytest.mark.parametrize("path", QUESTIONS.values())
@pytest.mark.parametrize("language", ["cs", "en"])
def test_a_page_says_its_answer_and_method_before_the_map(client, path, language):
    html = read_page(client, f"{path}&lang={language}")
    main = html.find(".//main")
    order = [one.tag for one in main.iter("h1", "form", "table") if one.get("class") != "hidden"]
    assert order == ["h1", "form", "table"]
    assert main.xpath(".//p[@class='lead']")[0].text_content().strip()
    assert main.xpath(".//p[contains(@class,'method')]")[0].text_content().strip()
    assert len(main.xpath(".//*[name()='svg' and @role='img' and @aria-label]")) == 1


@pytest.mark.parametrize("path", QUESTIONS.values())
def test_every_form_of_an_answer_has_the_same_rows(client, path):
    html = read_page(client, path)
    links = {
        link.text_content().split()[0]: link.get("href")
        for link in html.xpath("//section[contains(@class,'take')]//li/a")
    }
    held = read_json(client, links["JSON"])
    table = list(csv.reader(io.StringIO(client.get(links["CSV"]).text)))
    book = openpyxl.load_workbook(io.BytesIO(client.get(links["XLSX"]).data))
    sheet = list(book.worksheets[0].values)
    assert [list(row) for row in sheet[0:1]] == table[0:1]
    assert len(held["rows"]) == len(table) - 1 == len(sheet) - 1 == len(rows(html))
    for row, line, cells in zip(held["rows"], table[1:], sheet[1:], strict=True):
        assert ["" if cell is None else str(cell) for cell in row.values()] == line
        for cell, text in zip(cells, line, strict=True):
            assert (float(text) == pytest.approx(cell)) if isinstance(cell, (int, float)) else (cell or "") == text
    told = {str(word): str(meaning) for word, meaning in book["Popis"].values}
    assert {"Název", "Jak se počítá:", "Zdroj", "Podmínky užití", "Adresa", *table[0]} <= told.keys()
    assert held["page"] == told["Adresa"]


@pytest.mark.parametrize("path", QUESTIONS.values())
def test_the_permanent_link_leads_to_the_same_answer(client, path):
    html = read_page(client, path)
    link = html.xpath("//input[@id='trvaly']/@value")[0]
    assert link.startswith("http://localhost/analyzy/")
    again = read_page(client, link.removeprefix("http://localhost"))
    assert again.findtext(".//h1") == html.findtext(".//h1")
    assert rows(again) == rows(html)
    assert again.xpath("//input[@id='trvaly']/@value")[0] == link


@pytest.mark.parametrize("path", QUESTIONS.values())
def test_the_map_is_a_picture_too(client, path):
    html = read_page(client, path)
    links = html.xpath("//section[contains(@class,'take')]//li/a/@href")
    kinds = {parse_qs(urlsplit(link).query)["f"][0]: link for link in links}
    drawn = client.get(kinds["svg"])
    assert drawn.mimetype == "image/svg+xml"
    assert html.findtext(".//h1") in unescape(drawn.text)
    assert "Zdroj dat" in unescape(drawn.text)
    level = parse_qs(urlsplit(kinds["svg"]).query)["level"][0]
    layer = next(
        one for one in client.application.extensions["geoportal"].snapshot().collections.values() if one.level == level
    )
    assert layer.attribution in html.find(".//footer").text_content()
    assert client.get(kinds["pdf"]).data.startswith(b"%PDF")
    share = html.xpath("//meta[@property='og:image']/@content")[0].removeprefix("http://localhost")
    assert Image.open(io.BytesIO(client.get(share).data)).size == (1200, 630)


def test_changes_are_the_differences_of_the_values_that_the_service_gives(client):
    held = read_json(client, f"{CHANGE}&level=obec")
    address = "/indicators/saldo-migrace/values?level=obec&f=json&period="
    before, after = (
        {row["code"]: row["value"] for row in read_json(client, address + held[end])["values"]}
        for end in ("from", "to")
    )
    for row in held["rows"]:
        assert (row["before"], row["after"]) == (before[row["code"]], after[row["code"]])
        assert row["change"] == pytest.approx(after[row["code"]] - before[row["code"]])
        assert row["change_percent"] is None  # a balance may be below zero


def test_a_change_of_counts_is_never_filled_areas(client):
    html = read_page(client, "/analyzy/zmena?ukazatel=saldo-migrace&mapa=absolutne")
    shapes = html.xpath("//*[@id='uzemi']/*[name()='path']/@fill")
    assert set(shapes) <= {"#ffffff", "url(#missing)"}
    assert html.xpath("//*[@id='kruhy']/*[name()='circle']")


def test_comparability_is_said_before_the_figures(client):
    html = read_page(client, "/analyzy/zmena?ukazatel=saldo-migrace")
    card = read_json(client, "/indicators/saldo-migrace")["comparability"]["cs"]
    warnings = [one.text_content() for one in html.xpath("//main//p[@class='warning']")]
    assert any(card in one for one in warnings)


def test_units_without_a_value_are_counted_and_said_in_the_table(client):
    found = read_json(client, "/analyses/outliers?indicator=nezamestnanost")
    unknown = {row["code"] for row in found["rows"] if row["kind"] == "unknown"}
    html = read_page(client, QUESTIONS["/analyzy/odlehle"])
    assert len(unknown) == 3
    assert all("bez údaje" in rows(html)[code] for code in unknown)


def test_an_indicator_with_one_period_is_told_so(client):
    assert "má jen jedno období" in said_in(read_page(client, "/analyzy/zmena?ukazatel=nezamestnanost"))


def test_without_a_usable_indicator_the_page_says_so(client, monkeypatch):
    monkeypatch.setattr(analysis_change, "usable", lambda table: False)
    assert "Žádný ukazatel tu nemá údaje" in said_in(read_page(client, "/analyzy/zmena?lang=cs"))


def test_equal_periods_are_told_so(client):
    text = said_in(read_page(client, "/analyzy/zmena?ukazatel=saldo-migrace&od=2020&do=2020"))
    assert "Obě období jsou stejná (2020)" in text


def test_periods_in_the_wrong_order_are_turned_round_and_said(client):
    html = read_page(client, "/analyzy/zmena?ukazatel=saldo-migrace&od=2024&do=2020")
    assert "Období jsme prohodili" in said_in(html)
    assert rows(html) == rows(read_page(client, "/analyzy/zmena?ukazatel=saldo-migrace&od=2020&do=2024"))


def test_a_page_without_a_unit_asks_for_one(client):
    html = read_page(client, "/analyzy/sousede?ukazatel=obyvatel&uroven=orp")
    assert "Vyberte území" in said_in(html)
    assert len(html.xpath("//select[@id='kod']/option")) == 11
    assert not rows(html)


def test_a_unit_of_another_level_is_chosen_anew(client):
    assert "Vyberte území" in said_in(read_page(client, "/analyzy/sousede?ukazatel=obyvatel&uroven=orp&kod=563889"))


@pytest.mark.parametrize("path", [QUESTIONS["/analyzy/sousede"], QUESTIONS["/analyzy/odlehle"]])
def test_neighbours_by_schematic_boundaries_are_called_a_guess(client, path):
    guessed = client.application.extensions["geoportal"].snapshot().schematic
    assert ("je proto jen odhad" in said_in(read_page(client, path))) == guessed


def test_few_units_are_told_why_nothing_can_be_said(client):
    assert "Hodnotu mají jen 4 okresy" in said_in(read_page(client, "/analyzy/odlehle?ukazatel=obyvatel&uroven=okres"))


def test_a_unit_among_its_neighbours_has_the_rank_that_the_table_shows(client):
    held = read_json(client, "/analyses/neighbours?indicator=obyvatel&code=563889")
    assert (held["rank"], held["ranked"]) == (1, len(held["rows"]))
    assert held["rows"][0]["code"] == "563889"
    others = [row["value"] for row in held["rows"][1:]]
    assert held["together"] == sum(others)
    assert [row["difference"] for row in held["rows"][1:]] == [value - held["rows"][0]["value"] for value in others]
    assert "nejvyšší hodnota" in held["findings"][0]


def test_a_column_sorts_the_table_without_scripts(client):
    html = read_page(client, QUESTIONS["/analyzy/odlehle"])
    links = {link.get("data-sort"): link.get("href") for link in html.xpath("//table[@id='tabulka']/thead//a")}
    for name in links:
        again = read_page(client, links[name])
        cell = again.xpath(f"//th[.//a[@data-sort='{name}']]")[0]
        place = list(cell.getparent()).index(cell)
        values = [row[place].get("data-value") for row in again.xpath("//table[@id='tabulka']/tbody/tr")]
        known = [value for value in values if value]
        assert values == known + [""] * (len(values) - len(known))
        falls = cell.get("aria-sort") == "descending"
        if "number" in (cell.get("class") or ""):
            assert [float(one) for one in known] == sorted((float(one) for one in known), reverse=falls)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/analyzy/zmena?ukazatel=nezamestnanostt", "did you mean 'nezamestnanost'"),
        ("/analyzy/zmena?uroven=ulice", "uroven='ulice'"),
        ("/analyzy/zmena?ukazatel=saldo-migrace&od=1848", "od='1848'"),
        ("/analyzy/zmena?mapa=kruhy", "allowed: absolutne, relativne"),
        ("/analyzy/zmena?razeni=vek", "razeni='vek'"),
        ("/analyzy/sousede?ukazatel=obyvatel&kod=563888", "did you mean '563889'"),
        ("/analyzy/odlehle?vyznamnost=p1", "allowed: fdr, p01, p05"),
        ("/analyzy/odlehle?obdobi=1848", "obdobi='1848'"),
        ("/analyzy/odlehle?kod=1", "unknown parameter 'kod'"),
        ("/analyzy?rok=1", "unknown parameter 'rok'"),
        ("/analyzy?ukazatel=x", "ukazatel='x'"),
        ("/analyzy?uroven=ulice", "uroven='ulice'"),
        ("/analyses/neighbours?indicator=obyvatel&code=", "'code' is required"),
        ("/analyses/change", "'indicator' is required"),
        ("/analyses/change?indicator=nezamestnanostt", "indicator='nezamestnanostt'"),
        ("/analyses/change?indicator=nezamestnanost", "one period only"),
        (f"{CHANGE}&from=2024&to=2020", "not before"),
        (f"{CHANGE}&from=2020&to=2020", "Both periods are the same"),
        (f"{CHANGE}&from=1848", "from='1848'"),
        (f"{CHANGE}&show=relativne", "allowed: absolutne"),
        (f"{CHANGE}&level=ulice", "level='ulice'"),
        (f"{CHANGE}&f=gif", "allowed: csv, json, pdf, png, svg, xlsx"),
        ("/analyses/neighbours?indicator=obyvatel", "'code' is required"),
        ("/analyses/neighbours?indicator=obyvatel&code=5105", "code='5105'"),
        ("/analyses/neighbours?indicator=obyvatel&level=kraj&code=CZ051", "level='kraj'"),
        ("/analyses/outliers?indicator=obyvatel&level=okres", "at least 10"),
        ("/analyses/outliers?indicator=obyvatel&control=p1", "control='p1'"),
    ],
)
def test_what_is_wrong_is_400_and_named(client, path, named):
    answer = client.get(path)
    assert answer.status_code == 400
    assert named in answer.json["description"]


def test_an_answer_is_kept_and_asked_for_again_by_its_tag(client):
    answer = client.get(QUESTIONS["/analyzy/odlehle"], headers=HTML)
    assert "public" in answer.headers["Cache-Control"]
    again = client.get(QUESTIONS["/analyzy/odlehle"], headers={**HTML, "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_atlas_leads_to_analyses_of_what_it_shows(client):
    html = read_page(client, "/mapa/indikatory?ukazatel=nezamestnanost&uroven=orp")
    links = [link for link in html.xpath("//main//a/@href") if urlsplit(link).path == "/analyzy"]
    assert parse_qs(urlsplit(links[0]).query) == {"ukazatel": ["nezamestnanost"], "uroven": ["orp"], "obdobi": ["2024"]}


def test_the_profile_leads_to_the_comparison_with_neighbours(client):
    html = read_page(client, "/obec/563889")
    links = [link for link in html.xpath("//main//a/@href") if urlsplit(link).path == "/analyzy/sousede"]
    assert "Liberec mezi sousedy" in said_in(read_page(client, links[0]))


def test_the_api_document_knows_all_three(client):
    paths = client.get("/api?f=json").get_json(force=True)["paths"]
    assert {"/analyses/change", "/analyses/neighbours", "/analyses/outliers"} <= paths.keys()


def test_crawlers_find_the_pages(client):
    listed = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").text)
    assert {f"http://localhost{path}" for path in ("/analyzy", *QUESTIONS)} <= set(listed)
    assert "/analyzy" in client.get("/llms.txt").text
