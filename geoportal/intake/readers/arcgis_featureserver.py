"""Answers of an ArcGIS FeatureServer to a query: Esri JSON."""

from __future__ import annotations

from pathlib import Path

import orjson

from geoportal.cards.source import SourceCard
from geoportal.errors import SourceRefused
from geoportal.intake.content import complaint
from geoportal.intake.ogr import layer_names, read_ogr, the_layer
from geoportal.intake.pages import is_partial
from geoportal.intake.reading import Reading


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """The features of the answer in its own CRS; coded numbers stay whole. Heeds no options.

    Raises ``SourceRefused`` for an error message and for an answer that is only a page of the whole.
    """
    body = path.read_bytes()
    wrong = complaint(body)
    if wrong:
        raise SourceRefused(f"{path.name}: {wrong}")
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise SourceRefused(f"{path.name}: is not JSON: {error}") from None
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise SourceRefused(f"{path.name}: has no 'features'; it is no answer to a query")
    if is_partial(content):
        count = len(content["features"])
        raise SourceRefused(f"{path.name}: is incomplete: {count} features and 'exceededTransferLimit'; fetch it again")
    prefix = "" if content.get("type") == "FeatureCollection" else "ESRIJSON:"
    address = f"{prefix}{path}"
    return read_ogr(address, the_layer(layer_names(address, path.name)[:1], None, path.name), path.name)
