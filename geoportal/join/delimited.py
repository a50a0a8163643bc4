"""Text with separators (CSV, TSV, what is pasted from a spreadsheet) as rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from geoportal.errors import TableRefused
from geoportal.join.encoding import decode
from geoportal.join.table import Sent, gather

DELIMITERS = ("\t", ";", "|", ",")  # in the order in which they are preferred, since a comma may be a decimal mark
_SAMPLE = 200  # rows


def read_delimited(content: bytes) -> Sent:
    """The rows of ``content``, in whichever encoding and with whichever separator it is. Raises ``TableRefused``."""
    text, encoding = decode(content)
    return read_text(text, encoding)


def read_text(text: str, encoding: str | None = None) -> Sent:
    """The rows of text that is decoded already. Raises ``TableRefused``."""
    delimiter = _delimiter(text)
    return Sent(gather(_rows(text, delimiter)), encoding, delimiter)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error:  # a cell of more than 131,072 characters
            raise TableRefused("quote", row=number) from None
        if row is None:
            return
        yield number, row
        number = reader.line_num + 1


def _delimiter(text: str) -> str:
    if "\t" in text.lstrip("\ufeff\r\n").partition("\n")[0]:  # nobody types a tab into a heading
        return "\t"
    return max(DELIMITERS, key=lambda one: _fit(text, one))


def _fit(text: str, delimiter: str) -> tuple[bool, bool, int, int]:
    """How well ``delimiter`` parts the rows: most are of one width, the first that it parts at all as well."""
    widths: list[int] = []
    with suppress(TableRefused):  # the one that fits is read again and says what is wrong
        for _, row in islice(_rows(text, delimiter), _SAMPLE):
            widths += [len(row)] if row else []
    parted = [width for width in widths if width > 1]
    if not parted:
        return False, False, 1, -DELIMITERS.index(delimiter)
    usual, count = max(Counter(parted).items(), key=lambda pair: (pair[1], pair[0]))
    return count >= 0.6 * len(widths), parted[0] == usual, usual, -DELIMITERS.index(delimiter)
