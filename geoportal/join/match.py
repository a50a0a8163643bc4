"""Rows and units brought together, and an account of everything that did not come together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geoportal.errors import TableRefused
from geoportal.join import limits
from geoportal.join.gazetteer import Found, Gazetteer, How, Unit
from geoportal.join.recognise import Recognised
from geoportal.join.table import Table

State = Literal["matched", "unknown", "ambiguous", "other_level", "empty"]
NO_UNIT = "-"  # chosen for a text that is no unit


@dataclass(frozen=True)
class Meaning:
    """What one text of the unit column means (with what stands around it): the unit, or those that it may be."""

    state: State
    unit: Unit | None = None
    how: How | None = None
    candidates: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class Open:
    """A text that was not joined, the rows in which it stands (by their numbers in the file), and likely units."""

    text: str
    rows: tuple[int, ...]
    candidates: tuple[Unit, ...]


@dataclass(frozen=True)
class Repeated:
    """A unit with several rows: their numbers, and whether they say the same."""

    unit: Unit
    rows: tuple[int, ...]
    same: bool


@dataclass(frozen=True)
class Matched:
    """``meanings``: of each row of the table. ``rows``: official code -> positions of the rows that are used for it.

    ``left_out``: how many rows belong to other periods or parts.
    """

    meanings: tuple[Meaning, ...]
    rows: Mapping[str, tuple[int, ...]]
    left_out: int
    unknown: tuple[Open, ...]
    ambiguous: tuple[Open, ...]
    other_level: tuple[Open, ...]
    empty: tuple[int, ...]
    without_row: tuple[Unit, ...]
    by: Mapping[str, int]


def match(table: Table, gazetteer: Gazetteer, seen: Recognised, fixes: Mapping[str, str]) -> Matched:
    """The rows of ``table`` joined to the units of the level that was recognised, heeding ``fixes`` (text -> unit).

    A fix names a unit as a table would. Raises ``TableRefused`` for one that is no unit of any level.
    """
    for said in fixes.values():
        if said != NO_UNIT and not gazetteer.find(said).units:
            raise TableRefused("fix", unit=said[:80])
    used = [at for at, line in enumerate(table.lines) if _is_used(line.cells, seen)]
    meanings = _meanings(table, gazetteer, seen, fixes)
    rows: dict[str, list[int]] = {}
    by: dict[str, int] = {}
    for at in used:
        meaning = meanings[at]
        if meaning.unit:
            rows.setdefault(meaning.unit.code, []).append(at)
            by[str(meaning.how)] = by.get(str(meaning.how), 0) + 1
    return Matched(
        meanings=meanings,
        rows={code: tuple(found) for code, found in rows.items()},
        left_out=len(table.lines) - len(used),
        unknown=_open(table, seen, meanings, used, "unknown"),
        ambiguous=_open(table, seen, meanings, used, "ambiguous"),
        other_level=_open(table, seen, meanings, used, "other_level"),
        empty=tuple(table.lines[at].number for at in used if meanings[at].state == "empty"),
        without_row=tuple(unit for unit in gazetteer.levels[seen.level] if unit.code not in rows),
        by=by,
    )


def _is_used(cells: Sequence[str], seen: Recognised) -> bool:
    return all(cells[one.column] == one.part for one in seen.parters)


def _meanings(table: Table, gazetteer: Gazetteer, seen: Recognised, fixes: Mapping[str, str]) -> tuple[Meaning, ...]:
    known: dict[tuple[str, str], Meaning] = {}
    offered = 0
    meanings = []
    for line in table.lines:
        text = line.cells[seen.unit]
        around = line.cells[seen.within] if seen.within is not None else ""
        if (text, around) not in known:
            # Comparing spellings takes time, and nobody mends thousands of names by hand.
            meaning = _meaning(gazetteer, seen, text, around, fixes, suggest=offered < limits.LISTED)
            offered += meaning.state == "unknown"
            known[text, around] = meaning
        meanings.append(known[text, around])
    return tuple(meanings)


def _meaning(
    gazetteer: Gazetteer, seen: Recognised, text: str, around: str, fixes: Mapping[str, str], suggest: bool
) -> Meaning:
    if not text:
        return Meaning("empty")
    if text in fixes:
        said = gazetteer.find(fixes[text], seen.level).units
        return Meaning("matched", said[0], "chosen") if len(said) == 1 else Meaning("unknown")
    found: Found = gazetteer.find(text, seen.level, gazetteer.find(around).units if around else ())
    if len(found.units) == 1:
        return Meaning("matched", found.units[0], found.how)
    if found.units:
        return Meaning("ambiguous", candidates=found.units)
    if gazetteer.find(text).units:
        return Meaning("other_level")
    return Meaning("unknown", candidates=gazetteer.candidates(text, seen.level) if suggest else ())


def _open(
    table: Table, seen: Recognised, meanings: Sequence[Meaning], used: Sequence[int], state: State
) -> tuple[Open, ...]:
    rows: dict[str, list[int]] = {}
    candidates: dict[str, tuple[Unit, ...]] = {}
    for at in used:
        if meanings[at].state == state:
            text = table.lines[at].cells[seen.unit]
            rows.setdefault(text, []).append(table.lines[at].number)
            candidates.setdefault(text, meanings[at].candidates)
    return tuple(Open(text, tuple(numbers), candidates[text]) for text, numbers in rows.items())


def repeated(table: Table, matched: Matched, gazetteer: Gazetteer, seen: Recognised) -> tuple[Repeated, ...]:
    """Units with several rows; rows that differ in the value alone or at all are not the same."""
    found = []
    for code, rows in matched.rows.items():
        if len(rows) > 1:
            compared = {_compared(table.lines[at].cells, seen) for at in rows}
            numbers = tuple(table.lines[at].number for at in rows)
            found.append(Repeated(gazetteer.by_key[seen.level, code], numbers, len(compared) == 1))
    return tuple(found)


def _compared(cells: Sequence[str], seen: Recognised) -> str:
    return cells[seen.value] if seen.value is not None else ""
