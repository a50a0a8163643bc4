"""What somebody chose instead of what was recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geoportal.errors import TableRefused
from geoportal.join.numbers import Mark
from geoportal.join.table import Table


@dataclass(frozen=True)
class Choices:
    """Columns by name, or by ``#`` and their number from 1; None for what was recognised.

    ``parts``: column -> the part of it whose rows are used. ``fixes``: text of a cell -> the unit that is meant, or
    ``-`` for none.
    """

    level: str | None = None
    unit: str | None = None
    value: str | None = None
    decimal: Mark | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    fixes: Mapping[str, str] = field(default_factory=dict)


def column_of(table: Table, name: str | None, parameter: str) -> int | None:
    """The position of a column by its name or ``#number``. Raises ``TableRefused`` where there is no such one."""
    if not name:
        return None
    if name in table.header:
        return table.header.index(name)
    number = name.removeprefix("#")
    if name.startswith("#") and number.isascii() and number.isdecimal() and 0 < int(number[:6]) <= len(table.header):
        return int(number[:6]) - 1
    raise TableRefused("column", parameter=parameter, column=name[:80], columns=", ".join(table.header)[:400])
