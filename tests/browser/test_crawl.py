"""A walk from the entrance along all links: whatever the service holds is reached, and nothing leads nowhere."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.settings import Settings
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.store import current_id

HUB = "https://www.datalk.cz/"
HTML = {"Accept": "text/html"}
ALIKE = 2  # how many pages of one kind are opened: the page of one obec is like that of another
TELLING = "ukazatel"  # each value of this parameter is a page of its own
MANY = [  # of what stands here for a star, a few are like the others
    "(/collections/[^/]+/items/).+",
    "(/collections/)[^/]+(?=/items)",
    "(/pohotovosti/[^/]+/).+",
    "(/(?:obec|okres|orp|pou|datasets|indicators|tiles|esri/rest/services|sluzba|pohotovosti)/)[^/]+",
]
UNREAD = "ancestor-or-self::*[self::code or self::pre or self::script or self::template or self::textarea]"
FOREIGN = {  # words that no text of the other language has, nor a name
    "cs": re.compile(r"\b(?:the|of|and|with|this|which|are)\b"),
    "en": re.compile(r"(?<![\w/-])(?:podle|jsou|který|která|které|při|jako|nebo)(?![\w/-])"),
}
BY_SCRIPTS_AND_PROGRAMS = (  # what no page leads to, since nobody reads it
    "/esri/", "/static/", "/oembed", "/service-worker.js", "/manifest.webmanifest", "/mapa/indikatory.json",
    "/mapa/indikatory/odnest.json", "/znak.svg", "/sitemap.xml", "/robots.txt", "/llms.txt", "/zpetna-vazba/diky",
    "/join", "/metrics",
)  # fmt: skip
PEOPLE = [
    "/", "/temata", "/rozcestnik", "/mapa/pohotovosti", "/mapa/indikatory", "/mapa/vrstvy", "/collections", "/o-datech",
    "/api", "/zpetna-vazba", "/pristupnost",
]  # fmt: skip


@dataclass
class Walk:
    """What was met: addresses that were opened, what was wrong, the pages, and where each leads."""

    client: FlaskClient
    language: str
    opened: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    anchors: dict[str, set[str]] = field(default_factory=dict)
    wanted: list[tuple[str, str, str]] = field(default_factory=list)

    def along(self, start: str) -> Walk:
        """Follows all links from ``start``, breadth first."""
        waiting, met, kinds = deque([start]), self.met, Counter[str]()
        met.add(start)
        while waiting:
            address = waiting.popleft()
            if kinds[kind := kind_of(address)] >= ALIKE:
                continue
            kinds[kind] += 1
            for found in self.open(address):
                if found not in met:
                    met.add(found)
                    waiting.append(found)
        for page, address, anchor in self.wanted:
            if address in self.anchors and anchor not in self.anchors[address]:
                self.problems.append(f"{page} -> {address}#{anchor}: nothing is called so")
        return self

    def open(self, address: str) -> list[str]:
        """The addresses of ours that a page leads to; a file leads nowhere."""
        self.opened.add(address)
        with self.client.get(address, headers=HTML) as answer:
            if answer.status_code not in (200, 204):
                self.problems.append(f"{address}: {answer.status_code}")
            elif answer.mimetype == "text/html":
                return self.read(address, lxml.html.document_fromstring(answer.text))
        return []

    def read(self, address: str, page: lxml.html.HtmlElement) -> list[str]:
        """The same for a page that was opened; notes what is wrong with it."""
        self.problems += [f"{address}: {fault}" for fault in faults_of(page, self.language)]
        self.anchors[address] = {one.get("id") for one in page.iterfind(".//*[@id]")}
        hrefs = [one.get("href") for one in page.iterfind(".//a[@href]") if one.get("hreflang") is None]
        self.met |= {urlsplit(form.get("action")).path for form in page.iterfind(".//form[@action]")}
        if HUB not in hrefs:
            self.problems.append(f"{address}: no way back to the hub")
        found = []
        for target in (urlsplit(urljoin(address, href)) for href in hrefs):
            if target.scheme or target.netloc:
                self.outside.add(target.geturl())
                continue
            path = target._replace(fragment="").geturl()
            if target.fragment:
                self.wanted.append((address, path, target.fragment))
            found.append(path)
        return found


def faults_of(page: lxml.html.HtmlElement, language: str) -> list[str]:
    """What is wrong with a page of itself: its language, its frame, the order of its headings, names used twice."""
    found = [] if page.get("lang") == language else [f"lang is {page.get('lang')}"]
    if not (page.findtext(".//title") or "").strip():
        found.append("has no title")
    counts = {part: len(page.findall(f"./body/{part}")) for part in ("header", "main", "footer")}
    found += [f"has {count} {part}" for part, count in counts.items() if count != 1]
    levels = [int(heading.tag[1]) for heading in page.xpath("//main//*[self::h1|self::h2|self::h3|self::h4|self::h5]")]
    if levels.count(1) != 1:
        found.append(f"has {levels.count(1)} h1")
    found += [f"h{low} follows h{high}" for high, low in pairwise(levels) if low > high + 1]
    ids = Counter(one.get("id") for one in page.iterfind(".//*[@id]"))
    found += [f"id {name} is used {count} times" for name, count in ids.items() if count > 1]
    found += [
        f"a link to {link.get('href')} has no words" for link in page.iterfind(".//a[@href]") if not words_of(link)
    ]
    return found + [f"not in {language}: {text[:60]}" for text in sorted(foreign_texts(page, language))]


def words_of(link: lxml.html.HtmlElement) -> str:
    """What a link is called."""
    pictures = "".join(link.xpath(".//img/@alt"))
    return (link.get("aria-label") or link.text_content() + pictures).strip()


def foreign_texts(page: lxml.html.HtmlElement, language: str) -> set[str]:
    """Prose that seems to be in the other language and does not say so."""
    found = set()
    for text in page.xpath("//main//text()"):
        if FOREIGN[language].search(text):
            element = text.getparent().getparent() if text.is_tail else text.getparent()
            spoken = element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
            if spoken == language and not element.xpath(UNREAD):
                found.add(text.strip())
    return found


def kind_of(address: str) -> str:
    """What an address has in common with others like it."""
    parts = urlsplit(address)
    path = parts.path
    for many in MANY:
        path = re.sub(many, r"\1*", path)
    query = dict(parse_qsl(parts.query))
    query.pop("lang", None)
    if query.keys() == {TELLING}:
        return f"{path}?{parts.query}"
    return f"{path}?{'&'.join(sorted(query))}"


@pytest.fixture(scope="module")
def snapshot(built_settings: Settings) -> Snapshot:
    held = current_id(built_settings.build)
    assert held
    return Snapshot(built_settings.build, held)


@pytest.fixture(scope="module", params=["cs", "en"])
def walk(request: pytest.FixtureRequest, built_settings: Settings) -> Walk:
    language: str = request.param
    start = "/" if language == "cs" else f"/?lang={language}"
    return Walk(create_app(built_settings).test_client(), language).along(start)


def paths(walk: Walk) -> set[str]:
    return {urlsplit(address).path for address in walk.opened}


def test_nothing_leads_nowhere(walk: Walk) -> None:
    assert walk.problems == []


def test_every_page_for_people_is_reached(walk: Walk) -> None:
    assert set(PEOPLE) - paths(walk) == set()


def test_every_theme_is_reached(walk: Walk, built_settings: Settings) -> None:
    themes = walk.client.application.extensions["geoportal"].site.themes
    assert {f"/temata/{theme.id}" for theme in themes} - paths(walk) == set()


def test_every_layer_and_each_of_its_files_is_reached(walk: Walk, snapshot: Snapshot) -> None:
    wanted = {f"/collections/{layer}" for layer in snapshot.collections}
    for layer in snapshot.collections.values():
        wanted |= {f"/layers/{layer.id}.{file.get('extension', name)}" for name, file in layer.files.items()}
    assert wanted - paths(walk) == set()


def test_every_indicator_is_reached(walk: Walk, snapshot: Snapshot) -> None:
    shown = {
        dict(parse_qsl(parts.query)).get("ukazatel")
        for parts in map(urlsplit, walk.opened)
        if parts.path == "/mapa/indikatory"
    }
    assert snapshot.indicators.keys() - shown == set()


def test_every_data_set_of_the_hub_is_linked(walk: Walk, snapshot: Snapshot) -> None:
    assert snapshot.hub
    assert {dataset.page for dataset in snapshot.hub.datasets} - walk.outside == set()


def test_no_page_of_the_sitemap_is_an_orphan(walk: Walk) -> None:
    listed = re.findall(r"<loc>http://localhost([^<?]*)</loc>", walk.client.get("/sitemap.xml").text)
    assert len(listed) > 100
    reached = {kind_of(urlsplit(address).path) for address in walk.met}
    assert {path for path in listed if kind_of(path) not in reached} == set()


def test_every_data_set_tileset_and_theme_is_linked_by_itself(walk: Walk, snapshot: Snapshot) -> None:
    linked = {urlsplit(address).path for address in walk.met}
    names = [*snapshot.collections, *snapshot.indicators, *snapshot.tilesets]
    assert {f"/datasets/{name}" for name in names} - linked == set()
    assert {f"/tiles/{name}" for name in snapshot.tilesets} - linked == set()


def test_every_address_without_parts_is_linked_or_known_to_be_for_programs(walk: Walk) -> None:
    rules = walk.client.application.url_map.iter_rules()
    plain = {rule.rule for rule in rules if not rule.arguments and "GET" in (rule.methods or ())}
    linked = {urlsplit(address).path for address in walk.met}
    assert {path for path in plain - linked if not path.startswith(BY_SCRIPTS_AND_PROGRAMS)} == set()
