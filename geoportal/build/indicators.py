"""Indicators: values by obec from sources, formulas or layers, then by level as each card says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from geoportal.build.country import Country, country_by_formula, country_from_source
from geoportal.build.ingredients import Ingredients, borrowed, borrowing_notes, ingredients, nearest
from geoportal.build.layers import BuiltLayer
from geoportal.build.roads import BuiltRoads
from geoportal.build.sources import SourceReader
from geoportal.build.tables import read_table
from geoportal.cards import IndicatorCard
from geoportal.errors import GeoportalError
from geoportal.intake.reading import Note
from geoportal.site import LEVELS, Level
from geoportal.territory.series import (
    MISSING,
    OK,
    Series,
    aggregate_formula,
    aggregate_mean,
    aggregate_sum,
)  # fmt: skip
from geoportal.territory.spatial import measure
from geoportal.territory.units import Territory


@dataclass(frozen=True)
class BuiltIndicator:
    """An indicator ready to be written. ``base`` is by obec; ``sources`` are all that went into it.

    ``country``: what the whole country has. ``borrowed``: for a part or weight that is of another period, which one is
    taken for which.
    """

    card: IndicatorCard
    base: Series
    levels: Mapping[Level, Series]
    sources: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    joins: list[dict[str, Any]] = field(default_factory=list)
    country: Country = field(default_factory=Country)
    borrowed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class Absent(GeoportalError):
    """An indicator can't be computed from what is at hand, which is no mistake."""


def build_indicators(
    sources: SourceReader,
    territory: Territory,
    layers: Mapping[str, BuiltLayer],
    roads: BuiltRoads | str,
    problems: list[str],
) -> tuple[dict[str, BuiltIndicator], dict[str, str]]:
    """Every indicator that can be computed, and for the others the reason; mistakes are added to ``problems``."""
    built: dict[str, BuiltIndicator] = {}
    absent: dict[str, str] = {}
    for card in sources.inputs.inventory.indicators.values():
        try:
            indicator = _with_levels(_base(card, sources, territory, layers, roads, built), built, territory)
            built[card.id] = _with_country(indicator, built, sources)
        except Absent as error:
            absent[card.id] = str(error)
        except GeoportalError as error:
            problems += getattr(error, "problems", None) or [f"layers/indicators/{card.id}.toml: {error}"]
            absent[card.id] = "zdroj má chyby"
    return built, absent


def _base(card: IndicatorCard, sources: SourceReader, territory: Territory, layers: Mapping[str, BuiltLayer],
          roads: BuiltRoads | str, built: Mapping[str, BuiltIndicator]) -> BuiltIndicator:  # fmt: skip
    missing = [name for name in card.depends_on if name not in built]
    if missing:
        raise Absent(f"chybí ukazatel {', '.join(missing)}")
    if card.sources:
        return _from_sources(card, sources, territory)
    if card.spatial:
        return _from_layer(card, territory, layers)
    if card.travel:
        return _by_road(card, layers, roads)
    return _from_formula(card, built, territory)


def _from_sources(card: IndicatorCard, sources: SourceReader, territory: Territory) -> BuiltIndicator:
    usable, reason = sources.usable(card.sources)
    if not usable:
        raise Absent(reason)
    rows: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    used: list[str] = []
    notes: list[Note] = []
    joins: list[dict[str, Any]] = []
    for entry in usable:
        table = read_table(entry, sources, territory)
        fresh = [period for period in table.periods if period not in rows]
        for period in fresh:
            rows[period] = table.at(period)
        if fresh:
            used.append(entry.source)
            notes += table.notes
            joins.append({"source": entry.source, "periods": fresh, **table.join.as_dict()})
    periods = tuple(sorted(rows))
    base = Series(periods, np.vstack([rows[p][0] for p in periods]), np.vstack([rows[p][1] for p in periods]))
    return BuiltIndicator(card, base, {}, tuple(dict.fromkeys(used)), tuple(notes), joins)


