"""A table as it was sent: rows of text, with the number that each row has in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoportal.errors import TableRefused, TableTooLarge
from geoportal.join import limits


@dataclass(frozen=True)
class Line:
    """A row that is not empty: its number in the file, from 1, and its cells without blanks around them."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """What was sent, before it is known what its rows mean.

    ``encoding`` and ``delimiter`` are None for a spreadsheet, ``sheet`` and ``sheets`` say which of which was read.
    """

    lines: tuple[Line, ...]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Named columns and rows of one width. ``headed``: the names are the table's. ``skipped``: what is above."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    headed: bool = True
    skipped: tuple[str, ...] = ()

    def column(self, at: int) -> list[str]:
        """The cells of a column."""
        return [line.cells[at] for line in self.lines]


def gather(rows: Iterable[tuple[int, Sequence[str]]]) -> tuple[Line, ...]:
    """The rows that are not empty, from pairs of number and cells.

    Raises ``TableTooLarge`` at the row or cell that is too much, and ``TableRefused`` where nothing is there.
    """
    lines: list[Line] = []
    cells = 0
    for number, row in rows:
        kept = _trimmed(row)
        if not kept:
            continue
        cells += len(kept)
        _refuse_large(number, kept, len(lines), cells)
        lines.append(Line(number, kept))
    if not lines:
        raise TableRefused("empty")
    return tuple(lines)


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _refuse_large(number: int, cells: tuple[str, ...], before: int, total: int) -> None:
    if len(cells) > limits.COLUMNS:
        raise TableTooLarge("columns", row=number, columns=len(cells), most=limits.COLUMNS)
    if before >= limits.ROWS + limits.HEADER_ROWS:
        raise TableTooLarge("rows", row=number, most=limits.ROWS)
    if total > limits.CELLS:
        raise TableTooLarge("cells", row=number, most=limits.CELLS)
    for column, cell in enumerate(cells, 1):
        if len(cell) > limits.LONGEST_CELL:
            raise TableTooLarge("cell", row=number, column=column, length=len(cell), most=limits.LONGEST_CELL)
