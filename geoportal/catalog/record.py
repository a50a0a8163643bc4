"""What the records of layers, indicators and tilesets have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geoportal.catalog.addresses import Addresses
from geoportal.catalog.dataset import Concept, Distribution, Service
from geoportal.catalog.terms import Terms, terms_of
from geoportal.schema import Text
from geoportal.site import LEVELS, Bounds, Site, Theme
from geoportal.snapshot.reader import Snapshot

UNKNOWN, IRREGULAR = "UNKNOWN", "IRREG"  # codes of the EU frequency table
API = Text(cs="API", en="API")
TILES = Text(cs="Vektorové dlaždice", en="Vector tiles")
_SCHEMATIC = Text(
    cs="Hranice jsou schematické, nakreslené kolem sídel obcí, a neodpovídají skutečným.",
    en="The boundaries are schematic, drawn around the seats of municipalities, and are not the real ones.",
)


@dataclass(frozen=True)
class Origin:
    """What records are made from."""

    snapshot: Snapshot
    site: Site
    addresses: Addresses

    def terms(self, licences: Iterable[Mapping[str, str]], author: str) -> Terms:
        """The terms of what was made under ``licences``."""
        return terms_of(licences, author, self.addresses.at("/o-datech"))

    def frequency(self, sources: Iterable[str]) -> str:
        """How often the sources change: what they have in common, else irregularly."""
        known = self.snapshot.manifest["sources"]
        found = {known[name].get("frequency", UNKNOWN) for name in sources if name in known}
        return found.pop() if len(found) == 1 else (IRREGULAR if found else UNKNOWN)

    def written(self, name: str) -> dict[str, Any]:
        """Bytes and checksum of a file of the snapshot."""
        file: dict[str, Any] = self.snapshot.manifest["files"][name]
        return {"bytes": file["bytes"], "sha256": file["sha256"]}

    @property
    def extent(self) -> Bounds:
        """The box of the territory: that of its coarsest layer, else the one of the site file."""
        levels = {held.level: held for held in self.snapshot.collections.values() if held.level}
        coarsest = [levels[level] for level in LEVELS if level in levels]
        return tuple(coarsest[-1].bounds) if coarsest else self.site.region.bounds

    def concepts(self, theme: Theme, own: Iterable[str] = ()) -> tuple[Concept, ...]:
        """The concepts that a record is about: its own, then those of its theme, as far as the site still has them."""
        labels = self.site.catalog.concepts
        return tuple(Concept(iri, labels[iri]) for iri in dict.fromkeys((*own, *theme.concepts)) if iri in labels)

    def keywords(
        self, theme: Theme, own: Iterable[str], title: Text, concepts: Iterable[Concept] = ()
    ) -> dict[str, tuple[str, ...]]:
        """Keywords by language: the record's own Czech ones, its concepts, title, theme and region."""
        about = (*(one.label for one in concepts), title, theme.title, self.site.region.name)
        return {
            language: tuple(dict.fromkeys((*(own if language == "cs" else ()), *_said(about, language))))
            for language in self.site.languages
            if any(_said((title,), language))
        }


def _said(texts: Iterable[Text], language: str) -> list[str]:
    return [word for text in texts if (word := getattr(text, language, None))]


def warned(description: Text, schematic: bool) -> Text:
    """``description``, with a warning where boundaries are drawn around seats."""
    if not schematic:
        return description
    english = f"{description.en} {_SCHEMATIC.en}" if description.en else None
    return Text(cs=f"{description.cs} {_SCHEMATIC.cs}", en=english)


def joined(first: Text, second: Text) -> Text:
    """Two titles as one: ``Obce – API``."""
    return Text(cs=f"{first.cs} – {second.cs}", en=f"{first.into('en')} – {second.into('en')}")


def through(service: Service, name: str, iri: str) -> Distribution:
    """A way to the data through ``service``."""
    return Distribution(iri=iri, name=name, title=service.title, access_url=service.endpoint, service=service)
