"""The table of an analysis: the same columns and rows for the page, for JSON and for files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.errors import InvalidParameter, alternatives
from geoportal.query.collation import collation
from geoportal.web.screens.visit import Visit

Cell = str | float | int | bool | None
ORDER = "razeni"
MOST = 1000  # rows of a page; files have them all


@dataclass(frozen=True)
class Column:
    """A column: ``key`` in JSON, ``name`` in CSV and XLSX, ``title`` on the page, ``meaning`` for those who use a file.

    With ``decimals`` it holds numbers, ``signed`` ones with a plus too. ``on_page``: whether the page shows it.
    """

    key: str
    name: str
    title: str
    meaning: str
    decimals: int | None = None
    signed: bool = False
    on_page: bool = True


@dataclass(frozen=True)
class Row:
    """One row. ``code``: the territorial unit, where it is one. ``swatch``: the colour that it has on the map.

    ``shown``: words that the page has in place of a cell, by the column's key; ``href`` leads from its first words.
    """

    cells: tuple[Cell, ...]
    code: str = ""
    swatch: str = ""
    href: str = ""
    shown: tuple[tuple[str, str], ...] = ()
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under columns; ``caption`` tells what they are. ``order``: the column that it is sorted by at first, with a
    minus where the highest comes first."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    order: str = ""


@dataclass(frozen=True)
class Head:
    """A column's heading on the page; ``direction`` as aria-sort has it, ``href`` sorts the other way."""

    title: str
    numeric: bool
    direction: str
    href: str
    key: str


@dataclass(frozen=True)
class PageCell:
    """A cell in words; ``sort`` is what scripts compare."""

    text: str
    numeric: bool
    sort: str


@dataclass(frozen=True)
class PageTable:
    """A table as its page shows it: headings, and pairs of a row and its cells. ``count``: rows with those left out."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Row, tuple[PageCell, ...]], ...]
    count: int


def page_table(visit: Visit, table: Table) -> PageTable:
    """``table`` in words and in the order that the page's address asks for. Raises ``InvalidParameter``."""
    order = _order(visit, table)
    shown = [(at, column) for at, column in enumerate(table.columns) if column.on_page]
    rows = _sorted(table, order) if order else table.rows
    return PageTable(
        table.caption,
        tuple(_head(visit, column, order) for _, column in shown),
        tuple((row, tuple(_cell(visit, row, column, row.cells[at]) for at, column in shown)) for row in rows[:MOST]),
        len(rows),
    )


def _order(visit: Visit, table: Table) -> str:
    order = visit.args.get(ORDER, table.order)
    names = [column.name for column in table.columns if column.on_page]
    if order and order.removeprefix("-") not in names:
        raise InvalidParameter(f"{ORDER}={order[:60]!r} is not a column; {alternatives(order[:60], names)}")
    return order


def _sorted(table: Table, order: str) -> Sequence[Row]:
    """Rows by one column, equal ones as they were; those without a value last."""
    at = [column.name for column in table.columns].index(order.removeprefix("-"))
    known = [row for row in table.rows if row.cells[at] not in (None, "")]
    unknown = [row for row in table.rows if row.cells[at] in (None, "")]

    def key(row: Row) -> tuple[object, ...]:
        cell = row.cells[at]
        return (collation(cell),) if isinstance(cell, str) else (cell,)

    return sorted(known, key=key, reverse=order.startswith("-")) + unknown


def _head(visit: Visit, column: Column, order: str) -> Head:
    own = order.removeprefix("-") == column.name
    falls = own and order.startswith("-")
    first = column.name if column.decimals is None else f"-{column.name}"
    other = (column.name if falls else f"-{column.name}") if own else first
    direction = ("descending" if falls else "ascending") if own else ""
    return Head(column.title, column.decimals is not None, direction, visit.here(**{ORDER: other}), column.name)


def _cell(visit: Visit, row: Row, column: Column, cell: Cell) -> PageCell:
    numeric = column.decimals is not None
    sort = "" if cell is None else (repr(cell) if numeric else str(cell))
    words = dict(row.shown).get(column.key)
    if words is None:
        words = number(visit, float(cell), column) if numeric and cell is not None else str(cell or "")
    return PageCell(words, numeric, sort)


def number(visit: Visit, value: float, column: Column) -> str:
    """A number as the column writes it."""
    written = visit.say.number(value, column.decimals or 0)
    return f"+{written}" if column.signed and round(value, column.decimals or 0) > 0 else written
