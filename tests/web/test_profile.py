from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook

from geoportal.app import create_app
from geoportal.profiles.unit import units_of

HTML = {"Accept": "text/html"}
PAGES = ["/obec/563889", "/pou/51051", "/orp/5105", "/okres/CZ0513", "/kraj"]
ROW = re.compile(r'<tr role="row" data-indicator="([^"]+)">(.*?)</tr>\s*(?=<tr role="row"|</tbody>)', re.S)


@pytest.fixture(scope="module")
def client(built_settings):
    return create_app(built_settings).test_client()


def page(client, path):
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200, answer.text[:500]
    return unescape(answer.text)


def figures(html):
    """The cells of each indicator as text."""
    found = {}
    for name, row in ROW.findall(html):
        row = re.sub(r"<details.*?</details>", "", row, flags=re.S)
        cells = re.findall(r"<(?:th|td)[^>]*>(.*?)</(?:th|td)>", row, re.S)
        found[name] = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]
    return found


def czech(text):
    return float(re.sub(r"[^\d,−-]", "", text.split(" (")[0]).replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize("path", PAGES)
def test_every_value_is_the_one_that_the_service_gives(client, path):
    html = page(client, path)
    level = path.split("/")[1]
    code = path.split("/")[-1] if level != "kraj" else "CZ051"
    tables = client.get("/indicators").json["indicators"]
    shown = figures(html)
    assert shown.keys() == {table["id"] for table in tables if level in table["periods"]}
    for table in (one for one in tables if level in one["periods"]):
        values = client.get(f"/indicators/{table['id']}/values?level={level}&f=json").json["values"]
        mine = next(one for one in values if one["code"] == code)
        cell = shown[table["id"]][1].partition("Česko")[0].strip()
        if mine["value"] is None:
            assert cell == {"missing": "bez údaje", "confidential": "důvěrný údaj"}[mine["status"]]
        else:
            assert czech(cell) == pytest.approx(mine["value"], abs=0.5 * 10 ** -table["decimals"] + 1e-9)
            assert ("(neúplný údaj)" in cell) == (mine["status"] == "incomplete")


def test_a_missing_value_is_said_in_words_and_has_no_rank(client):
    assert figures(page(client, "/obec/544604"))["nezamestnanost"][1:3] == ["bez údaje", ""]


def test_units_of_an_equal_value_share_their_places(client):
    shown = figures(page(client, "/obec/577081"))["pocet-pohotovosti"]
    values = [one["value"] for one in client.get("/indicators/pocet-pohotovosti/values?f=json").json["values"]]
    assert shown[1:3] == ["0", f"{sum(map(bool, values)) + 1}.–{len(values)}. z {len(values)}"]


def test_the_first_sentence_tells_the_inhabitants_their_rank_and_share(client):
    said = re.search(r'<p class="lead">(.*?)</p>', page(client, "/obec/563889"))[1].replace("\u00a0", " ")
    values = client.get("/indicators/obyvatel/values?f=json").json["values"]
    mine = next(one["value"] for one in values if one["code"] == "563889")
    share = f"{mine / sum(one['value'] for one in values) * 100:.1f}".replace(".", ",")
    assert said.startswith(f"Liberec má {mine:,.0f} obyvatel (".replace(",", " "))
    assert f"nejvíc mezi 215 obcemi, {share} % obyvatel kraje." in said


def test_the_first_figures_are_those_of_the_site_and_those_in_which_the_unit_stands_out(client):
    told = re.findall(
        r'<div data-indicator="([^"]+)"><dt>.*?</dt><dd><strong>(.*?)</strong>', page(client, "/obec/563889"), re.S
    )
    lead = client.application.extensions["geoportal"].site.profiles.lead
    known = [name for name in lead if name in figures(page(client, "/obec/563889"))]
    assert [name for name, _ in told][: len(known)] == known
    assert len(told) > len(known) or "hustota-obyvatel" not in known
    for name, value in told:
        values = client.get(f"/indicators/{name}/values?f=json").json["values"]
        mine = next(one["value"] for one in values if one["code"] == "563889")
        assert czech(value) == pytest.approx(mine, abs=0.5)


@pytest.mark.parametrize("path", [*PAGES, "/obec/544604?lang=en"])
def test_links_of_a_page_lead_somewhere(client, path):
    html = page(client, path)
    links = sorted(set(re.findall(r'href="(/[^"]*)"', html[html.index("<main") : html.index("</main>")])))
    maps = [href for href in links if href.startswith("/mapa/indikatory")]
    looked = [*maps[:2], *(href for href in links if href not in maps)]  # all maps are pages of one kind
    assert [href for href in looked if client.get(href, headers=HTML).status_code != 200] == []
    marks = set(re.findall(r'href="#([^"]+)"', html))
    assert {mark for mark in marks if f'id="{mark}"' not in html} == set()


def test_a_unit_leads_to_its_parents_its_parts_and_its_neighbours(client):
    held = client.application.extensions["geoportal"].snapshot()
    everyone = [one for level in units_of(held).by_level.values() for one in level.values()]
    for unit in everyone[::-20]:
        html = page(client, unit.path)
        for other in (*units_of(held).parents(unit), *units_of(held).neighbours(unit), *units_of(held).below(unit)):
            assert f'href="{other.path}"' in html


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/obec/CZ0513", "/okres/CZ0513"),
        ("/okres/563889", "/obec/563889"),
        ("/okres/3505", "/okres/CZ0513"),
        ("/kraj/CZ051", "/kraj"),
        ("/kraj/78", "/kraj"),
        ("/obec/5105?lang=en", "/orp/5105?lang=en"),
        ("/obec/CZ0513.csv", "/okres/CZ0513.csv"),
    ],
)
def test_a_code_of_another_level_or_system_leads_on(client, asked, path):
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, path)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/obec/563888", "did you mean '563889'?"),
        ("/obec/liberec", "did you mean '563889' (Liberec)?"),
        ("/obec/pencin", "'563749' (Pěnčín) or '564303' (Pěnčín)"),
        ("/okres/CZ9999", "CZ0511, CZ0512, CZ0513, CZ0514"),
        ("/obec/<script>", "there is no obec with the code '<script>'"),
        ("/obec/563888.csv", "did you mean '563889'?"),
        ("/obec/563889.pdf", "there is no obec with the code '563889.pdf'"),
    ],
)
def test_an_unknown_code_is_told_with_what_may_have_been_meant(client, path, said):
    answer = client.get(path)
    assert answer.status_code == 404
    assert said in answer.json["description"]
    assert "<script>'" not in client.get(path, headers=HTML).text


