from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

MAPS = [
    "/mapa/vrstvy",
    "/mapa/indikatory",
    "/mapa/pohotovosti",
    "/collections/obce",
    "/collections/pohotovosti/items",
    "/collections/obce/items/563889",
]
PAGES = ["/?f=html", "/o-datech", "/collections", "/api", *MAPS]
HTML = {"Accept": "text/html"}
VOID = {"meta", "link", "input", "br", "img", "hr"}
SVG_SHAPES = {"rect", "circle", "path"}


class Page(HTMLParser):
    """What a test asks of a page: its links, ids, text, and whether its tags are balanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.hrefs, self.ids, self.loaded, self.open, self.tags = html, [], [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.tags.append((tag, held))
        if tag == "a":
            self.hrefs.append(held.get("href", ""))
        names = tag == "link" and held.get("rel") in ("canonical", "alternate")
        if tag in ("link", "script", "img") and not names and (held.get("src") or held.get("href")):
            self.loaded.append(held.get("src") or held.get("href"))
        if "id" in held:
            self.ids.append(held["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes something else"


def fetch(api, path, status=200):
    response = api.get(path, headers=HTML)
    assert response.status_code == status, response.text[:500]
    return Page(response.text)


def exists(api, url):
    with api.get(url, headers=HTML) as response:  # a file must be closed
        return response.status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["cs", "en"])
def test_a_page_is_sound_html_in_its_language(api, path, language):
    page = fetch(api, path + ("&" if "?" in path else "?") + f"lang={language}")
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert dict(page.tags)["html"]["lang"] == language
    assert [tag for tag, _ in page.tags].count("h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_another_host_and_leads_back_to_the_hub(api, path):
    page = fetch(api, path)
    assert [url for url in page.loaded if urlsplit(url).netloc] == []
    assert "https://www.datalk.cz/" in page.hrefs
    assert "https://www.datalk.cz/pages/zpetna-vazba" in page.hrefs


@pytest.mark.parametrize("path", PAGES)
def test_files_and_pages_that_a_page_names_exist(api, path):
    page = fetch(api, path)
    own = {url.partition("#")[0] for url in (*page.loaded, *page.hrefs) if url.startswith("/")}
    assert {url for url in own if "/vendor/" not in url and not exists(api, url)} == set()


@pytest.mark.parametrize("path", MAPS)
def test_inline_scripts_are_named_by_their_hash_and_nothing_else_may_run(api, path):
    response = api.get(path, headers=HTML)
    policy = response.headers["Content-Security-Policy"]
    inline = re.findall(r"<script>(.*?)</script>", response.text, re.S)
    hashes = [
        "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'" for script in inline
    ]
    assert len(hashes) == 1
    assert f"script-src 'self' {hashes[0]};" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not re.search(r'<[^>]+ (style|on[a-z]+)="', response.text)


@pytest.mark.parametrize("path", PAGES)
def test_schematic_boundaries_are_named_on_every_page(api, path):
    assert "Schematické hranice" in fetch(api, path).html


@pytest.mark.parametrize("path", MAPS)
def test_an_embedded_page_drops_header_and_footer_but_names_sources_and_the_hub(api, path):
    page = fetch(api, path + "?embed=1")
    assert "header" not in [tag for tag, _ in page.tags]
    assert "https://www.datalk.cz/" in page.hrefs
    assert "frame-ancestors 'self' https" in api.get(path + "?embed=1", headers=HTML).headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in api.get(path, headers=HTML).headers["Content-Security-Policy"]


def test_the_language_switch_keeps_the_query(api):
    page = fetch(api, "/mapa/indikatory?ukazatel=nezamestnanost&uroven=orp")
    switch = next(href for href in page.hrefs if "lang=en" in href)
    assert parse_qs(urlsplit(switch).query) == {"ukazatel": ["nezamestnanost"], "uroven": ["orp"], "lang": ["en"]}
    assert "Share of unemployed persons" in fetch(api, switch).html


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/mapa/vrstvy?vrtsvy=obce", "vrtsvy"),
        ("/mapa/vrstvy?vrstvy=obec", "obce"),
        ("/mapa/vrstvy?lang=fr", "fr"),
        ("/mapa/vrstvy?embed=2", "embed"),
        ("/mapa/indikatory?uroven=obce", "obec"),
        ("/mapa/indikatory?obdobi=1888", "obdobi"),
        ("/mapa/indikatory?razeni=kod", "razeni"),
        ("/mapa/indikatory?lang=cs&lang=en", "lang"),
        ("/mapa/pohotovosti?obec=999999", "obec"),
        ("/mapa/pohotovosti?druh=lekarna", "druh"),
        ("/o-datech?x=1", "x"),
    ],
)
def test_a_wrong_parameter_is_400_and_named(api, path, named):
    answer = api.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert named in answer.json["description"]


def test_an_unknown_indicator_is_404_and_the_likely_one_is_named(api):
    answer = api.get("/mapa/indikatory?ukazatel=nezamestnannost", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "did you mean 'nezamestnanost'" in answer.json["description"]


def test_empty_values_of_a_form_count_as_absent(api):
    assert fetch(api, "/mapa/pohotovosti?obec=&druh=").html == fetch(api, "/mapa/pohotovosti").html


def test_an_error_is_a_page_with_a_way_on(api):
    page = fetch(api, "/neni", 404)
    assert "Tady nic není" in page.html
    assert "/" in page.hrefs


def test_markup_in_a_wrong_value_stays_text(api):
    page = fetch(api, "/mapa/vrstvy?vrstvy=<script>alert(1)</script>", 400)
    assert "<script>alert" not in page.html


def test_a_page_has_a_tag_and_is_not_sent_twice(api):
    tag = api.get("/mapa/vrstvy").headers["ETag"]
    assert api.get("/mapa/vrstvy", headers={"If-None-Match": tag}).status_code == 304


def test_every_layer_is_listed_with_its_downloads(api):
    page = fetch(api, "/mapa/vrstvy")
    layers = [held["data-layer"] for tag, held in page.tags if "data-layer" in held]
    offered = api.get("/collections").json["collections"]
    assert sorted(layers) == sorted(one["id"] for one in offered)
    for one in offered:
        for link in one["links"]:
            if link["rel"] == "enclosure":
                assert urlsplit(link["href"]).path in page.hrefs


def test_boundaries_and_districts_are_on_at_first_and_the_address_can_say_otherwise(api):
    def on(path):
        return {held["data-layer"] for _, held in fetch(api, path).tags if "data-layer" in held and "checked" in held}

    assert on("/mapa/vrstvy") == {"obce", "okresy"}
    assert on("/mapa/vrstvy?vrstvy=pohotovosti,orp") == {"pohotovosti", "orp"}
    assert on("/mapa/vrstvy?vrstvy=zadne") == set()


@pytest.mark.parametrize("path", ["/mapa/indikatory", "/obec/563889", "/analyzy/zmena", "/analyzy/zmena?lang=en"])
def test_a_page_with_a_picture_says_how_it_is_shown_where_it_is_shared(api, path):
    page = api.get(path).get_data(as_text=True)
    said = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]+)">', page))
    assert set(said) == {
        "type", "title", "description", "url", "site_name", "locale",
        "image", "image:width", "image:height", "image:alt",
    }  # fmt: skip
    assert said["locale"] == ("en_GB" if "lang=en" in path else "cs_CZ")
    assert said["image:alt"] == f"{said['title']}. {said['description']}"
    assert "size=share" in said["image"]


@pytest.mark.parametrize("path", ["/mapa/indikatory", "/analyzy/zmena"])
def test_a_page_has_the_patterns_of_units_without_a_value_once(api, path):
    page = api.get(path).get_data(as_text=True)
    assert [page.count(f'<pattern id="{name}"') for name in ("missing", "confidential")] == [1, 1]
