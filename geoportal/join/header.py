"""Where the header ends and the rows begin, and what the columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from geoportal.errors import TableRefused, TableTooLarge
from geoportal.join import limits
from geoportal.join.numbers import parse, status_of
from geoportal.join.table import Line, Sent, Table

UNNAMED = "sloupec {}"
_YEAR = re.compile(r"(19|20)\d\d([./-]\d{1,2})?")


def with_header(sent: Sent, is_unit: Callable[[str], bool]) -> Table:
    """The table with its columns named; ``is_unit`` tells whether a cell names a unit.

    Rows above the first unit are a header where none of them holds a number other than a year: the last one that is
    filled, and the one above it where it names groups of columns. Raises ``TableRefused`` for a header without rows and
    for rows longer than the header, ``TableTooLarge``.
    """
    top = _top(sent.lines, is_unit)
    above, rows = sent.lines[:top], sent.lines[top:]
    if not rows:
        raise TableRefused("header_only", row=sent.lines[-1].number)
    if len(rows) > limits.ROWS:
        raise TableTooLarge("rows", row=rows[limits.ROWS].number, most=limits.ROWS)
    width = max(len(line.cells) for line in (above or rows))
    _refuse_longer(rows, width, headed=bool(above))
    header, used = _names(above, width)
    lines = tuple(Line(line.number, line.cells + ("",) * (width - len(line.cells))) for line in rows)
    skipped = tuple(" ".join(filter(None, line.cells)) for line in above[: len(above) - used])
    return Table(_unlike(header), lines, headed=bool(above), skipped=skipped)


def _top(lines: Sequence[Line], is_unit: Callable[[str], bool]) -> int:
    """How many rows stand above the first that looks like one of a unit."""
    for at, line in enumerate(lines[: limits.HEADER_ROWS + 1]):
        wide = len(lines) == at + 1 or len(line.cells) > 1 or len(lines[at + 1].cells) == 1
        if wide and (any(map(_is_number, line.cells)) or any(map(is_unit, line.cells))):
            return at
    return 1


def _is_number(cell: str) -> bool:
    return status_of(cell) == "ok" and not _YEAR.fullmatch(cell) and parse(cell, ",") is not None


def _refuse_longer(rows: Sequence[Line], width: int, headed: bool) -> None:
    usual = Counter(len(line.cells) for line in rows).most_common(1)[0][0] if not headed else width
    for line in rows:
        if len(line.cells) > max(width, usual):
            raise TableRefused("long_row", row=line.number, cells=len(line.cells), width=width)


def _names(above: Sequence[Line], width: int) -> tuple[list[str], int]:
    """A name for each column, and how many of the rows ``above`` made them."""
    if not above:
        return [""] * width, 0
    last = _padded(above[-1], width)
    if len(above) < 2 or len(above[-2].cells) < 2:
        return last, 1
    group, names = "", []
    for upper, lower in zip(_padded(above[-2], width), last, strict=True):
        group = upper or group
        names.append(" – ".join(dict.fromkeys(filter(None, (group, lower)))))
    return names, 2


def _padded(line: Line, width: int) -> list[str]:
    return [*line.cells, *[""] * (width - len(line.cells))][:width]


def _unlike(names: Sequence[str]) -> tuple[str, ...]:
    """The names on one line each, made different where they repeat, with a number where there is none."""
    seen: Counter[str] = Counter()
    unlike = []
    for position, name in enumerate(names, 1):
        plain = " ".join(name.split())[: limits.LONGEST_TITLE] or UNNAMED.format(position)
        seen[plain] += 1
        unlike.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return tuple(unlike)
