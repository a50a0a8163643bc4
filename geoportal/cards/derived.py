"""Indicators by formula: what they are made of in the end, and what is wrong with their cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geoportal.cards.indicator import IndicatorCard
from geoportal.errors import alternatives
from geoportal.formula import Tree, Unit, names, size, substituted, unit_of, unit_of_words

LARGEST = 200  # numbers and names: each formula of two others may be twice as large as they are


@dataclass(frozen=True)
class Derived:
    """A formula whose names are indicators with values of their own by obec.

    ``nearest``: the names that may be of the nearest other period.
    """

    tree: Tree
    nearest: frozenset[str]


def expanded(card: IndicatorCard, cards: Mapping[str, IndicatorCard]) -> Derived:
    """The formula of ``card``, with the formulas of ratios in place of their names where ``card`` is a ratio itself.

    So every level is computed from sums over obce, never from ratios of coarser units.
    """
    assert card.tree
    if card.aggregate != "ratio":
        return Derived(card.tree, frozenset(card.nearest))
    inner = {name: expanded(cards[name], cards) for name in names(card.tree) if cards[name].aggregate == "ratio"}
    tree = substituted(card.tree, {name: derived.tree for name, derived in inner.items()})
    held: set[str] = set()
    for name in names(card.tree):
        parts = set(names(inner[name].tree)) if name in inner else {name}
        free = inner[name].nearest if name in inner else frozenset()
        held |= set() if name in card.nearest else parts - free
    return Derived(tree, frozenset(names(tree)) - held)


def wrong_formulas(cards: Mapping[str, IndicatorCard]) -> Iterator[str]:
    """What is wrong with the formulas of ``cards``, which don't need each other in a circle, as ``id: sentence``."""
    sizes: dict[str, int] = {}
    for card in cards.values():
        missing = [name for name in card.depends_on if name not in cards]
        if card.tree is None or missing:  # what a name stands for is said where it is looked up
            continue
        sizes[card.id] = size(card.tree, sizes) if card.aggregate == "ratio" else size(card.tree, {})
        if sizes[card.id] > LARGEST:
            yield f"{card.id}: formula: has {sizes[card.id]} parts with those of its indicators; {LARGEST} are allowed"
            return
        yield from (f"{card.id}: formula: {said}" for said in _mistakes(card, cards))


def _mistakes(card: IndicatorCard, cards: Mapping[str, IndicatorCard]) -> Iterator[str]:
    assert card.tree
    parts = names(card.tree)
    if card.aggregate == "ratio":
        averaged = [name for name in parts if cards[name].aggregate == "mean"]
        adding = [name for name in cards if cards[name].aggregate == "sum"]
        for name in averaged:
            yield f"'{name}' is a mean, and aggregate = 'ratio' is of sums; {alternatives(name, adding)}"
    try:
        given = unit_of(card.tree, {name: unit_of_words(cards[name].unit.cs) for name in parts})
        declared = unit_of_words(card.unit.cs)
    except ValueError as error:
        yield str(error)
        return
    if given != declared:
        yield f"gives {given}, and unit '{card.unit.cs}' is {declared}{_hint(given, declared)}"


def _hint(given: Unit, declared: Unit) -> str:
    if given.powers != declared.powers:
        return "; change the unit or the formula"
    return f"; multiply by {given.factor / declared.factor}"
