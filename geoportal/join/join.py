"""A table joined from end to end: bytes or pasted text in, values by unit and an account out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from geoportal.errors import TableTooLarge
from geoportal.join import limits
from geoportal.join.choices import Choices
from geoportal.join.delimited import read_delimited, read_text
from geoportal.join.gazetteer import Gazetteer, Unit
from geoportal.join.header import with_header
from geoportal.join.match import Matched, Repeated, match, repeated
from geoportal.join.numbers import Reading
from geoportal.join.recognise import Recognised, recognise
from geoportal.join.spreadsheet import is_spreadsheet, read_spreadsheet
from geoportal.join.table import Sent, Table
from geoportal.join.values import decimal_evidence, read_column
from geoportal.snapshot.indicator import Status, UnitValue

_EMPTY = Reading((), (), (), ",", False, False)


@dataclass(frozen=True)
class Joined:
    """A table joined to the units of one level.

    ``shown``: what the columns together show of the decimal mark. ``reading``: the column that is shown, as numbers.
    ``values``: of every unit of the level, in the order of the gazetteer. ``wrong``: row numbers whose value is no
    number, with the text.
    """

    sent: Sent
    table: Table
    seen: Recognised
    choices: Choices
    shown: int
    matched: Matched
    reading: Reading
    values: tuple[UnitValue, ...]
    repeats: tuple[Repeated, ...] = ()
    wrong: tuple[tuple[int, str], ...] = ()

    @cached_property
    def readings(self) -> Mapping[int, Reading]:
        """Each column of numbers, by its position."""
        return {at: read_column(self.table, at, self.choices.decimal, self.shown) for at in self.seen.values}

    @property
    def title(self) -> str:
        """The name of the value column, empty where there is none."""
        return "" if self.seen.value is None else self.table.header[self.seen.value]

    @property
    def conflicts(self) -> tuple[Repeated, ...]:
        """Units whose rows say different things."""
        return tuple(one for one in self.repeats if not one.same)


def read_sent(content: bytes, sheet: str | None = None) -> Sent:
    """What was sent as a file. Raises ``TableRefused``, and ``TableTooLarge`` at the first thing that is too much."""
    if len(content) > limits.BYTES:
        raise TableTooLarge("bytes", most=limits.BYTES // (1024 * 1024))
    if is_spreadsheet(content):
        return read_spreadsheet(content, sheet)
    return read_delimited(content)


def read_pasted(text: str) -> Sent:
    """What was pasted. Raises ``TableRefused``, ``TableTooLarge``."""
    if len(text) > limits.BYTES:
        raise TableTooLarge("bytes", most=limits.BYTES // (1024 * 1024))
    return read_text(text)


def join(sent: Sent, gazetteer: Gazetteer, choices: Choices | None = None) -> Joined:
    """``sent`` joined to the territory, with ``choices`` in place of what was recognised. Raises ``TableRefused``."""
    choices = choices or Choices()
    table = with_header(sent, lambda cell: bool(gazetteer.find(cell).units))
    seen = recognise(table, gazetteer, choices)
    matched = match(table, gazetteer, seen, choices.fixes)
    at = seen.value
    shown = 0 if choices.decimal else decimal_evidence(table, seen.values)
    reading = _EMPTY if at is None else read_column(table, at, choices.decimal, shown)
    repeats = repeated(table, matched, gazetteer, seen)
    different = {one.unit.code for one in repeats if not one.same}
    units = gazetteer.levels[seen.level]
    values = tuple(_value(unit, matched, reading, unit.code in different) for unit in units)
    used = {row for rows in matched.rows.values() for row in rows}
    wrong = tuple(
        (table.lines[row].number, table.lines[row].cells[at]) for row in reading.wrong if row in used and at is not None
    )
    return Joined(sent, table, seen, choices, shown, matched, reading, values, repeats, wrong)


def _value(unit: Unit, matched: Matched, reading: Reading, conflict: bool) -> UnitValue:
    rows = matched.rows.get(unit.code, ())
    if not rows or conflict or not reading.values:
        return UnitValue(unit.code, unit.name, None, "missing")
    status: Status = reading.status[rows[0]]
    return UnitValue(unit.code, unit.name, reading.values[rows[0]], status)
