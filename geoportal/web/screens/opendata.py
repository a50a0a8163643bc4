"""The open-data catalogue for people: all datasets by theme, and one dataset with its files and identifiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from geoportal.catalog.dataset import Catalog, Dataset, Distribution
from geoportal.catalog.schema_org import catalog_markup, dataset_markup
from geoportal.query.collation import collation
from geoportal.snapshot.changes import read_changes
from geoportal.web.screens.about import size
from geoportal.web.screens.news import feed_address, news_entries
from geoportal.web.screens.visit import Visit

LATEST = 3  # publications that the catalogue's page tells of; the page of changes tells of more
_MACHINES = {"jsonld": "JSON-LD (DCAT-AP-CZ)", "ttl": "Turtle (DCAT-AP 3)", "rdf": "RDF/XML (DCAT-AP 3)"}


@dataclass(frozen=True)
class DatasetEntry:
    """A dataset in the list."""

    id: str
    title: str
    kind: str
    page: str
    formats: str
    high_value: bool


@dataclass(frozen=True)
class ThemeEntry:
    """A theme and its datasets."""

    id: str
    title: str
    datasets: tuple[DatasetEntry, ...]


@dataclass(frozen=True)
class PartEntry:
    """A distribution: ``media_type``, ``size`` and ``sha256`` are empty for an API."""

    title: str
    address: str
    media_type: str
    size: str
    sha256: str


def catalog_screen(visit: Visit, catalog: Catalog) -> dict[str, Any]:
    """What the page of the catalogue shows."""
    publications = read_changes(visit.snapshot.folder.parent, visit.snapshot.id)[:LATEST]
    return {
        "catalog": catalog,
        "themes": _themes(visit, catalog),
        "count": len(catalog.datasets),
        "machines": [(name, visit.address(f"/catalog.{form}")) for form, name in _MACHINES.items()],
        "news": news_entries(visit.say, publications),
        "feed": feed_address(visit),
        "markup": catalog_markup(catalog, visit.language),
    }


def dataset_screen(visit: Visit, dataset: Dataset, catalog: Catalog) -> dict[str, Any]:
    """What the page of a dataset shows."""
    period, path = dataset.period, f"/datasets/{dataset.id}"
    return {
        "dataset": dataset,
        "catalog": catalog,
        "landing": _landing(visit, dataset, catalog),
        "theme": visit.into(visit.site.theme(dataset.theme).title),
        "modified": visit.say.date(dataset.modified),
        "period": tuple(map(visit.say.date, (period.start, period.end))) if period else (),
        "parts": [_part(visit, dataset, one) for one in dataset.distributions],
        "machines": [(name, visit.address(path, {"f": form})) for form, name in _MACHINES.items()],
        "markup": dataset_markup(dataset, catalog, visit.language),
    }


def _landing(visit: Visit, dataset: Dataset, catalog: Catalog) -> str:
    """The dataset's own page, where it is shown rather than described, in the language of the visit."""
    path, _, query = dataset.page.removeprefix(catalog.home.rstrip("/")).partition("?")
    return visit.link(path, **dict(parse_qsl(query)))


def _themes(visit: Visit, catalog: Catalog) -> list[ThemeEntry]:
    entries = []
    for theme in visit.site.themes:
        found = sorted(
            (_entry(visit, dataset) for dataset in catalog.datasets if dataset.theme == theme.id),
            key=lambda entry: collation(entry.title),
        )
        if found:
            entries.append(ThemeEntry(theme.id, visit.into(theme.title), tuple(found)))
    return entries


def _entry(visit: Visit, dataset: Dataset) -> DatasetEntry:
    return DatasetEntry(
        id=dataset.id,
        title=visit.into(dataset.title),
        kind=visit.say("catalog.kind." + dataset.kind),
        page=visit.link(f"/datasets/{dataset.id}"),
        formats=", ".join(one.name for one in dataset.distributions if one.service is None),
        high_value=dataset.high_value is not None,
    )


def _part(visit: Visit, dataset: Dataset, one: Distribution) -> PartEntry:
    return PartEntry(
        title=visit.into(one.title).removeprefix(f"{visit.into(dataset.title)} – "),
        address=one.access_url,
        media_type=(one.media_type or "").partition(";")[0],
        size=size(visit, one.bytes) if one.bytes is not None else "",
        sha256=one.sha256 or "",
    )
