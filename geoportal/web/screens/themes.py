"""``/temata`` and ``/temata/{slug}``: what there is on each of the portal's themes, ours and the hub's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoportal.errors import NotFound, alternatives
from geoportal.query.collation import collation
from geoportal.site import LEVELS, Theme
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.hub import HubDataset
from geoportal.snapshot.indicator import IndicatorTable, UnitValue
from geoportal.web.screens.catalogue import LayerEntry, layer_entry
from geoportal.web.screens.visit import Visit

LONGEST_DESCRIPTION = 240  # letters of a data set's description; the whole of it is on its page
FORMATS_NAMED = 4
OTHER = "ostatni"  # the address of the hub's data sets that are in no theme


@dataclass(frozen=True)
class ThemeEntry:
    """A theme in a list; ``counts`` says in words what it holds and is empty where it holds nothing."""

    title: str
    address: str
    counts: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorEntry:
    """An indicator and its latest value for the whole territory, which is empty where there is none."""

    id: str
    title: str
    address: str
    value: str
    period: str
    csv: str


@dataclass(frozen=True)
class DatasetEntry:
    """A data set of the hub; ``layer`` is the address of our own layer that shows it, where there is one.

    ``files``: format and address of the first few; ``formats`` the others in words, or all where no address is known.
    """

    title: str
    description: str
    page: str
    files: tuple[tuple[str, str], ...]
    formats: str
    updated: str
    layer: str | None


def themes_screen(visit: Visit) -> dict[str, Any]:
    """What the list of themes shows."""
    return {"themes": theme_entries(visit), "other": other_entry(visit)}


def theme_screen(visit: Visit, theme_id: str) -> dict[str, Any]:
    """What the page of a theme shows. Raises ``NotFound``."""
    if theme_id == OTHER and other_entry(visit):
        return _other_screen(visit)
    themes = {theme.id: theme for theme in visit.site.themes}
    if theme_id not in themes:
        raise NotFound(f"there is no theme '{theme_id[:60]}'; {alternatives(theme_id[:60], themes)}")
    theme = themes[theme_id]
    layers = [layer_entry(visit, layer) for layer in _layers(visit, theme)]
    indicators = [indicator_entry(visit, table) for table in _indicators(visit, theme)]
    return {
        "title": visit.into(theme.title),
        "counts": _counts(visit, theme),
        "maps": _maps(visit, layers, indicators, any(layer.service for layer in _layers(visit, theme))),
        "indicators": indicators,
        "layers": layers,
        "datasets": [dataset_entry(visit, dataset) for dataset in _datasets(visit, theme)],
        "catalogue": _catalogue(visit),
        "neighbours": _neighbours(visit, theme),
    }


def _other_screen(visit: Visit) -> dict[str, Any]:
    datasets = [dataset_entry(visit, one) for one in visit.snapshot.hub.unsorted] if visit.snapshot.hub else []
    counts = (visit.say("themes.datasets_count", count=len(datasets)),)
    empty: dict[str, Any] = {"maps": [], "indicators": [], "layers": [], "neighbours": []}
    title = visit.say("themes.other")
    return {"title": title, "counts": counts, "datasets": datasets, "catalogue": _catalogue(visit), **empty}


def theme_entries(visit: Visit) -> list[ThemeEntry]:
    """Every theme in the order of the site."""
    return [_entry(visit, theme) for theme in visit.site.themes]


def other_entry(visit: Visit) -> ThemeEntry | None:
    """The hub's data sets that are in no theme, as if they were one; None where there are none."""
    hub = visit.snapshot.hub
    if hub is None or not hub.unsorted:
        return None
    counts = (visit.say("themes.datasets_count", count=len(hub.unsorted)),)
    return ThemeEntry(visit.say("themes.other"), visit.link(f"/temata/{OTHER}"), counts)


def _entry(visit: Visit, theme: Theme) -> ThemeEntry:
    return ThemeEntry(visit.into(theme.title), visit.link(f"/temata/{theme.id}"), _counts(visit, theme))


def _counts(visit: Visit, theme: Theme) -> tuple[str, ...]:
    held = {
        "themes.indicators_count": len(_indicators(visit, theme)),
        "themes.layers_count": len(_layers(visit, theme)),
        "themes.datasets_count": len(_datasets(visit, theme)),
    }
    return tuple(visit.say(key, count=count) for key, count in held.items() if count)


