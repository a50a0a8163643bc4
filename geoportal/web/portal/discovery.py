"""What crawlers look for: ``sitemap.xml``, ``robots.txt``, and ``llms.txt`` for programs that read for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from flask import Blueprint, Response, current_app, render_template

from geoportal.web import current
from geoportal.web.finder.views import FOR_NEIGHBOURS
from geoportal.web.portal.catalog import current_catalog
from geoportal.web.portal.feedback import PATH as FORM
from geoportal.web.portal.views import open_visit
from geoportal.web.respond import body_response
from geoportal.web.screens.finder.directory import list_paths
from geoportal.web.screens.finder.services import service_collections

blueprint = Blueprint("discovery", __name__)

XML, TEXT = "application/xml", "text/plain"
_MOST = 50_000  # addresses of a sitemap (sitemaps.org)
_PAGES = ("/", "/api", "/catalog", "/collections", "/tiles")  # pages that are also answers for programs
_HIDDEN = re.compile(r"^/(healthz|readyz|metrics|oembed|search|join|zpetna-vazba/.*|esri/.*|.*\.\w+)$")
_UNITS = MappingProxyType({"/obec/": "obec", "/pou/": "pou", "/orp/": "orp", "/okres/": "okres"})


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every public page with its address in each language that it is in."""
    base, site = current.base_url(), current.site()
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path in list(dict.fromkeys(pages()))[: _MOST // len(site.spoken)]:
        languages = site.spoken if path.startswith((*FOR_NEIGHBOURS, FORM)) else site.languages
        shown = {language: _shown(base, path, language) for language in languages}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'
            for language, address in (*shown.items(), ("x-default", shown[languages[0]]))
        )
        lines += [f"<url><loc>{_text(address)}</loc>{links}</url>" for address in shown.values()]
    return body_response("\n".join([*lines, "</urlset>", ""]), XML)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read but single features and tiles, of which there are too many; whole files have them all."""
    lines = (
        "User-agent: *",
        "Disallow: /nearest",
        "Disallow: /search",
        "Disallow: /collections/*/items",
        "Disallow: /tiles/*/",
        "Disallow: /esri/",
        "",
        f"Sitemap: {current.base_url()}/sitemap.xml",
        "",
    )
    return body_response("\n".join(lines), TEXT)


@blueprint.get("/llms.txt")
def llms() -> Response:
    """What there is, in Markdown: the interfaces first, then every dataset with its files."""
    return body_response(render_template("llms.txt", catalog=current_catalog(), site=current.site()), TEXT)


def pages() -> Iterator[str]:
    """The path of every page for people: those without a part that varies, then each layer, dataset, theme and unit."""
    snapshot, site = current.snapshot(), current.site()
    yield from _PAGES
    if service_collections(snapshot):
        yield from list_paths(open_visit())
    filled: dict[str, Callable[[], list[str]]] = {
        "/collections/<layer_id>": lambda: list(snapshot.collections),
        "/datasets/<dataset_id>": lambda: [dataset.id for dataset in current_catalog().datasets],
        "/temata/<theme_id>": lambda: [theme.id for theme in site.themes],
        "/tiles/<tileset_id>": lambda: list(snapshot.tilesets),
        **{f"{path}<kod>": lambda level=level: _codes(level) for path, level in _UNITS.items()},  # type: ignore[misc]
    }
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = current_app.view_functions[rule.endpoint]
        if rule.methods is None or "GET" not in rule.methods:
            continue
        if not rule.arguments and not hasattr(view, "operation") and not _HIDDEN.match(rule.rule):
            yield rule.rule
        for value in filled.get(rule.rule, list)():
            yield re.sub(r"<\w+>", quote(value, safe=""), rule.rule)


def _codes(level: str) -> list[str]:
    return [code for code, _ in current.snapshot().units.get(level, ())]


def _shown(base: str, path: str, language: str) -> str:
    own = current.site().languages[0]
    return base + path + ("" if language == own else f"?lang={language}")


def _text(address: str) -> str:
    return address.replace("&", "&amp;").replace("<", "&lt;")
