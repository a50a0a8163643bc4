"""Values of an indicator as XLSX: one sheet with the rows, one that explains them. The same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from geoportal.encode.workbook import Bold, Cell, Sheet, below, sheet_name, write_sheets

_WIDTHS = (10, 10, 32, 10, 14, 14)


def write_workbook(
    path: Path | IO[bytes], about: Mapping[str, Any], columns: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Writes the rows below ``columns``. Codes, names and periods stay text; a value that is missing is empty.

    ``about`` may hold ``more``, pairs of a word and its meaning that the explanation ends with.
    """
    title = str(about["title"]["cs"])
    table = Sheet(sheet_name(title), below(columns, rows), _WIDTHS, frozen=True)
    explained = Sheet("Popis", [(Bold(word), said) for word, said in _said(about)], (20, 90))
    write_sheets(path, (table, explained), title, str(about["attribution"]))


def _said(about: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Název", about["title"]["cs"]
    yield "Popis", about["description"]["cs"]
    yield "Jednotka", about["unit"]["cs"]
    yield "Zdroj", about["attribution"]
    yield "Podmínky užití", "; ".join(about["licences"])
    yield from about.get("more", ())
