"""``/``: search, the three jobs with a fact each, the themes, and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoportal.schema import Text
from geoportal.web.screens.atlas.choice import opening
from geoportal.web.screens.portrait import portrait
from geoportal.web.screens.themes import amount, other_entry, theme_entries, whole
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

NEWS = 6


@dataclass(frozen=True)
class News:
    """Something that came lately: its date in words, its title and where it is. ``czech``: the title is in Czech."""

    date: str
    title: str
    address: str
    czech: bool = False


@dataclass(frozen=True)
class Finding:
    """What one indicator says: the value of the whole territory, and where it is highest, both in words.

    ``picture``: the address of its map, of the size that social networks want.
    """

    title: str
    period: str
    address: str
    picture: str
    whole: str
    highest: str


def entrance_screen(visit: Visit) -> dict[str, Any]:
    """What the entrance shows."""
    snapshot = visit.snapshot
    services = sorted((c for c in snapshot.collections.values() if c.service), key=lambda c: -c.style.order)
    return {
        "services": [(visit.into(layer.title), visit.say.number(layer.count)) for layer in services],
        "finding": finding(visit),
        "portrait": portrait(snapshot, opening(visit)) if snapshot.indicators else None,
        "holdings": _holdings(visit),
        "themes": theme_entries(visit),
        "other": other_entry(visit),
        "map_news": _news(visit),
        "hub_news": _hub_news(visit),
    }


def finding(visit: Visit) -> Finding | None:
    """What the indicator says that the atlas opens with; None without any."""
    if not visit.snapshot.indicators:
        return None
    table = visit.snapshot.indicators[opening(visit)]
    level = table.levels[0]
    period = table.periods(level)[-1]
    known = [unit for unit in table.values(level, period) if unit.value is not None]
    top = max(known, key=lambda unit: (unit.value, unit.code), default=None)
    alone = top is not None and sum(unit.value == top.value for unit in known) == 1
    highest = f"{unit_names(visit.snapshot, level)[top.code]} ({amount(visit, table, top)})" if top and alone else ""
    total, total_period = whole(visit, table)
    return Finding(
        title=visit.into(table.title),
        period=period,
        address=visit.link("/mapa/indikatory", ukazatel=table.id),
        picture=visit.address(f"/indicators/{table.id}/map.png", {"size": "share"}),
        whole=total if total_period == period else "",
        highest=highest,
    )


def _holdings(visit: Visit) -> list[str]:
    """How much there is to download, in words."""
    layers, say = visit.snapshot.collections, visit.say
    counts = {
        "themes.layers_count": len(layers),
        "themes.indicators_count": len(visit.snapshot.indicators),
        "entrance.formats_count": len({name for layer in layers.values() for name in layer.files}),
    }
    return [say(key, count=count) for key, count in counts.items() if count]


def _news(visit: Visit) -> list[News]:
    """What the latest sources brought, the newest first."""
    sources = visit.snapshot.manifest["sources"]
    told = ((sources[source]["date"], _brought(visit, source)) for source in sources)
    dated = sorted(((date, brought) for date, brought in told if brought), key=lambda one: one[0], reverse=True)
    return [News(visit.say.date(date), title, address) for date, (title, address) in dated[:NEWS]]


def _brought(visit: Visit, source: str) -> tuple[str, str] | None:
    """Title and address of what was made of a source: its layer, or the source by name where it is several things."""
    snapshot = visit.snapshot
    layers = [layer for layer in snapshot.collections.values() if layer.entry["source"] == source]
    tables = [table for table in snapshot.indicators.values() if table.entry["sources"][-1:] == [source]]
    named = visit.into(Text.model_validate(snapshot.manifest["sources"][source]["title"]))
    if layers:
        title = visit.into(layers[0].title) if len(layers) == 1 else named
        return title, visit.link(f"/collections/{layers[0].id}")
    return (named, visit.link("/mapa/indikatory", ukazatel=tables[0].id)) if tables else None


def _hub_news(visit: Visit) -> list[News]:
    hub = visit.snapshot.hub
    newest = hub.newest(NEWS) if hub else ()
    return [News(visit.say.date(one.updated), one.title, one.page, czech=True) for one in newest if one.updated]
