"""The figures of a unit as a table: one row for each indicator and period, for people's own spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from geoportal.profiles.figures import Figure, Series
from geoportal.site import Site

# Each column and what it holds, for the sheet that explains them.
COLUMNS = {
    "tema": "téma portálu",
    "ukazatel": "identifikátor ukazatele",
    "nazev": "název ukazatele",
    "jednotka": "jednotka",
    "obdobi": "období",
    "hodnota": "hodnota; prázdná, když údaj chybí nebo je důvěrný",
    "stav": "ok, missing (bez údaje), confidential (důvěrný), incomplete (součet bez některých obcí)",
    "poradi": "pořadí od nejvyšší hodnoty mezi jednotkami stejné úrovně v kraji",
    "z_kolika": "kolik jednotek má hodnotu",
    "okres": "hodnota okresu",
    "kraj": "hodnota kraje",
    "cesko": "hodnota celé země, kde je známa",
    "zdroj": "zdroj a licence",
}
Cell = str | float | int | None


def rows(held: Iterable[Series], site: Site) -> Iterator[tuple[Cell, ...]]:
    """The rows in the order of ``held`` and of time, each with the columns above."""
    for series in held:
        table = series.table
        head = (site.theme(table.theme).title.cs, table.id, table.title.cs, table.unit.cs)
        for figure in series.figures:
            yield (*head, figure.period, *_numbers(figure), table.country(figure.period), table.attribution)


def _numbers(figure: Figure) -> Sequence[Cell]:
    above = (figure.above[level].value if level in figure.above else None for level in ("okres", "kraj"))
    return (figure.unit.value, figure.unit.status, figure.rank, len(figure.standing.known), *above)


def as_csv(table: Iterable[tuple[Cell, ...]]) -> str:
    """The table as CSV (RFC 4180); what is missing is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(["" if cell is None else cell for cell in row] for row in table)
    return text.getvalue()
