"""What a snapshot says of itself: sources with dates and checksums, repairs, joins, what is absent and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from geoportal.build.indicators import BuiltIndicator
from geoportal.build.inputs import Inputs
from geoportal.build.layers import BuiltLayer
from geoportal.build.run import Joined
from geoportal.build.search import search_sources
from geoportal.build.sources import SourceReader
from geoportal.cards import Inventory
from geoportal.schema import Declaration


def describe(
    joined: Joined,
    entries: Mapping[str, dict[str, Any]],
    roads: dict[str, Any] | None,
    tilesets: Mapping[str, dict[str, Any]],
) -> dict[str, Any]:
    """The manifest without what only the store knows (format, the snapshot's id and the files' checksums).

    ``entries``: what was written of each layer. ``roads``: what was written of the roads, None without any.
    ``tilesets``: what was written of each.
    """
    inputs, layers, indicators = joined.inputs, joined.layers, joined.indicators
    used = {layer.source.id for layer in layers.values()}
    used |= {source for indicator in indicators.values() for source in indicator.sources}
    used |= {source for indicator in indicators.values() for source in indicator.country.sources}
    used |= set(search_sources(joined))
    used |= set(joined.services.origins)
    used |= {joined.hub.source} if joined.hub else set()
    used |= {name for name in inputs.inventory.site.territory.crosswalk if inputs.hindrance(name) is None}
    return {
        "inputs": inputs.digest,
        "schematic": joined.territory.schematic,
        "sources": {name: _source(name, inputs, joined.sources) for name in sorted(used)},
        "layers": {name: {**entries[name], **_layer(layer)} for name, layer in sorted(layers.items())},
        "indicators": {name: _indicator(indicator, inputs) for name, indicator in sorted(indicators.items())},
        "services": joined.services.report,
        "roads": roads,
        "tilesets": tilesets,
        "absent": _absent(inputs, joined.absent_layers, joined.absent_indicators),
        "warnings": _warnings(joined),
    }


def _source(source_id: str, inputs: Inputs, sources: SourceReader) -> dict[str, Any]:
    card = inputs.source(source_id)
    files = [{"name": file.path.name, "sha256": file.sha256, "bytes": file.bytes} for file in inputs.files[source_id]]
    notes = sources.notes(source_id)
    return {**_plain(card), "files": files, "notes": [asdict(note) for note in notes]}


def _layer(layer: BuiltLayer) -> dict[str, Any]:
    source = layer.source
    return {
        "card": _plain(layer.card),
        "source": source.id,
        "schematic": layer.schematic,
        "attribution": source.attribution,
        "licence": _plain(source.licence),
        "date": source.date,
        "notes": [asdict(note) for note in layer.notes],
    }


def _indicator(indicator: BuiltIndicator, inputs: Inputs) -> dict[str, Any]:
    cards = [inputs.source(name) for name in indicator.sources]
    return {
        "card": _plain(indicator.card),
        "periods": {level: list(series.periods) for level, series in indicator.levels.items()},
        "sources": list(indicator.sources),
        "attribution": "; ".join(dict.fromkeys(card.attribution for card in cards)),
        "licences": _unique(_plain(card.licence) for card in cards),
        "notes": [asdict(note) for note in indicator.notes],
        "joins": indicator.joins,
        "borrowed": {name: dict(taken) for name, taken in indicator.borrowed.items()},
        "gaps": next(iter(indicator.levels.values())).gaps(),
        **({"country": _country(indicator, inputs)} if indicator.country.values else {}),
    }


def _country(indicator: BuiltIndicator, inputs: Inputs) -> dict[str, Any]:
    cards = [inputs.source(name) for name in indicator.country.sources]
    return {
        "values": {p: int(v) if v.is_integer() else v for p, v in indicator.country.values.items()},
        "sources": list(indicator.country.sources),
        "attribution": "; ".join(dict.fromkeys(card.attribution for card in cards)),
    }


def _absent(inputs: Inputs, layers: Mapping[str, str], indicators: Mapping[str, str]) -> list[dict[str, Any]]:
    inventory = inputs.inventory
    titles = {("layer", name): inventory.layers[name].title for name in layers}
    titles |= {("indicator", name): inventory.indicators[name].title for name in indicators}
    reasons = {**layers, **indicators}
    return [
        {"kind": kind, "id": name, "title": _plain(title), "reason": _told(reasons[name], inventory)}
        for (kind, name), title in titles.items()
    ]


def _told(reason: str, inventory: Inventory) -> str:
    """A reason as people read it: things by their titles, where an administrator needs ids."""
    titles = {
        "zdroj": {name: card.title.cs for name, card in inventory.sources.items()},
        "vrstva": {name: card.title.cs for name, card in inventory.layers.items()},
        "ukazatel": {name: card.title.cs for name, card in inventory.indicators.items()},
    }

    def titled(found: re.Match[str]) -> str:
        held = titles[found[1]]
        names = [f"„{held[name]}“" if name in held else name for name in found[2].split(", ")]
        return f"{found[1]} {', '.join(names)}"

    return re.sub(rf"\b({'|'.join(titles)}) ([a-z0-9-]+(?:, [a-z0-9-]+)*)", titled, reason)


def _warnings(joined: Joined) -> list[str]:
    return [f"{layer.card.id}: {note.count}× {note.text}" for layer in joined.layers.values() for note in layer.notes]


def _unique(values: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [dict(pairs) for pairs in dict.fromkeys(tuple(value.items()) for value in values)]


def _plain(card: Declaration) -> dict[str, Any]:
    return card.model_dump(mode="json", by_alias=True, exclude_defaults=True)