def _layers(visit: Visit, theme: Theme) -> list[Collection]:
    found = [layer for layer in visit.snapshot.collections.values() if layer.theme == theme.id]
    return sorted(found, key=lambda layer: -layer.style.order)


def _indicators(visit: Visit, theme: Theme) -> list[IndicatorTable]:
    found = [table for table in visit.snapshot.indicators.values() if table.theme == theme.id]
    return sorted(found, key=lambda table: collation(visit.into(table.title)))


def _datasets(visit: Visit, theme: Theme) -> list[HubDataset]:
    return visit.snapshot.hub.of_theme(theme.id) if visit.snapshot.hub else []


def _maps(
    visit: Visit, layers: list[LayerEntry], indicators: list[IndicatorEntry], services: bool
) -> list[tuple[str, str, str]]:
    """Title, description and address of each map on the theme."""
    say, found = visit.say, []
    if services:
        found.append((say("entrance.help"), say("entrance.help_what"), visit.link("/mapa/pohotovosti")))
    if indicators:
        what = say("themes.atlas_what", count=len(indicators))
        found.append((say("themes.atlas"), what, visit.link("/mapa/indikatory", ukazatel=indicators[0].id)))
    if layers:
        names = ",".join(layer.id for layer in layers)
        what = ", ".join(layer.title for layer in layers)
        found.append((say("themes.overlays"), what, visit.link("/mapa/vrstvy", vrstvy=names)))
    return found


def indicator_entry(visit: Visit, table: IndicatorTable) -> IndicatorEntry:
    """The indicator with its latest value for the whole territory."""
    value, period = whole(visit, table)
    return IndicatorEntry(
        id=table.id,
        title=visit.into(table.title),
        address=visit.link("/mapa/indikatory", ukazatel=table.id),
        value=value,
        period=period,
        csv=visit.address(f"/indicators/{table.id}/values", {"f": "csv"}),
    )


def whole(visit: Visit, table: IndicatorTable) -> tuple[str, str]:
    """The value of the whole territory in words and its period; no words where there is no value."""
    level = LEVELS[-1] if LEVELS[-1] in table.levels else table.levels[0]
    period = table.periods(level)[-1]
    if level != LEVELS[-1]:
        return "", period
    unit = next((unit for unit in table.values(level, period) if unit.value is not None), None)
    return (amount(visit, table, unit) if unit else ""), period


def amount(visit: Visit, table: IndicatorTable, unit: UnitValue) -> str:
    """A known value with its unit, and what is wrong with it."""
    text = f"{visit.say.number(unit.value or 0.0, table.decimals)}\u00a0{visit.into(table.unit)}"
    return text if unit.status == "ok" else f"{text} ({visit.say('status.' + unit.status)})"


def dataset_entry(visit: Visit, dataset: HubDataset) -> DatasetEntry:
    """A data set of the hub as lists show it."""
    layer = next((one for one in visit.snapshot.collections.values() if one.hub == dataset.page), None)
    files = dataset.files[:FORMATS_NAMED]
    more = len(dataset.formats) - FORMATS_NAMED
    named = "" if files else ", ".join(dataset.formats[:FORMATS_NAMED])
    return DatasetEntry(
        title=dataset.title,
        description=_shortened(dataset.description),
        page=dataset.page,
        files=files,
        formats=named + (visit.say("themes.more_formats", count=more) if more > 0 else ""),
        updated=visit.say.date(dataset.updated) if dataset.updated else "",
        layer=visit.link(f"/collections/{layer.id}") if layer else None,
    )


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return text[:LONGEST_DESCRIPTION].rpartition(" ")[0].rstrip(" ,;:.–-") + " …"


def _catalogue(visit: Visit) -> dict[str, str] | None:
    """Whom the list of the hub's data sets is from, and of when."""
    if visit.snapshot.hub is None:
        return None
    source = visit.snapshot.manifest["sources"][visit.snapshot.hub.source]
    return {"attribution": source["attribution"], "date": visit.say.date(source["date"])}


def _neighbours(visit: Visit, theme: Theme) -> list[ThemeEntry]:
    """Themes that share a data theme of the EU with this one and hold something; else those that stand beside it."""
    related = [one for one in visit.site.themes if one.id != theme.id and set(one.eu) & set(theme.eu)]
    at = visit.site.themes.index(theme)
    beside = [*visit.site.themes[max(at - 1, 0) : at], *visit.site.themes[at + 1 : at + 2]]
    filled = [entry for entry in (_entry(visit, one) for one in related) if entry.counts]
    return filled or [_entry(visit, one) for one in beside]
