"""Catalogues of data sets: the ``data.json`` feed of hubs (DCAT-US 1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pandas as pd

from geoportal.cards.source import SourceCard
from geoportal.errors import SourceRefused
from geoportal.intake.reading import Note, Reading, examples

SEPARATOR = ";"  # between several values of a cell; names of themes hold commas
FILES = "files"
COLUMNS = ("id", "title", "description", "page", "updated", "themes", "keywords", "formats", FILES)
_NOT_FILES = ("Web Page", "ArcGIS GeoServices REST API")  # how a hub calls its own page and its service

_BLOCKS = ("p", "br", "div", "li", "ul", "ol", "table", "tr", "td", "h1", "h2", "h3")


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """One row for each data set, all columns (``COLUMNS``) text; no geometry. ``themes``, ``keywords``, ``formats`` and
    ``files`` hold several values, separated by semicolons; a file is a format and its address; ``updated`` is an ISO
    date.

    Heeds no options. A record without a title or without a page of its own is left out with a note.
    """
    rows, left_out = [], []
    for record in _records(path):
        row = _row(record)
        if row["title"] and str(row["page"]).startswith(("http://", "https://")):
            rows.append(row)
        else:
            left_out.append(row["title"] or row["id"] or "?")
    frame = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    repeated = frame["id"].duplicated()
    notes = (
        *_note("nameless", left_out, "datová sada bez názvu nebo bez vlastní stránky se vynechává"),
        *_note("repeated", frame.loc[repeated, "title"], "datová sada je v katalogu dvakrát, platí první záznam"),
    )
    return Reading(frame[~repeated].reset_index(drop=True), notes)


def _records(path: Path) -> list[dict[str, Any]]:
    try:
        content = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise SourceRefused(f"{path.name}: is not JSON: {error}") from None
    records = content.get("dataset") if isinstance(content, dict) else None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise SourceRefused(f"{path.name}: is not a DCAT-US catalogue: it has no list of records under 'dataset'")
    return records


def _row(record: dict[str, Any]) -> dict[str, str | None]:
    identifier = str(record.get("identifier") or "")
    return {
        "id": parse_qs(urlsplit(identifier).query).get("id", [identifier])[0],
        "title": _text(record.get("title")),
        "description": _text(record.get("description")),
        "page": _text(record.get("landingPage")),
        "updated": str(record.get("modified") or "")[:10] or None,
        "themes": _joined(record.get("category")),
        "keywords": _joined(record.get("keyword")),
        "formats": _joined(name for name, _ in _files(record)),
        FILES: _joined(f"{name} {address}" for name, address in _files(record) if address),
    }


def _files(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The format of each file, and its address where it is one that can stand among others."""
    for file in record.get("distribution") or ():
        if file.get("format") not in _NOT_FILES:
            address = str(file.get("downloadURL") or file.get("accessURL") or "").replace(SEPARATOR, "%3B")
            usable = address.startswith(("http://", "https://")) and " " not in address
            yield str(file.get("title") or file.get("format") or ""), address if usable else ""


def _text(value: Any) -> str | None:
    """What people read of a value; hubs write descriptions in HTML."""
    if not value:
        return None
    words = _Words()
    words.feed(str(value))
    words.close()
    return " ".join("".join(words.found).split()) or None


class _Words(HTMLParser):
    """The text of a piece of HTML; what stands in blocks of their own stays apart."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in _BLOCKS:
            self.found.append(" ")


def _joined(values: Iterable[Any] | None) -> str | None:
    named = (str(value).strip() for value in values or ())
    return SEPARATOR.join(dict.fromkeys(filter(None, named))) or None


def _note(code: str, found: Iterable[str], text: str) -> tuple[Note, ...]:
    held = list(found)
    return (Note(code, len(held), text, examples(held)),) if held else ()
