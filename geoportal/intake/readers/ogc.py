"""Answers of OGC services: OGC API Features and WFS, in GeoJSON or GML."""

from __future__ import annotations

from pathlib import Path

import orjson

from geoportal.cards.source import SourceCard
from geoportal.errors import SourceRefused
from geoportal.intake.pages import next_link
from geoportal.intake.readers import vector
from geoportal.intake.reading import Reading


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """The features of an answer. Heeds ``table`` (of a GML with several) and ``crs`` (of a GeoJSON that says none).

    Raises ``SourceRefused`` for an exception report and for an answer that is only a page of the whole.
    """
    body = path.read_bytes()
    if body.lstrip().startswith(b"{"):
        _refuse_page(body, path.name)
        return vector.read(path, card, None)
    if b"ExceptionReport" in body[:2000]:
        raise SourceRefused(f"{path.name}: the service answered with an exception report")
    return vector.read(path, card, table)


def _refuse_page(body: bytes, shown: str) -> None:
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise SourceRefused(f"{shown}: is not JSON: {error}") from None
    if not isinstance(content, dict) or "features" not in content:
        said = content.get("description") or content.get("detail") if isinstance(content, dict) else None
        raise SourceRefused(f"{shown}: has no 'features'" + (f"; the service says: {said}" if said else ""))
    if next_link(content) is not None:
        count = len(content["features"])
        raise SourceRefused(f"{shown}: is incomplete: {count} features and a link to the next page; fetch it again")
