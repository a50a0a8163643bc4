"""Pictures and citations of indicators over HTTP: what the page shows, equal bytes, sentences for what is wrong."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import pytest
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader

from geoportal.app import create_app
from geoportal.settings import Settings
from tests.web.test_memory import ASK

SVG = "{http://www.w3.org/2000/svg}"
MAP = "/indicators/nezamestnanost/map"
PAGE = "/mapa/indikatory?ukazatel=nezamestnanost&uroven=obec"


def drawing(api: FlaskClient, path: str) -> ElementTree.Element:
    answer = api.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.mimetype == "image/svg+xml"
    return ElementTree.fromstring(answer.data)


def words(root: ElementTree.Element, group: str) -> list[str]:
    return [element.text or "" for element in root.findall(f".//{SVG}g[@id='{group}']/{SVG}text")]


def units(root: ElementTree.Element) -> list[ElementTree.Element]:
    return root.findall(f".//{SVG}g[@id='uzemi']/{SVG}path")


@pytest.mark.parametrize("level", ["obec", "pou", "orp", "okres", "kraj"])
def test_each_unit_is_one_path_named_with_its_value(api: FlaskClient, level: str) -> None:
    held = api.get(f"/indicators/nezamestnanost/values?level={level}&f=json").json["values"]
    drawn = units(drawing(api, f"{MAP}.svg?level={level}"))
    assert sorted(path.attrib["data-code"] for path in drawn) == [row["code"] for row in held]
    told = {path.attrib["data-code"]: path.find(f"{SVG}title").text for path in drawn}
    for row in held:
        assert row["name"] in told[row["code"]]
        assert ("bez údaje" in told[row["code"]]) == (row["value"] is None)


@pytest.mark.parametrize("scheme", ["quantiles", "natural", "equal", "deviation"])
def test_colours_and_counts_of_the_map_are_those_of_the_legend(api: FlaskClient, scheme: str) -> None:
    root = drawing(api, f"{MAP}.svg?scheme={scheme}&classes=4")
    fills = Counter(path.attrib["fill"] for path in units(root))
    swatches = [box.attrib["fill"] for box in root.findall(f".//{SVG}g[@id='legenda']/{SVG}rect")]
    assert set(fills) <= set(swatches)
    counts = [int(text.split()[0]) for text in words(root, "legenda") if re.fullmatch(r"\d+ ob(ec|ce|cí)", text)]
    assert [fills[colour] for colour in swatches] == counts


def test_missing_is_hatched_and_explained(api: FlaskClient) -> None:
    root = drawing(api, f"{MAP}.svg")
    missing = [path for path in units(root) if path.attrib["fill"] == "url(#missing)"]
    assert len(missing) == 3
    assert "bez údaje" in words(root, "legenda")


def test_a_count_is_drawn_as_circles_and_never_as_filled_areas(api: FlaskClient) -> None:
    root = drawing(api, "/indicators/obyvatel/map.svg?level=orp")
    assert {path.attrib["fill"] for path in units(root)} == {"#ffffff"}
    circles = root.findall(f".//{SVG}g[@id='kruhy']/{SVG}circle")
    assert len(circles) == 10
    radii = {circle.attrib["data-code"]: float(circle.attrib["r"]) for circle in circles}
    values = {
        row["code"]: row["value"] for row in api.get("/indicators/obyvatel/values?level=orp&f=json").json["values"]
    }
    ratios = [radii[code] ** 2 / values[code] for code in values]
    assert max(ratios) == pytest.approx(min(ratios), rel=0.01)


def test_the_picture_says_what_where_when_and_from_whom(api: FlaskClient) -> None:
    root = drawing(api, f"{MAP}.svg?level=okres")
    assert words(root, "nadpis")[0] == "Podíl nezaměstnaných osob podle okresů, 2024"
    foot = " ".join(words(root, "zdroj"))
    assert "Český statistický úřad" in foot
    assert "Licence: CC BY 4.0" in foot
    assert "Schematické hranice." in foot
    assert "http://localhost/mapa/indikatory?ukazatel=nezamestnanost&uroven=okres&obdobi=2024" in foot
    assert "Liberec" in words(root, "mesta")


def test_the_picture_speaks_the_language_asked_for(api: FlaskClient) -> None:
    root = drawing(api, f"{MAP}.svg?level=okres&lang=en")
    assert "by district, 2024" in words(root, "nadpis")[0]
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
    assert "lang=en" in " ".join(words(root, "zdroj"))


@pytest.mark.parametrize(("size", "pixels"), [(None, (1200, 900)), ("share", (1200, 630)), ("print", (2339, 1654))])
def test_png_has_the_size_asked_for(api: FlaskClient, size: str | None, pixels: tuple[int, int]) -> None:
    answer = api.get(f"{MAP}.png" + (f"?size={size}" if size else ""))
    assert answer.mimetype == "image/png"
    picture = Image.open(io.BytesIO(answer.data))
    picture.load()
    assert picture.size == pixels


def test_pdf_for_print_is_one_page_of_a4_with_its_title_as_text(api: FlaskClient) -> None:
    (page,) = PdfReader(io.BytesIO(api.get(f"{MAP}.pdf?size=print").data)).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((841.9, 595.3), abs=0.8)
    assert "Podíl nezaměstnaných osob podle obcí, 2024" in page.extract_text()


@pytest.mark.parametrize("ext", ["svg", "png", "pdf"])
def test_two_workers_send_equal_bytes_with_a_tag(api: FlaskClient, facts_settings: Settings, ext: str) -> None:
    first, second = (client.get(f"{MAP}.{ext}?level=orp") for client in (api, create_app(facts_settings).test_client()))
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert "public" in first.headers["Cache-Control"]
    again = api.get(f"{MAP}.{ext}?level=orp", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/indicators/nezamestnanostt/map.png", 404, "did you mean 'nezamestnanost'"),
        (f"{MAP}.gif", 404, "allowed: pdf, png, svg"),
        (f"{MAP}.png?level=ulice", 400, "level='ulice'"),
        (f"{MAP}.png?period=1848", 400, "allowed: 2024"),
        (f"{MAP}.png?scheme=jenks", 400, "natural"),
        (f"{MAP}.png?classes=99", 400, "from 2 to 9"),
        (f"{MAP}.png?palette=duha", 400, "viridis"),
        (f"{MAP}.png?size=20000x20000", 400, "allowed: default, print, share"),
        (f"{MAP}.png?breaks=1,b", 400, "breaks='1,b'"),
        (f"{MAP}.png?breaks=1,nan", 400, "breaks='1,nan'"),
        (f"{MAP}.png?scheme=own", 400, "breaks"),
        (f"{MAP}.png?scheme=equal&breaks=1", 400, "scheme=own"),
        (f"{MAP}.png?lang=de", 400, "lang='de'"),
        (f"{MAP}.png?colour=red", 400, "unknown parameter 'colour'"),
        ("/indicators/nezamestnanost/citation?f=word", 400, "bibtex"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_allowed(api: FlaskClient, path: str, status: int, said: str) -> None:
    answer = api.get(path)
    assert answer.status_code == status
    assert said in answer.json["description"]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.properties: dict[str, str] = {}
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.properties[held.get("property") or held.get("name", "")] = held.get("content", "")
        if tag == "a":
            self.links.append(held.get("href", ""))


@pytest.mark.parametrize(
    "more", ["", "&metoda=prirozene&tridy=6", "&hranice=2;4,5", "&paleta=viridis&pevne=1", "&lang=en"]
)
def test_the_page_offers_the_pictures_of_what_it_shows(api: FlaskClient, more: str) -> None:
    shown = _Page()
    shown.feed(api.get(PAGE + more).get_data(as_text=True))
    pictures = [link for link in shown.links if "/map." in link]
    assert [link.partition("?")[0].rpartition(".")[2] for link in pictures] == ["png", "png", "svg", "pdf"]
    root = drawing(api, pictures[2])
    # The picture's address of the page leads back to the same picture.
    address = next(text for text in words(root, "zdroj") if "http://" in text).partition(" · ")[2]
    back = _Page()
    back.feed(api.get(address.removeprefix("http://localhost")).get_data(as_text=True))
    assert pictures == [link for link in back.links if "/map." in link]


def test_the_page_is_shared_with_a_picture_of_the_size_that_networks_want(api: FlaskClient) -> None:
    shown = _Page()
    shown.feed(api.get(PAGE).get_data(as_text=True))
    image = shown.properties["og:image"]
    assert image.startswith("http://localhost/indicators/nezamestnanost/map.png?")
    assert shown.properties["twitter:card"] == "summary_large_image"
    assert Image.open(io.BytesIO(api.get(image.removeprefix("http://localhost")).data)).size == (1200, 630)
    assert shown.properties["og:title"] == "Podíl nezaměstnaných osob podle obcí, 2024"


@pytest.mark.parametrize(("period", "date"), [("2020", "31. 12. 2020"), ("2024", "2024")])
def test_a_picture_names_the_source_of_its_period_alone(mirror_settings: Settings, period: str, date: str) -> None:
    client = create_app(mirror_settings).test_client()
    told = client.get(f"/indicators/obyvatel/map.svg?period={period}").get_data(as_text=True).replace("\xa0", " ")
    assert re.findall(r">Zdroj dat: ([^<]*)\. Licence", told) == [f"Český statistický úřad (CC BY 4.0), {date}"]


def test_the_page_says_over_which_time_its_sources_reach(mirror_settings: Settings) -> None:
    page = create_app(mirror_settings).test_client().get("/mapa/indikatory?ukazatel=obyvatel&obdobi=2020")
    assert "stav 31. 12. 2020 – 2024." in page.get_data(as_text=True).replace("\xa0", " ")


def test_the_citation_names_who_what_when_and_where(api: FlaskClient) -> None:
    answer = api.get("/indicators/nezamestnanost/citation?level=okres")
    assert answer.mimetype == "text/plain"
    assert "private" in answer.headers["Cache-Control"]
    assert re.fullmatch(
        r"ČESKÝ STATISTICKÝ ÚŘAD(; [^.]+)?\. Podíl nezaměstnaných osob podle okresů, 2024 \[online datový soubor\]\. "
        r"Zpracovatel Liberecký kraj\. Mapová služba [^,]+, data k [^\[]+ \[cit\. \d{4}-\d\d-\d\d\]\. "
        r"Dostupné z: http://localhost/mapa/indikatory\?ukazatel=nezamestnanost&uroven=okres&obdobi=2024\. "
        r"Licence: CC BY 4\.0\.\n",
        answer.get_data(as_text=True),
    )


def test_bibtex_holds_the_same_in_fields(api: FlaskClient) -> None:
    text = api.get("/indicators/nezamestnanost/citation?f=bibtex").get_data(as_text=True)
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", text, re.MULTILINE))
    assert text.startswith("@misc{nezamestnanost-obec-2024,\n")
    assert text.count("{") == text.count("}")
    assert fields["author"].startswith("{Český statistický úřad}")
    assert fields["title"] == "{Podíl nezaměstnaných osob podle obcí, 2024}"
    assert fields["year"] == "2024"
    assert fields["url"].startswith("http://localhost/mapa/indikatory?")


def test_ris_holds_the_same_in_lines(api: FlaskClient) -> None:
    text = api.get("/indicators/nezamestnanost/citation?f=ris", buffered=True).data.decode()
    lines = text.split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert "TI  - Podíl nezaměstnaných osob podle obcí, 2024" in lines
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])


def test_values_as_a_workbook_explain_themselves(api: FlaskClient) -> None:
    answer = api.get("/indicators/nezamestnanost/values?level=obec&f=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = list(book.worksheets[0].values)
    assert rows[0] == ("kod", "nazev", "obdobi", "nezamestnanost", "stav")
    held = api.get("/indicators/nezamestnanost/values?level=obec&f=json").json["values"]
    assert [(row[0], row[3], row[4]) for row in rows[1:]] == [(r["code"], r["value"], r["status"]) for r in held]
    told = {str(row[0]): str(row[1]) for row in book["Popis"].values}
    assert told["Jednotka"] == "%"
    assert "Český statistický úřad" in told["Zdroj"]
    assert "CC BY 4.0" in told["Podmínky užití"]
    assert told["Jak ukazatel vzniká"]
    assert told["stav = confidential"]
    assert answer.data == api.get("/indicators/nezamestnanost/values?level=obec&f=xlsx").data


def test_values_as_geojson_are_the_layer_with_values(api: FlaskClient) -> None:
    answer = api.get("/indicators/nezamestnanost/values?level=orp&f=geojson")
    assert answer.mimetype == "application/geo+json"
    held = answer.get_json(force=True)
    rows = {row["code"]: row for row in api.get("/indicators/nezamestnanost/values?level=orp&f=json").json["values"]}
    assert {feature["id"]: feature["properties"] for feature in held["features"]} == rows
    assert all(feature["geometry"]["type"].endswith("Polygon") for feature in held["features"])


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson"])
def test_values_lead_to_their_metadata(api: FlaskClient, form: str) -> None:
    link = api.get(f"/indicators/nezamestnanost/values?f={form}").headers["Link"]
    assert link == '<http://localhost/indicators/nezamestnanost>; rel="describedby"; type="application/json"'


def test_a_worker_draws_without_the_builds_libraries_and_stays_small(facts_settings: Settings) -> None:
    ask = ASK + "import psutil; print(psutil.Process().memory_info().rss // 2**20)\n"
    paths = [f"{MAP}.{ext}?level={level}" for ext in ("svg", "png", "pdf") for level in ("obec", "okres")]
    paths += [f"{MAP}.png?size=print", "/indicators/obyvatel/map.png?size=share"]
    env = {**os.environ, "GEOPORTAL_HOME": str(facts_settings.home), "GEOPORTAL_DATA": str(facts_settings.data)}
    done = subprocess.run([sys.executable, "-c", ask, *paths], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    *loaded, rss_mib = done.stdout.split()
    assert set(loaded) - {"requests"} == set()  # Folium imports requests
    assert int(rss_mib) < 200
