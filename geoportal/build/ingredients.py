"""What an indicator is computed from: its formula in full, and of which period each part or weight is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geoportal.cards import IndicatorCard
from geoportal.cards.derived import expanded
from geoportal.errors import Problems
from geoportal.formula import Tree, names
from geoportal.intake.reading import Note
from geoportal.territory.series import nearest_period


@dataclass(frozen=True)
class Ingredients:
    """``chosen``: for each part, named by its indicator, the period that is taken for each period of the result."""

    tree: Tree
    chosen: Mapping[str, Mapping[str, str]]


def ingredients(
    card: IndicatorCard, cards: Mapping[str, IndicatorCard], periods: Mapping[str, tuple[str, ...]]
) -> Ingredients:
    """Those of ``card``, for all periods that the parts share which must not be of another; ``periods`` are by id.

    Raises ``Problems`` where they share none.
    """
    derived = expanded(card, cards)
    parts = names(derived.tree)
    leading = [name for name in parts if name not in derived.nearest]
    common = [p for p in periods[leading[0]] if all(p in periods[name] for name in leading)]
    if not common:
        have = "; ".join(f"{name} has {', '.join(periods[name])}" for name in leading)
        shown = f"layers/indicators/{card.id}.toml"
        raise Problems([f"{shown}: formula: no period in common: {have}; name some in 'nearest'"])
    same = {period: period for period in common}
    chosen = {name: nearest(common, periods[name]) if name in derived.nearest else same for name in parts}
    return Ingredients(derived.tree, chosen)


def nearest(wanted: Iterable[str], available: tuple[str, ...]) -> dict[str, str]:
    """The available period that is nearest in time, for each that is wanted."""
    return {period: nearest_period(period, available) for period in wanted}


def borrowed(chosen: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """``chosen`` as in ``Ingredients``, without what is of the period itself."""
    found = {name: {p: other for p, other in taken.items() if p != other} for name, taken in chosen.items()}
    return {name: taken for name, taken in found.items() if taken}


def borrowing_notes(chosen: Mapping[str, Mapping[str, str]]) -> tuple[Note, ...]:
    """One note for each part that is of another period."""
    return tuple(
        Note("other-period", len(taken), f"{name} je z jiného období", tuple(f"{p}: {q}" for p, q in taken.items()))
        for name, taken in borrowed(chosen).items()
    )
