"""The feed of changes (RFC 4287): one entry a publication, which lists its datasets."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from geoportal.site import Site
from geoportal.snapshot.changes import Change, Publication
from geoportal.web.screens.news import change_entry
from geoportal.web.texts import Phrases

_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00Z"  # a feed must say when it was updated, also before anything was published


def atom_feed(site: Site, say: Phrases, base: str, publications: Sequence[Publication]) -> bytes:
    """The feed in the language of ``say``. Entries are identified by snapshot and moment, so they never change."""
    ET.register_namespace("", _ATOM)
    names = site.catalog.names or base
    feed = ET.Element(_tag("feed"), {"xml:lang": say.language})
    _add(feed, "id", f"{names}/zmeny.atom")
    _add(feed, "title", f"{say('news.title')} – {site.title.into(say.language)}")
    _add(feed, "updated", publications[0].moment if publications else _NEVER)
    _link(feed, "self", f"{base}/zmeny.atom?lang={say.language}", "application/atom+xml")
    _link(feed, "alternate", f"{base}/zmeny?lang={say.language}", "text/html")
    _add(ET.SubElement(feed, _tag("author")), "name", site.publisher.name)
    for publication in publications:
        _entry(feed, say, base, names, publication)
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _entry(feed: ET.Element, say: Phrases, base: str, names: str, publication: Publication) -> None:
    entry = ET.SubElement(feed, _tag("entry"))
    _add(entry, "id", f"{names}/zmeny#{publication.snapshot}-{publication.moment}")
    _add(entry, "title", say("news.changed", count=len(publication.changes)))
    _add(entry, "updated", publication.moment)
    _link(entry, "alternate", f"{base}/zmeny?lang={say.language}#{publication.snapshot}", "text/html")
    for kind in sorted({change.kind for change in publication.changes}):
        ET.SubElement(entry, _tag("category"), {"term": kind, "label": say("news.kind." + kind)})
    content = _add(entry, "content", "\n".join(_line(say, change) for change in publication.changes))
    content.set("type", "text")


def _line(say: Phrases, change: Change) -> str:
    told = change_entry(say, change)
    return f"{told.title} ({told.kind}): {told.what}. SHA-256 {told.sha256}"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, _tag(name))
    child.text = text
    return child


def _link(parent: ET.Element, rel: str, href: str, media_type: str) -> None:
    ET.SubElement(parent, _tag("link"), {"rel": rel, "href": href, "type": media_type})


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"
