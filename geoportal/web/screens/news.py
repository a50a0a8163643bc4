"""What is new in the data, in words: which layer or indicator was added, changed or dropped, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geoportal.snapshot.changes import Change, Publication, State
from geoportal.web.screens.visit import Visit
from geoportal.web.texts import Phrases

Publications = Sequence[Publication]


@dataclass(frozen=True)
class ChangeEntry:
    """One changed dataset. ``sha256`` is the checksum of what there is now, or was last."""

    id: str
    title: str
    kind: str
    what: str
    sha256: str
    gone: bool


@dataclass(frozen=True)
class NewsEntry:
    """One publication: ``date`` in words, ``moment`` as machines write it."""

    id: str
    date: str
    moment: str
    changes: tuple[ChangeEntry, ...]


def news_screen(visit: Visit, publications: Publications) -> dict[str, Any]:
    """What the page shows."""
    return {"news": news_entries(visit.say, publications), "feed": feed_address(visit)}


def feed_address(visit: Visit) -> str:
    """Where the feed in the language of the page is."""
    return visit.address("/zmeny.atom", {"lang": visit.args.get("lang")})


def news_entries(say: Phrases, publications: Publications) -> list[NewsEntry]:
    """The publications in words, the latest first."""
    return [
        NewsEntry(
            id=publication.snapshot,
            date=say.date(publication.moment[:10]),
            moment=publication.moment,
            changes=tuple(change_entry(say, change) for change in publication.changes),
        )
        for publication in publications
    ]


def change_entry(say: Phrases, change: Change) -> ChangeEntry:
    """One change in words."""
    held = change.after or change.before
    assert held is not None  # a change has at least one side
    return ChangeEntry(
        id=change.id,
        title=change.title.get(say.language) or change.title["cs"],
        kind=say("news.kind." + change.kind),
        what=_what(say, change),
        sha256=held.sha256,
        gone=change.after is None,
    )


def _what(say: Phrases, change: Change) -> str:
    before, after = change.before, change.after
    if before is None and after is not None:
        return f"{say('news.added')}, {_count(say, change.kind, after)}, {_date(say, after)}"
    if after is None or before is None:
        return say("news.dropped")
    told = []
    if before.count != after.count:
        told.append(f"{_count(say, change.kind, before)} → {_count(say, change.kind, after)}")
    if before.date != after.date:
        told.append(f"{_date(say, before)} → {say.date(after.date)}")
    if before.schematic != after.schematic:
        told.append(say("news.schematic" if after.schematic else "news.real"))
    return ", ".join(told) or say("news.revised")


def _count(say: Phrases, kind: str, state: State) -> str:
    return say("layers.count" if kind == "layer" else "news.periods", count=state.count)


def _date(say: Phrases, state: State) -> str:
    return say("news.date", date=say.date(state.date))
