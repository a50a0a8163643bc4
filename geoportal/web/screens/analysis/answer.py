"""What all pages of analyses share: the list of analyses, the fields of their questions, and the shape of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from geoportal.figures.subject import Legend, Subject
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.web.screens.analysis.table import Table
from geoportal.web.screens.catalogue import of_level
from geoportal.web.screens.visit import Visit

ROOT = "/analyzy"
# The analyses in the order of the entrance, with the parameters that each takes over from it, by its own name of them.
TAKEN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "zmena": {"ukazatel": "ukazatel", "uroven": "uroven", "do": "obdobi"},
        "sousede": {"ukazatel": "ukazatel", "uroven": "uroven", "obdobi": "obdobi"},
        "odlehle": {"ukazatel": "ukazatel", "uroven": "uroven", "obdobi": "obdobi"},
        "dostupnost": {"uroven": "uroven"},
        "oblast": {},
    }
)


@dataclass(frozen=True)
class Entry:
    """An analysis in words: what it answers and how. ``id`` is the last part of its page's path."""

    id: str
    title: str
    question: str
    method: str
    address: str


@dataclass(frozen=True)
class Field:
    """One control of the question: a list with ``groups`` of pairs of value and words, or without them a line of text.

    A group has a title, which is empty where options stand alone.
    """

    name: str
    label: str
    value: str
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()
    long: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Source:
    """Whose values an answer is made from, and pairs of the name and address of their licences."""

    said: str
    licences: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Figure:
    """The map of an answer. ``label`` says what it shows to those who don't see it."""

    subject: Subject
    legend: Legend
    label: str


@dataclass(frozen=True)
class Files:
    """Where programs get the same answer: ``path`` with ``query``, to which the format is added as ``f``.

    ``name`` is that of a saved file, without its ending; ``pictures``: whether the answer's map is among the formats.
    """

    path: str
    query: Mapping[str, str]
    name: str
    pictures: bool = True


@dataclass(frozen=True, kw_only=True)
class Result:
    """An answer. ``findings`` are sentences, the first of which says the most; ``cautions`` stand before the figures.

    ``cited``: ids of the sources (of the snapshot's manifest) that a citation names.
    ``about``: pairs of words and their meaning for the sheet that explains a workbook. ``asked``: the page's parameters
    that lead to the same answer whatever its defaults become. ``told``: what the JSON has beside the rows.
    """

    title: str
    findings: tuple[str, ...]
    table: Table
    sources: tuple[Source, ...]
    files: Files
    cited: tuple[str, ...]
    asked: Mapping[str, str]
    cautions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    figure: Figure | None = None
    about: tuple[tuple[str, str], ...] = ()
    told: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Screen:
    """A page of an analysis: its question, and the answer or the sentence that says why there is none."""

    fields: tuple[Field, ...]
    result: Result | None = None
    prompt: str = ""
    notices: tuple[str, ...] = ()


def entry(visit: Visit, name: str, carried: Mapping[str, str | None] = MappingProxyType({})) -> Entry:
    """The analysis called ``name`` in the words of ``visit``; of ``carried`` its address keeps what it takes over."""
    say, taken = visit.say, {own: carried.get(other) for own, other in TAKEN[name].items()}
    return Entry(
        id=name,
        title=say("analysis.title." + name),
        question=say("analysis.question." + name),
        method=say("analysis.method." + name),
        address=visit.link(f"{ROOT}/{name}", **taken),
    )


def entries(visit: Visit, carried: Mapping[str, str | None]) -> list[Entry]:
    """All analyses, in their order."""
    return [entry(visit, name, carried) for name in TAKEN]


def guessed_borders(visit: Visit) -> tuple[str, ...]:
    """A caution where boundaries are drawn around seats, so that who borders on whom is a guess."""
    return (visit.say("analysis.guessed"),) if visit.snapshot.schematic else ()


def sources_of(visit: Visit, table: IndicatorTable, level: str) -> tuple[Source, ...]:
    """The sources of an indicator's values and of the boundaries that they are drawn in."""
    licences = tuple((licence["name"], licence.get("url")) for licence in table.licences)
    found = [Source(f"{visit.into(table.title)}: {table.attribution}", licences)]
    units = of_level(visit, level)
    if units is not None:
        said = visit.say("analysis.boundaries", source=units.attribution, date=visit.say.date(units.date))
        found.append(Source(said, ((units.licence["name"], units.licence.get("url")),)))
    return tuple(found)


def cited_sources(visit: Visit, names: Iterable[str]) -> tuple[Source, ...]:
    """The sources called so, each with the date of what it shows; equal ones once."""
    held = visit.snapshot.manifest["sources"]
    cards = [held[name] for name in names]
    said = (
        Source(
            f"{card['attribution']}, {visit.say.date(card['date'])}",
            ((card["licence"]["name"], card["licence"].get("url")),),
        )
        for card in cards
    )
    return tuple(dict.fromkeys(said))
