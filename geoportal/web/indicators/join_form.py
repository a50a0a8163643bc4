"""The form that a user's own table comes in, read into memory alone: nothing of it touches a disk."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from geoportal.errors import InvalidParameter, TableRefused, TableTooLarge, alternatives
from geoportal.join import limits
from geoportal.join.choices import Choices
from geoportal.join.join import read_pasted, read_sent
from geoportal.join.table import Sent
from geoportal.site import LEVELS
from geoportal.web import current
from geoportal.web.params import Parameter, choice
from geoportal.web.screens.join import Drawing

Fields = MultiDict[str, str]

FILE = "file"
_SEVERAL = {"type": "array", "items": {"type": "string"}}
FORM = (  # of POST /join, as the API document shows it
    Parameter(FILE, "The table: CSV, TSV or XLSX; or else text.", schema={"type": "string", "format": "binary"}),
    Parameter("text", "The table as text, as a spreadsheet's cells are pasted; or else file."),
    Parameter("sheet", "Name of the sheet of a workbook; by default the first that is not empty."),
    Parameter(
        "level",
        "Level of the units; by default the one that fits best.",
        schema={"type": "string", "enum": list(LEVELS)},
    ),
    Parameter("unit", "Column that names the units, by its header or as # and its number."),
    Parameter("value", "Column with the values, by its header or as # and its number."),
    Parameter(
        "decimal",
        "Decimal mark; by default the one that the numbers show.",
        schema={"type": "string", "enum": [",", "."]},
    ),
    Parameter("part", "column=part: of the rows of a unit, those of this part.", schema=_SEVERAL),
    Parameter("fix_text", "A name in the table that is not understood; goes in pairs with fix_unit.", schema=_SEVERAL),
    Parameter("fix_unit", "The code of the unit that is meant, or - for none.", schema=_SEVERAL),
    Parameter("f", "Format, where the address does not say it."),
)
FIELDS = (*(field.name for field in FORM if field.name != FILE), "measure", "scheme", "classes", "order")
REPEATED = ("part", "fix_text", "fix_unit", "order")  # a button of a form says the order again
_REQUEST = 2 * limits.BYTES  # bytes; a table that a form carries with its signs encoded is longer than it is
_PARTS = 2 * limits.CORRECTIONS + 50


def read_fields() -> tuple[Fields, bytes | None]:
    """The fields of the request's form, and the file, None where none was chosen.

    Raises ``TableTooLarge``, and ``InvalidParameter`` for a field that is unknown or repeated.
    """
    parser = FormDataParser(
        stream_factory=lambda *about, **more: io.BytesIO(),
        max_form_memory_size=_REQUEST,
        max_content_length=_REQUEST,
        max_form_parts=_PARTS,
    )
    try:
        _, fields, files = parser.parse_from_environ(request.environ)
    except RequestEntityTooLarge:
        raise TableTooLarge("bytes", most=limits.BYTES // (1024 * 1024)) from None
    for name in (*fields, *files):
        if name not in (FILE if name in files else "", *FIELDS):
            raise InvalidParameter(f"unknown field '{name[:80]}'; {alternatives(name[:80], (*FIELDS, FILE))}")
    for name, several in fields.lists():
        if len(several) > 1 and name not in REPEATED:
            raise InvalidParameter(f"field '{name}' is given {len(several)} times; once is allowed")
    file: Any = files.get(FILE)
    return fields, file.read() if file and file.filename else None


def sent_table(fields: Fields, content: bytes | None) -> Sent:
    """The table that was sent, as a file or as text. Raises ``TableRefused``."""
    text = fields.get("text", "")
    if content and text.strip():
        raise TableRefused("both")
    if content:
        return read_sent(content, fields.get("sheet") or None)
    if text.strip():
        return read_pasted(text)
    raise TableRefused("nothing" if content is None else "empty")


def read_choices(fields: Fields) -> Choices:
    """What was chosen instead of what will be recognised. Raises ``InvalidParameter``, ``TableTooLarge``."""
    texts, units = fields.getlist("fix_text"), fields.getlist("fix_unit")
    if len(texts) != len(units):
        raise InvalidParameter(
            f"there are {len(texts)} fields 'fix_text' and {len(units)} 'fix_unit'; they go in pairs"
        )
    if len(texts) > limits.CORRECTIONS:
        raise TableTooLarge("fixes", most=limits.CORRECTIONS)
    parts = dict(part.partition("=")[::2] for part in fields.getlist("part"))
    return Choices(
        level=_one_of(fields, "level", [level for level in LEVELS if level in current.snapshot().units]),
        unit=fields.get("unit") or None,
        value=fields.get("value") or None,
        decimal=_one_of(fields, "decimal", (",", ".")),  # type: ignore[arg-type]
        parts=parts,
        fixes={text: _unit(unit) for text, unit in zip(texts, units, strict=True) if unit.strip()},
    )


def read_drawing(fields: Fields) -> Drawing:
    """How the values are to be drawn. Raises ``InvalidParameter``."""
    classes = _one_of(fields, "classes", [str(count) for count in Drawing.COUNTS])
    return Drawing(
        measure=_one_of(fields, "measure", Drawing.MEASURES),
        scheme=_one_of(fields, "scheme", Drawing.SCHEMES) or Drawing.SCHEMES[0],
        count=int(classes) if classes else Drawing.COUNT,
        order=_one_of(fields, "order", Drawing.ORDERS) or Drawing.ORDERS[0],
    )


def _unit(said: str) -> str:
    """The code at the end of what a form's list offers, ``Liberec (563889)``; any other text as it is."""
    code = re.search(r"\(([0-9A-Z]{2,12})\)\s*$", said)
    return code[1] if code else said.strip()


def _one_of(fields: Fields, name: str, allowed: Iterable[str]) -> str | None:
    """A field's last value, None where it is absent or empty. Raises ``InvalidParameter``."""
    given = (fields.getlist(name) or [""])[-1]
    checked: str = choice(name, allowed)(given) if given else ""
    return checked or None
