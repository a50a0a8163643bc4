"""What is what in a table: which column names the units, of which level, what is a value, what tells rows apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geoportal.errors import TableRefused
from geoportal.join.choices import Choices, column_of
from geoportal.join.gazetteer import Gazetteer, code_of, words
from geoportal.join.parts import Parter, find_parters
from geoportal.join.table import Table
from geoportal.join.values import default_value, sample, value_columns
from geoportal.site import LEVELS

Votes = dict[str, Counter[str]]

_LEAST_SHARE = 0.02  # of them that are units; a table of the whole country has one of the region's in thirty
_LEVEL_NAMES: Mapping[str, frozenset[str]] = {
    "obec": frozenset(("obec", "obce", "municipality", "mesto", "zuj", "lau2", "koduzemi")),
    "pou": frozenset(("pou", "poverena", "povereny")),
    "orp": frozenset(("orp", "so")),
    "okres": frozenset(("okres", "okresu", "okresy", "district", "lau", "lau1")),
    "kraj": frozenset(("kraj", "kraje", "region", "nuts3")),
}


@dataclass(frozen=True)
class Fit:
    """How well a column names units: which share of its texts does, how many units there are."""

    column: int
    level: str
    share: float
    units: int
    by_code: bool


@dataclass(frozen=True)
class Recognised:
    """Positions of columns. ``within``: names a unit around each, ``by_code``: the unit column holds codes.

    ``parters`` tell the rows of one unit apart; ``values`` hold numbers, ``value`` is the one that is shown.
    """

    level: str
    unit: int
    by_code: bool
    within: int | None
    values: tuple[int, ...]
    value: int | None
    parters: tuple[Parter, ...] = ()


def recognise(table: Table, gazetteer: Gazetteer, choices: Choices) -> Recognised:
    """What is what in ``table``, heeding ``choices``. Raises ``TableRefused`` where nothing names a unit."""
    unit = column_of(table, choices.unit, "unit")
    level = choices.level
    columns = [sample(table.column(at)) for at in range(len(table.header))]
    votes = [_votes(texts, gazetteer) for texts in columns]
    if unit is None or level is None:
        unit, level = _unit_column(table, gazetteer, columns, votes, unit, level)
    by_code = sum(code_of(text) is not None for text in columns[unit]) * 2 > len(columns[unit])
    within = _within_column(columns, votes, unit, level)
    parters = find_parters(table, unit, within, choices)
    values = value_columns(table, {unit, within, *(one.column for one in parters)})
    chosen = column_of(table, choices.value, "value")
    if chosen is None:
        chosen = default_value(table, values, lambda text: bool(gazetteer.find(text).units))
    return Recognised(level, unit, by_code, within, values, chosen, parters)


def _unit_column(
    table: Table,
    gazetteer: Gazetteer,
    columns: Sequence[Sequence[str]],
    votes: Sequence[Votes],
    unit: int | None,
    level: str | None,
) -> tuple[int, str]:
    """The column that names the finest units, with their level, where ``unit`` or ``level`` is not chosen.

    Of columns that name the same units one with codes comes first, since a code can't be mistaken.
    """
    fits: list[Fit] = []
    for at in range(len(columns)) if unit is None else (unit,):
        texts, name = columns[at], table.header[at]
        counted = {one: found for one, found in votes[at].items() if level in (None, one)}
        if counted:
            best = max(counted, key=lambda one: (_level_score(one, counted[one], texts, name, gazetteer), one))
            share = sum(counted[best].values()) / len(texts)
            fits.append(Fit(at, best, share, len(counted[best]), code_of(texts[0]) is not None))
    top = max((fit.share for fit in fits), default=0.0)
    if not fits or (top < _LEAST_SHARE and unit is None):
        raise TableRefused("no_units", columns=", ".join(table.header)[:400])
    fits = [fit for fit in fits if fit.share >= top / 2]
    finest = min((fit.level for fit in fits), key=list(map(str, LEVELS)).index)
    fits = [fit for fit in fits if fit.level == finest]
    most = max(fit.units for fit in fits)
    chosen = max((fit for fit in fits if fit.units >= 0.8 * most), key=lambda fit: (fit.by_code, -fit.column))
    return chosen.column, chosen.level


def _votes(texts: Sequence[str], gazetteer: Gazetteer) -> Votes:
    """For each level the official codes that the texts mean, and how often."""
    votes: Votes = {}
    for text in texts:
        for one in {unit.level: unit for unit in gazetteer.find(text).units}.values():
            votes.setdefault(one.level, Counter())[one.code] += 1
    return votes


def _level_score(level: str, found: Counter[str], texts: Sequence[str], header: str, gazetteer: Gazetteer) -> float:
    """Most texts are units of it, most units of it are there, the header says so."""
    named = level == _names_level(header)
    return sum(found.values()) / len(texts) + 0.5 * len(found) / len(gazetteer.levels[level]) + 0.6 * named


def _names_level(header: str) -> str | None:
    said = set(words(header.replace("_", " ")))
    return next((level for level, names in _LEVEL_NAMES.items() if said & names), None)


def _within_column(columns: Sequence[Sequence[str]], votes: Sequence[Votes], unit: int, level: str) -> int | None:
    """A column that names a coarser unit in nearly every row, an okres before others."""
    found: list[tuple[bool, int]] = []
    for at, texts in enumerate(columns):
        coarser = [
            one
            for one, counted in votes[at].items()
            if one not in (level, "obec") and sum(counted.values()) >= 0.8 * len(texts)
        ]
        if at != unit and coarser:
            found.append(("okres" not in coarser, at))
    return min(found)[1] if found else None
