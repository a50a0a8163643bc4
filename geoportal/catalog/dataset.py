"""What a catalogue holds, in the words of DCAT and free of any notation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geoportal.catalog.terms import Terms
from geoportal.schema import Text
from geoportal.site import Bounds

LANGUAGES = ("cs", "en")  # of records; a title may be in more, of which the rest of its record is not


def said(text: Text) -> dict[str, str]:
    """A text by language, in those that records are in."""
    return {language: words for language in LANGUAGES if (words := getattr(text, language))}


@dataclass(frozen=True)
class Contact:
    """Whom to ask; ``page`` where the public may write."""

    iri: str
    name: str
    email: str | None
    page: str


@dataclass(frozen=True)
class Service:
    """An API. ``standard`` is the standard that it follows, ``description`` a document for programs."""

    iri: str
    title: Text
    endpoint: str
    description: str
    documentation: str
    standard: str


@dataclass(frozen=True)
class Distribution:
    """One file, or one way through ``service``, which then has no file's properties.

    ``bytes`` and ``sha256`` are those of the file as it lies, before any compression on the way; None where it is made
    when asked for. ``standard`` is a norm that the content follows.
    """

    iri: str
    name: str
    title: Text
    access_url: str
    media_type: str | None = None
    form: str | None = None
    bytes: int | None = None
    sha256: str | None = None
    crs: str | None = None
    packed: bool = False
    standard: str | None = None
    service: Service | None = None


@dataclass(frozen=True)
class Period:
    """The first and the last day described, as ISO dates."""

    start: str
    end: str


@dataclass(frozen=True)
class Concept:
    """Something of a thesaurus; the English label is the thesaurus's own, the Czech words are for readers."""

    iri: str
    label: Text


@dataclass(frozen=True)
class Field:
    """What a column means."""

    name: str
    title: Text
    unit: str | None


@dataclass(frozen=True)
class Dataset:
    """A layer, an indicator, or a tileset of several layers. ``kind`` says which.

    ``themes`` are codes of the EU data themes, ``theme`` the id of the portal's own. ``modified`` is the state of the
    world that is shown, as exactly as it is known. ``high_value`` and ``inspire`` are codes, None where neither fits.
    """

    iri: str
    id: str
    kind: str
    title: Text
    description: Text
    page: str
    theme: str
    themes: tuple[str, ...]
    keywords: Mapping[str, tuple[str, ...]]
    frequency: str
    modified: str
    bounds: Bounds
    period: Period | None
    terms: Terms
    attribution: str
    distributions: tuple[Distribution, ...]
    fields: tuple[Field, ...] = ()
    crs: tuple[str, ...] = ()
    high_value: str | None = None
    inspire: str | None = None
    concepts: tuple[Concept, ...] = ()
    hub: str | None = None


@dataclass(frozen=True)
class Catalog:
    """All datasets of one publisher. ``territory`` is the IRI of the region in RÚIAN."""

    iri: str
    title: Text
    description: Text
    home: str
    publisher: str
    publisher_name: str
    territory: str
    contact: Contact
    datasets: tuple[Dataset, ...]

    def record(self, dataset_id: str) -> Dataset:
        """The dataset called so. Raises ``KeyError`` where there is none."""
        for dataset in self.datasets:
            if dataset.id == dataset_id:
                return dataset
        raise KeyError(dataset_id)
