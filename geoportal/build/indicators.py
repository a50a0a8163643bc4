"""Indicators: values by obec from sources, ratios or layers, then by level as each card says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from geoportal.build.layers import BuiltLayer
from geoportal.build.roads import BuiltRoads
from geoportal.build.sources import SourceReader
from geoportal.build.tables import read_table
from geoportal.cards import IndicatorCard
from geoportal.errors import GeoportalError, Problems
from geoportal.intake.reading import Note
from geoportal.site import LEVELS, Level
from geoportal.territory.series import (
    CONFIDENTIAL,
    MISSING,
    OK,
    Series,
    aggregate_mean,
    aggregate_ratio,
    aggregate_sum,
    nearest_period,
)  # fmt: skip
from geoportal.territory.spatial import measure
from geoportal.territory.units import Territory


@dataclass(frozen=True)
class BuiltIndicator:
    """An indicator ready to be written. ``base`` is by obec; ``sources`` are all that went into it."""

    card: IndicatorCard
    base: Series
    levels: Mapping[Level, Series]
    sources: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    joins: list[dict[str, Any]] = field(default_factory=list)


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
            built[card.id] = _with_levels(_base(card, sources, territory, layers, roads, built), built, territory)
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
    return _from_ratio(card, built, territory)


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


def _from_ratio(card: IndicatorCard, built: Mapping[str, BuiltIndicator], territory: Territory) -> BuiltIndicator:
    assert card.ratio
    top, bottom, notes = _ratio_parts(card, built)
    base = aggregate_ratio(top, bottom, card.ratio.scale, territory, "obec")
    used = dict.fromkeys(source for name in card.depends_on for source in built[name].sources)
    return BuiltIndicator(card, base, {}, tuple(used), notes)


def _ratio_parts(card: IndicatorCard, built: Mapping[str, BuiltIndicator]) -> tuple[Series, Series, tuple[Note, ...]]:
    assert card.ratio
    top = _added(card.ratio.numerator, built)
    bottom = _added(card.ratio.denominator, built)
    if card.ratio.periods == "same":
        common = tuple(period for period in top.periods if period in bottom.periods)
        if not common:
            have = f"numerator has {', '.join(top.periods)}, denominator {', '.join(bottom.periods)}, none in common"
            raise Problems([f"layers/indicators/{card.id}.toml: ratio.periods: {have}; allow periods = 'nearest'"])
        return _aligned(top, common, {p: p for p in common}), _aligned(bottom, common, {p: p for p in common}), ()
    bottom, notes = _nearest(bottom, top.periods, "jmenovatel")
    return top, bottom, notes


def _nearest(series: Series, periods: tuple[str, ...], what: str) -> tuple[Series, tuple[Note, ...]]:
    """``series`` with the row nearest in time for each of ``periods``, and a note where it is of another year."""
    chosen = {period: nearest_period(period, series.periods) for period in periods}
    other = [f"{period}: {held}" for period, held in chosen.items() if period != held]
    notes = (Note("other-period", len(other), f"{what} je z jiného období", tuple(other)),) if other else ()
    return _aligned(series, periods, chosen), notes


def _aligned(series: Series, periods: tuple[str, ...], chosen: Mapping[str, str]) -> Series:
    rows = [series.periods.index(chosen[period]) for period in periods]
    return Series(periods, series.values[rows], series.status[rows])


def _added(names: tuple[str, ...], built: Mapping[str, BuiltIndicator]) -> Series:
    """The sum of several indicators by obec, over the periods that all have; known only where all are known."""
    parts = [built[name].base for name in names]
    periods = tuple(p for p in parts[0].periods if all(p in part.periods for part in parts))
    parts = [_aligned(part, periods, {p: p for p in periods}) for part in parts]
    known = np.logical_and.reduce([part.status == OK for part in parts])
    secret = np.logical_or.reduce([part.status == CONFIDENTIAL for part in parts])
    values = np.where(known, sum(part.values for part in parts), np.nan)
    status = np.where(known, OK, np.where(secret, CONFIDENTIAL, MISSING)).astype(np.uint8)
    return Series(periods, values, status)


def _with_levels(
    indicator: BuiltIndicator, built: Mapping[str, BuiltIndicator], territory: Territory
) -> BuiltIndicator:
    """The indicator with its values at each level that its card declares and the territory has."""
    card, base, notes, used = indicator.card, indicator.base, indicator.notes, indicator.sources
    wanted = [level for level in LEVELS if level in card.levels and level in territory.levels]
    if card.aggregate == "sum":
        levels = {level: aggregate_sum(base, territory, level) for level in wanted}
    elif card.ratio:
        top, bottom, _ = _ratio_parts(card, built)
        levels = {level: aggregate_ratio(top, bottom, card.ratio.scale, territory, level) for level in wanted}
    else:
        weights, more = _nearest(built[str(card.weight)].base, base.periods, "váha")
        levels = {level: aggregate_mean(base, weights, territory, level) for level in wanted}
        notes, used = (*notes, *more), tuple(dict.fromkeys((*used, *built[str(card.weight)].sources)))
    if "obec" in levels:
        levels["obec"] = base
    return replace(indicator, levels=levels, notes=notes, sources=used)
