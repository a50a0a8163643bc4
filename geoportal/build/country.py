"""Values of the whole country beside those of the region: from a source of their own, or by the indicator's formula."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from geoportal.build.sources import SourceReader
from geoportal.cards import IndicatorCard, IndicatorFrom
from geoportal.errors import Problems
from geoportal.formula import Tree
from geoportal.formula.evaluate import evaluate
from geoportal.intake.checks import check_values


@dataclass(frozen=True)
class Country:
    """Values by period, of those that the indicator has for the region; ``sources`` are all that went into them."""

    values: Mapping[str, float] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


def country_from_source(card: IndicatorCard, sources: SourceReader, periods: tuple[str, ...]) -> Country:
    """The country's values that ``card`` names; none where its source can't be used.

    Raises ``Problems`` where the rows are those of more than one territory.
    """
    usable, _ = sources.usable([card.country] if card.country else [])
    return _read(card, usable[0], sources, periods) if usable else Country()


def _read(card: IndicatorCard, entry: IndicatorFrom, sources: SourceReader, periods: tuple[str, ...]) -> Country:
    tidy = check_values(sources.read(entry.source, entry.table), entry, sources.inputs.source(entry.source)).frame
    codes = tidy["code"].unique()
    if len(codes) > 1:
        shown = f"layers/indicators/{card.id}.toml"
        raise Problems([f"{shown}: country: rows of {len(codes)} territories ({codes[0]}, {codes[1]} …); select one"])
    known = tidy[(tidy["status"] == "ok") & tidy["period"].isin(periods)]
    values = {str(period): float(value) for period, value in zip(known["period"], known["value"], strict=True)}
    return Country(dict(sorted(values.items())), (entry.source,) if values else ())


def country_by_formula(tree: Tree, parts: Mapping[str, Country], chosen: Mapping[str, Mapping[str, str]]) -> Country:
    """``tree`` of the country's own values; ``chosen`` tells of which period each part is taken, by name and period."""
    found: dict[str, float] = {}
    for period in next(iter(chosen.values())):
        held = {name: parts[name].values.get(taken[period], math.nan) for name, taken in chosen.items()}
        value = float(evaluate(tree, held))
        if math.isfinite(value):
            found[period] = value
    used = dict.fromkeys(source for part in parts.values() for source in part.sources) if found else {}
    return Country(found, tuple(used))
