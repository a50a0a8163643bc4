"""``/o-datech``: sources with date, licence and checksums, what was repaired, what could not be joined or is absent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoportal.query.collation import collation
from geoportal.schema import Text
from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class SourceEntry:
    """One source as the snapshot used it. ``files``: triples of name, size in words and SHA-256."""

    id: str
    title: str
    publisher: str
    licence: tuple[str, str | None]
    attribution: str
    date: str
    address: str | None
    note: str
    files: tuple[tuple[str, str, str], ...]
    repairs: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class JoinEntry:
    """How an indicator's source met the units: codes that have no unit, units that have no value."""

    indicator: str
    source: str
    periods: str
    matched: int
    strangers: int
    lonely: int
    examples: tuple[str, ...]


def about_screen(visit: Visit) -> dict[str, Any]:
    """What the page shows."""
    manifest = visit.snapshot.manifest
    absent = [
        {"kind": visit.say("about." + one["kind"]), "title": _words(visit, one["title"]), "reason": one["reason"]}
        for one in manifest["absent"]
    ]
    return {
        "sources": sorted(
            (_source(visit, source_id, entry) for source_id, entry in manifest["sources"].items()),
            key=lambda source: collation(source.title),
        ),
        "layers": _layer_notes(visit),
        "joins": joins(visit),
        "titles": {source_id: _words(visit, entry["title"]) for source_id, entry in manifest["sources"].items()},
        "absent": absent,
    }


def _source(visit: Visit, source_id: str, entry: dict[str, Any]) -> SourceEntry:
    licence = entry["licence"]
    return SourceEntry(
        id=source_id,
        title=_words(visit, entry["title"]),
        publisher=entry["publisher"],
        licence=(licence["name"], licence.get("url")),
        attribution=entry["attribution"],
        date=visit.say.date(entry["date"]),
        address=entry.get("landing") or entry.get("url"),
        note=_words(visit, entry["note"]) if entry.get("note") else "",
        files=tuple((file["name"], size(visit, file["bytes"]), file["sha256"]) for file in entry["files"]),
        repairs=tuple(entry["notes"]),
    )


def _words(visit: Visit, words: dict[str, str]) -> str:
    return visit.into(Text.model_validate(words))


def _layer_notes(visit: Visit) -> list[dict[str, Any]]:
    layers = visit.snapshot.manifest["layers"]
    told = [
        {"title": visit.into(visit.snapshot.collections[name].title), "notes": entry["notes"]}
        for name, entry in layers.items()
        if entry.get("notes")
    ]
    return sorted(told, key=lambda layer: collation(layer["title"]))


def joins(visit: Visit) -> list[JoinEntry]:
    """How the indicators' sources met the units, one entry per indicator and source."""
    found = []
    for table in visit.snapshot.indicators.values():
        for join in table.entry.get("joins", ()):
            named = [f"{one['name'] or one['code']}" for one in (*join["unmatched_source"], *join["unmatched_units"])]
            entry = JoinEntry(
                indicator=visit.into(table.title),
                source=join["source"],
                periods=", ".join(join["periods"]),
                matched=join["matched"],
                strangers=join["unmatched_source_count"],
                lonely=join["unmatched_units_count"],
                examples=tuple(named),
            )
            found.append(entry)
    return sorted(found, key=lambda entry: (collation(entry.indicator), entry.periods))


def size(visit: Visit, count: int) -> str:
    """A number of bytes in words people use: kB or MB."""
    if count < 1_000_000:
        return f"{visit.say.number(max(count / 1000, 0.1), 1 if count < 10_000 else 0)}\u00a0kB"
    return f"{visit.say.number(count / 1_000_000, 1)}\u00a0MB"