def test_an_unknown_parameter_is_refused(client):
    assert client.get("/obec/563889?neco=1").status_code == 400


@pytest.mark.parametrize("path", PAGES)
def test_the_files_have_every_period_and_agree(client, path):
    answer = client.get(f"{path}.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    level = path.split("/")[1]
    expected = {
        (table["id"], period)
        for table in client.get("/indicators").json["indicators"]
        for period in table["periods"].get(level, [])
    }
    assert {(row["ukazatel"], row["obdobi"]) for row in rows} == expected
    book = load_workbook(io.BytesIO(client.get(f"{path}.xlsx").data))
    sheet, about = book.worksheets
    header, *cells = sheet.iter_rows(values_only=True)
    assert list(header) == list(rows[0])
    assert len(cells) == len(rows)
    for row, held in zip(cells, rows, strict=True):
        for cell, text in zip(row, held.values(), strict=True):
            # A workbook keeps 16 digits of a number.
            assert float(text) == pytest.approx(cell) if isinstance(cell, (int, float)) else (cell or "") == text
    said = dict(about.iter_rows(max_col=2, values_only=True))
    assert {"Území", "Kód", "Adresa", "Zdroj 1", *rows[0]} <= said.keys()


def test_files_are_equal_for_equal_figures(client):
    assert client.get("/kraj.xlsx").data == client.get("/kraj.xlsx?lang=cs").data


def test_the_markup_says_what_the_unit_is_and_where(client):
    html = client.get("/obec/563889", headers=HTML).text
    held = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])
    assert "AdministrativeArea" in held["@type"]
    assert held["identifier"]["value"] == "563889"
    assert {urlsplit(one["url"]).path for one in held["containedInPlace"]} >= {"/okres/CZ0513", "/kraj"}
    assert 14.9 < held["geo"]["longitude"] < 15.2
    for name in ("og:title", "og:description", "og:url", "og:image"):
        content = re.search(f'<meta property="{name}" content="([^"]+)"', html)[1]
        assert content
    assert 'rel="canonical" href="http://localhost/obec/563889"' in html
    assert 'hreflang="en" href="http://localhost/obec/563889?lang=en"' in html


def test_an_obec_has_the_nearest_service_of_each_kind(client):
    html = page(client, "/obec/564028")
    near = re.search(r'<section class="section services-near".*?</section>', html, re.S)[0]
    assert near.count("<tr>") >= 4
    assert "vzdušnou čarou" in near
    assert "/mapa/pohotovosti?obec=564028" in near
    assert "Otevřeno" not in near


def test_larger_units_count_the_services_inside(client):
    def counted(path):
        near = re.search(r'<section class="section services-near".*?</section>', page(client, path), re.S)[0]
        return {kind: int(count) for kind, count in re.findall(r'row">([^<]+)</th><td class="number">(\d+)', near)}

    whole = counted("/kraj")
    parts = [counted(f"/okres/CZ051{number}") for number in (1, 2, 3, 4)]
    assert whole
    assert whole == {kind: sum(part[kind] for part in parts) for kind in whole}


def test_a_page_is_kept_ready(client):
    answer = client.get("/obec/563889", headers=HTML)
    assert answer.headers["Cache-Control"].startswith("public")
    again = client.get("/obec/563889", headers={**HTML, "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
