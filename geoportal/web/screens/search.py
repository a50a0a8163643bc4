"""``/hledani``: what was found, by kind; it also gives the words and addresses of a result to ``/search``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geoportal.search.entry import INDICATOR, LAYER, PART, POSTCODE, Entry
from geoportal.search.index import Query, Results, search_index
from geoportal.site import LEVELS
from geoportal.snapshot.reader import Snapshot
from geoportal.web.screens.visit import Visit
from geoportal.web.texts import Phrases

PARAMETERS = ("q", "kind")
PAGE_LIMIT = 50
# Every result is of one of these, or of a layer whose features can be found.
KINDS = (*LEVELS, PART, POSTCODE, LAYER, INDICATOR)


@dataclass(frozen=True)
class Group:
    """Results of one kind: title, context and address of each."""

    title: str
    results: tuple[tuple[str, str, str], ...]


def search_screen(visit: Visit, text: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    """What the page of results shows; without ``text`` only the box to type into."""
    results = find(visit.snapshot, Query(text, PAGE_LIMIT, kinds)) if text else Results((), 0)
    index = search_index(visit.snapshot)
    return {
        "text": text,
        "count": results.matched,
        "shown": len(results.found),
        "groups": _groups(visit, [result.entry for result in results.found]),
        "hint": results.hint.title(visit.language) if results.hint else None,
        "kinds": kinds,
        "attribution": index.about["attribution"] if index else "",
    }


def find(snapshot: Snapshot, query: Query) -> Results:
    """What ``snapshot`` has for ``query``."""
    index = search_index(snapshot)
    return index.find(query) if index else Results((), 0)


def search_kinds(snapshot: Snapshot) -> list[str]:
    """The kinds of things that ``snapshot`` knows by name."""
    index = search_index(snapshot)
    return index.kinds if index else []


def kind_word(entry: Entry, snapshot: Snapshot, say: Phrases) -> str:
    """The word for what the entry is."""
    if entry.kind in KINDS:
        return say("search.kind." + entry.kind)
    card = snapshot.collections[entry.kind].card
    return (card.search.kind if card.search else card.title).into(say.language)


def context(entry: Entry, say: Phrases) -> str:
    """What tells the entry from others of its name: whom it serves, its obec, its okres."""
    named = [entry.detail, entry.obec]
    if entry.okres and entry.okres != entry.obec:
        named.append(say("finder.district", name=entry.okres))
    return ", ".join(filter(None, named))


def label(entry: Entry, say: Phrases) -> str:
    """The name; where another has it too, with its context."""
    told = context(entry, say) if entry.repeated or entry.kind == POSTCODE else ""
    return entry.title(say.language) + (f" ({told})" if told else "")


def _groups(visit: Visit, entries: Iterable[Entry]) -> list[Group]:
    """The results by kind, the kind of the best one first."""
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault(kind_word(entry, visit.snapshot, visit.say), []).append(entry)
    return [
        Group(title, tuple(
            (one.title(visit.language), context(one, visit.say), visit.link(one.path, **one.query)) for one in found
        ))
        for title, found in by_kind.items()
    ]  # fmt: skip
