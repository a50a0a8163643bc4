from __future__ import annotations

import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from geoportal.app import create_app
from geoportal.errors import Problems
from geoportal.site import load_site
from tests.web.test_pages import MAPS, PAGES

HTML = {"Accept": "text/html"}
HOST = "http://localhost"


class Frame(HTMLParser):
    """The attributes of the one frame in a piece of HTML, and of the links of a page."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.frames, self.links = [], []
        self.feed(code)

    def handle_starttag(self, tag, attrs):
        {"iframe": self.frames, "link": self.links}.get(tag, []).append(dict(attrs))


def page(api, path):
    answer = api.get(path, headers=HTML)
    assert answer.status_code == 200
    return answer.text


def oembed(api, url, **more):
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return api.get(f"/oembed?url={quote(url, safe='')}{query}")


def ancestors(answer):
    return re.search(r"frame-ancestors ([^;]+)", answer.headers["Content-Security-Policy"])[1].split()


@pytest.mark.parametrize("path", MAPS)
def test_a_map_may_stand_in_pages_of_the_hub_and_of_the_hosts_of_the_site(api, path):
    allowed = ancestors(api.get(f"{path}?embed=1", headers=HTML))
    assert allowed[:2] == ["'self'", "https://www.datalk.cz"]
    assert "https://geoportal.kraj-lbc.cz" in allowed
    assert "*" not in allowed
    assert ancestors(api.get(path, headers=HTML)) == ["'self'"]


def test_another_hub_may_show_the_maps_too(facts_settings):
    client = create_app(replace(facts_settings, hub_url="https://hub.example.org/portal/")).test_client()
    assert "https://hub.example.org" in ancestors(client.get("/mapa/vrstvy?embed=1", headers=HTML))


def test_a_page_that_says_what_went_wrong_may_stand_where_the_map_would(api):
    answer = api.get("/mapa/vrstvy?embed=1&vrstvy=x", headers=HTML)
    assert answer.status_code == 400
    assert "https://www.datalk.cz" in ancestors(answer)
    assert ancestors(api.get("/neni", headers=HTML)) == ["'self'"]


@pytest.mark.parametrize(
    "host", ["https://a.cz; script-src *", "a.cz", "https://a.cz/path", "'unsafe-inline'", "https://A b"]
)
def test_a_host_that_is_no_source_of_a_policy_is_refused(home, host):
    content = (home / "geoportal.toml").read_text(encoding="utf-8")
    spoilt = re.sub(r"^hosts = .*$", f'hosts = ["{host}"]', content, flags=re.MULTILINE)
    assert spoilt != content
    (home / "geoportal.toml").write_text(spoilt, encoding="utf-8")
    with pytest.raises(Problems, match=r"embed\.hosts\.0"):
        load_site(home)


@pytest.mark.parametrize("path", MAPS)
def test_each_map_offers_code_that_shows_it_without_the_frame_of_the_portal(api, path):
    shown = page(api, path)
    code = html.unescape(re.search(r'<textarea id="vlozit"[^>]*>(.*?)</textarea>', shown, re.DOTALL)[1])
    (frame,) = Frame(code).frames
    assert frame["src"] == f"{HOST}{path}?embed=1"
    assert frame["title"] == html.unescape(re.search(r"<title>(.*?)</title>", shown)[1])
    assert frame["allow"] == "geolocation"
    embedded = page(api, frame["src"].removeprefix(HOST))
    assert "<header" not in embedded
    assert 'id="vlozit"' not in embedded
    assert "oembed" not in embedded


@pytest.mark.parametrize("path", [path for path in PAGES if path not in MAPS])
def test_a_page_without_a_map_offers_no_code(api, path):
    assert 'id="vlozit"' not in page(api, path)


@pytest.mark.parametrize("path", [*MAPS, "/mapa/indikatory?lang=en&ukazatel=nezamestnanost&uroven=orp"])
def test_a_map_leads_to_its_oembed_and_that_back_to_the_map(api, path):
    (link,) = [one for one in Frame(page(api, path)).links if one.get("type") == "application/json+oembed"]
    answer = api.get(link["href"].removeprefix(HOST))
    assert answer.status_code == 200
    told = answer.json
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", link["title"])
    (frame,) = Frame(told["html"]).frames
    assert (int(frame["width"]), int(frame["height"])) == (told["width"], told["height"]) == (800, 600)
    assert frame["src"] == f"{HOST}{path}{'&' if '?' in path else '?'}embed=1"
    assert page(api, frame["src"].removeprefix(HOST))


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ({"maxwidth": 400}, (400, 600)),
        ({"maxheight": 300}, (800, 300)),
        ({"maxwidth": 5000, "maxheight": 5000}, (800, 600)),
    ],
)
def test_the_size_that_is_asked_for_is_never_exceeded(api, asked, given):
    told = oembed(api, f"{HOST}/mapa/vrstvy", format="json", **asked).json
    assert (told["width"], told["height"]) == given


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/mapa/vrstvy",
        "http://localhost.evil.example/mapa/vrstvy",
        "http://localhost@evil.example/mapa/vrstvy",
        "/mapa/vrstvy",
        "javascript:alert(1)",
        "",
        f"{HOST}/o-datech",
        f"{HOST}/neni",
        f"{HOST}/mapa/vrstvy?vrstvy=x",
        f"{HOST}/mapa/indikatory?ukazatel=x",
        f"{HOST}/layers/obce.csv",
        f"{HOST}/collections/obce?f=json",
        f"{HOST}/oembed?url={HOST}/mapa/vrstvy",
        f"{HOST}//evil.example/mapa/vrstvy",
    ],
)
def test_what_is_no_map_of_ours_is_404(api, url):
    assert oembed(api, url).status_code == 404


def test_xml_is_not_made(api):
    answer = oembed(api, f"{HOST}/mapa/vrstvy", format="xml")
    assert answer.status_code == 501
    assert answer.json["code"] == "NotImplemented"


@pytest.mark.parametrize("query", ["", "format=json", "url=a&maxwidth=0", "url=a&maxwidth=x", "url=a&x=1"])
def test_a_question_that_makes_no_sense_is_400(api, query):
    assert api.get(f"/oembed?{query}").status_code == 400


def test_markup_in_an_address_stays_text(api):
    told = oembed(api, f"{HOST}/mapa/vrstvy#\"><script>alert(1)</script>").json  # fmt: skip
    assert "<script>" not in told["html"]


def test_behind_a_proxy_addresses_are_the_public_ones(facts_settings):
    client = create_app(replace(facts_settings, base_url="https://example.org/mapy")).test_client()
    shown = client.get("/mapa/vrstvy", headers=HTML).text
    code = html.unescape(re.search(r'<textarea id="vlozit"[^>]*>(.*?)</textarea>', shown, re.DOTALL)[1])
    assert Frame(code).frames[0]["src"] == "https://example.org/mapy/mapa/vrstvy?embed=1"
    assert oembed(client, "https://example.org/mapy/mapa/vrstvy").status_code == 200
    assert oembed(client, "https://example.org/mapa/vrstvy").status_code == 404