def _from_layer(card: IndicatorCard, territory: Territory, layers: Mapping[str, BuiltLayer]) -> BuiltIndicator:
    assert card.spatial
    operation, obce = card.spatial.operation, next(layer for layer in layers.values() if layer.card.territory)
    layer = layers.get(card.spatial.layer) if card.spatial.layer else obce
    if layer is None:
        raise Absent(f"chybí vrstva {card.spatial.layer}")
    if territory.schematic and operation not in ("count", "nearest"):
        raise Absent("schematické hranice nemají plochu, z níž by se dalo počítat")
    values = measure(card.spatial, layer.frame, territory)
    status = np.where(np.isfinite(values), OK, MISSING).astype(np.uint8)
    base = Series((card.spatial.period,), values[None, :], status[None, :])
    return BuiltIndicator(card, base, {}, tuple(dict.fromkeys((layer.source.id, obce.source.id))))


def _by_road(card: IndicatorCard, layers: Mapping[str, BuiltLayer], roads: BuiltRoads | str) -> BuiltIndicator:
    assert card.travel
    if isinstance(roads, str):
        raise Absent(roads)
    if card.travel.layer not in layers:
        raise Absent(f"chybí vrstva {card.travel.layer}")
    values = roads.minutes_from_units(roads.chosen(card.travel.layer, card.travel.keep))
    status = np.where(np.isfinite(values), OK, MISSING).astype(np.uint8)
    base = Series((card.travel.period,), values[None, :], status[None, :])
    used = (roads.source.id, layers[card.travel.layer].source.id)
    return BuiltIndicator(card, base, {}, tuple(dict.fromkeys(used)), roads.notes)


def _from_formula(card: IndicatorCard, built: Mapping[str, BuiltIndicator], territory: Territory) -> BuiltIndicator:
    held, parts = _parts(card, built)
    base = aggregate_formula(held.tree, parts, territory, "obec")
    used = dict.fromkeys(source for name in parts for source in built[name].sources)
    return BuiltIndicator(card, base, {}, tuple(used), borrowing_notes(held.chosen), borrowed=borrowed(held.chosen))


def _parts(card: IndicatorCard, built: Mapping[str, BuiltIndicator]) -> tuple[Ingredients, dict[str, Series]]:
    """What a formula is computed from, by obec and of the periods of the result."""
    cards = {name: indicator.card for name, indicator in built.items()}
    held = ingredients(card, cards, {name: indicator.base.periods for name, indicator in built.items()})
    return held, {name: built[name].base.taken(chosen) for name, chosen in held.chosen.items()}


def _with_levels(
    indicator: BuiltIndicator, built: Mapping[str, BuiltIndicator], territory: Territory
) -> BuiltIndicator:
    """The indicator with its values at each level that its card declares and the territory has."""
    card, base = indicator.card, indicator.base
    wanted = [level for level in LEVELS if level in card.levels and level in territory.levels]
    if card.aggregate == "sum":
        levels = {level: aggregate_sum(base, territory, level) for level in wanted}
    elif card.aggregate == "ratio":
        held, parts = _parts(card, built)
        levels = {level: aggregate_formula(held.tree, parts, territory, level) for level in wanted}
    else:
        weight = built[str(card.weight)]
        chosen = nearest(base.periods, weight.base.periods)
        levels = {level: aggregate_mean(base, weight.base.taken(chosen), territory, level) for level in wanted}
        indicator = _weighed(indicator, weight, chosen)
    if "obec" in levels:
        levels["obec"] = base
    return replace(indicator, levels=levels)


def _weighed(indicator: BuiltIndicator, weight: BuiltIndicator, chosen: Mapping[str, str]) -> BuiltIndicator:
    """The indicator with what its weight adds to what must be told of it."""
    taken = {weight.card.id: chosen}
    return replace(
        indicator,
        notes=(*indicator.notes, *borrowing_notes(taken)),
        sources=tuple(dict.fromkeys((*indicator.sources, *weight.sources))),
        borrowed={**indicator.borrowed, **borrowed(taken)},
    )


def _with_country(
    indicator: BuiltIndicator, built: Mapping[str, BuiltIndicator], sources: SourceReader
) -> BuiltIndicator:
    """The indicator with the whole country's values as far as they are known."""
    card = indicator.card
    country = country_from_source(card, sources, indicator.base.periods)
    if card.aggregate == "ratio" and card.country is None:
        held, parts = _parts(card, built)
        country = country_by_formula(held.tree, {name: built[name].country for name in parts}, held.chosen)
    return replace(indicator, country=country)
