"""Messages as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, fields

from geoportal.feedback.store import Message

# What a spreadsheet takes for the beginning of a formula; the fullwidth signs are such in East Asian editions.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(messages: Iterable[Message]) -> str:
    """The messages as CSV (comma, all cells in quotation marks), harmless in a spreadsheet.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text there.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow([field.name for field in fields(Message)])
    writer.writerows([_cell(value) for value in astuple(message)] for message in messages)
    return stream.getvalue()


def _cell(value: str | int | None) -> str | int:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
