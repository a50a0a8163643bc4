"""``/``: the three jobs, the themes with their indicators, and every layer with its downloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoportal.web.screens.catalogue import layer_groups
from geoportal.web.screens.units import collation
from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class ThemeEntry:
    """A theme and its indicators as pairs of title and address."""

    title: str
    indicators: tuple[tuple[str, str], ...]


def entrance_screen(visit: Visit) -> dict[str, Any]:
    """What the entrance shows."""
    return {"themes": themes(visit), "groups": layer_groups(visit)}


def themes(visit: Visit) -> list[ThemeEntry]:
    """The themes that have indicators, in the order of the site, indicators by title."""
    entries = []
    for theme in visit.site.themes:
        found = sorted(
            (
                (visit.into(table.title), visit.link("/mapa/indikatory", ukazatel=table.id))
                for table in visit.snapshot.indicators.values()
                if table.theme == theme.id
            ),
            key=lambda entry: collation(entry[0]),
        )
        if found:
            entries.append(ThemeEntry(visit.into(theme.title), tuple(found)))
    return entries
