"""Delimited text (CSV) as a table of text, whatever its encoding, delimiter, line ends and stray blanks."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from geoportal.cards.source import ReadOptions
from geoportal.errors import SourceRefused
from geoportal.intake.reading import Note, Reading

FALLBACK = "cp1250"  # what Czech offices write where it is not UTF-8
DELIMITERS = (",", ";", "\t", "|")


def read_delimited(path: Path, options: ReadOptions) -> Reading:
    """The table in ``path``: every column text, empty cells None, headers without blanks around them.

    Encoding and delimiter are found out where ``options`` do not state them. Raises ``SourceRefused`` with the line
    where bytes can't be decoded, a quote is not closed, or a row has more or fewer cells than the header.
    """
    text, notes = decode(path.read_bytes(), path.name, options.encoding)
    header, rows = _rows(text, path.name, options.delimiter or _delimiter(text))
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    cells = {}
    for name, column in zip(header, columns, strict=True):
        if not name and not any(column):
            continue  # a delimiter at the end of each line makes a column of nothing
        cells[name] = pd.Series([cell or None for cell in column], dtype=object)
    frame = pd.DataFrame(cells)
    _refuse_unnamed(header, frame, path.name)
    return Reading(frame, notes)


def decode(content: bytes, shown: str, encoding: str | None) -> tuple[str, tuple[Note, ...]]:
    """``content`` as text, and a note if its encoding was guessed. Raises ``SourceRefused``."""
    if not content.strip():
        raise SourceRefused(f"{shown}: is empty")
    if b"\0" in content:
        raise SourceRefused(f"{shown}: is not text: byte 0 at position {content.index(0)}")
    if encoding is not None:
        name = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
        return _decode(content, shown, name), ()
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        # In another encoding the very first letter with a diacritic is already no UTF-8.
        if not content[: error.start].removeprefix(b"\xef\xbb\xbf").isascii():
            raise _undecodable(error, content, shown) from None
    text = _decode(content, shown, FALLBACK)
    return text, (Note("encoding", 1, f"{shown}: není v UTF-8, čteno jako {FALLBACK}"),)


def _decode(content: bytes, shown: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(error, content, shown) from None
    except LookupError:
        raise SourceRefused(f"{shown}: '{encoding}' is not an encoding; state utf-8, cp1250 or another one") from None


def _undecodable(error: UnicodeDecodeError, content: bytes, shown: str) -> SourceRefused:
    line = content.count(b"\n", 0, error.start) + 1
    return SourceRefused(
        f"{shown}: can't be read as {error.encoding}: byte 0x{content[error.start]:02x} at position {error.start} "
        f"(line {line}): {error.reason}; state the right 'encoding' in the source card if it is whole"
    )


def _delimiter(text: str) -> str:
    header = text.lstrip().partition("\n")[0]
    unquoted = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=unquoted.count)


def _rows(text: str, shown: str, delimiter: str) -> tuple[list[str], list[list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    rows: list[list[str]] = []
    try:
        for row in reader:
            if not header:
                header = [cell.strip() for cell in row]
            elif row and len(row) != len(header):
                raise SourceRefused(
                    f"{shown}: line {reader.line_num} has {len(row)} cells, the header {len(header)}; is it whole?"
                )
            elif row:
                rows.append(row)
    except csv.Error as error:
        raise SourceRefused(f"{shown}: line {reader.line_num}: {error}") from None
    return header, rows


def _refuse_unnamed(header: list[str], frame: pd.DataFrame, shown: str) -> None:
    named = [name for name in header if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise SourceRefused(f"{shown}: has more than one column called '{twice[0]}'")
    if "" in frame.columns:
        raise SourceRefused(f"{shown}: column {header.index('') + 1} has values and no name; named: {', '.join(named)}")
