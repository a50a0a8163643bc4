"""The join report that a build prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def summarise(manifest: dict[str, Any]) -> Iterator[str]:
    """Lines about layers, indicators, joins, repairs, and what is absent."""
    yield f"snapshot {manifest['snapshot']}" + (" (schematické hranice)" if manifest["schematic"] else "")
    for name, layer in manifest["layers"].items():
        yield f"  vrstva   {name:28} {layer['count']:5} prvků  zdroj {layer['source']} ({layer['date']})"
        yield from (f"           {_note(note)}" for note in layer["notes"])
    for name, indicator in manifest["indicators"].items():
        periods = sorted({period for level in indicator["periods"].values() for period in level})
        yield f"  ukazatel {name:28} {', '.join(periods)}"
        yield from (f"           {line}" for join in indicator["joins"] for line in _join(join))
        yield from (f"           {_note(note)}" for note in indicator["notes"])
    for name, source in manifest["sources"].items():
        yield from (f"  zdroj    {name}: {_note(note)}" for note in source["notes"])
    for absent in manifest["absent"]:
        yield f"  chybí    {absent['id']:28} {absent['reason']}"


def _note(note: dict[str, Any]) -> str:
    shown = f": {', '.join(note['examples'])}" if note["examples"] else ""
    return f"{note['count']}× {note['text']}{shown}"


def _join(join: dict[str, Any]) -> Iterator[str]:
    source, units = join["unmatched_source_count"], join["unmatched_units_count"]
    yield f"{join['source']}: připojeno {join['matched']}, bez protějšku ve zdroji {source}, bez údaje {units} obcí"
    for one in join["unmatched_source"][:5]:
        guess = f"; možná {', '.join(one['candidates'])}" if one["candidates"] else ""
        yield f"  zdroj: {one['code']} {one['name'] or ''}{guess}"
    if units:
        yield "  obce: " + ", ".join(f"{one['name']} ({one['code']})" for one in join["unmatched_units"][:5])
