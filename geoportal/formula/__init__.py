"""A small formula over other indicators: read from a card, its units checked; ``evaluate`` computes it over arrays."""

from geoportal.formula.parse import parse
from geoportal.formula.tree import Name, Number, Operation, Tree, names, size, substituted
from geoportal.formula.unit import Unit, unit_of_words
from geoportal.formula.unit_check import unit_of
from geoportal.formula.words import spoken

__all__ = [
    "Name",
    "Number",
    "Operation",
    "Tree",
    "Unit",
    "names",
    "parse",
    "size",
    "spoken",
    "substituted",
    "unit_of",
    "unit_of_words",
]
