"""Features as files in every format: whole layers as the build prepared them, selections written when asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from flask import Response, send_file

from geoportal.encode import get_format, write_selection
from geoportal.encode.indicators import ExtraColumn
from geoportal.encode.selection import content_of
from geoportal.encode.stream import stream_geojsonseq
from geoportal.query.items import Selection
from geoportal.snapshot.collection import Collection
from geoportal.web.respond import MAX_AGE

_STREAM = "geojsonseq"


def send_selection(
    collection: Collection, selection: Selection, name: str, columns: Mapping[str, ExtraColumn]
) -> Response:
    """The selected features in format ``name``: as a stream, or as a file that is gone once it is sent."""
    extension = collection.files[name].get("extension", name)
    if name == _STREAM:
        body = stream_geojsonseq(collection, selection.positions, columns=columns)
        response = Response(body, mimetype=collection.files[name]["media_type"])
    else:
        response = _written(collection, selection, name, extension, columns)
    response.headers["Content-Disposition"] = f'attachment; filename="{collection.id}.{extension}"'
    response.headers["OGC-NumberMatched"] = str(selection.matched)
    response.headers["OGC-NumberReturned"] = str(len(selection.positions))
    return response


def _written(
    collection: Collection, selection: Selection, name: str, extension: str, columns: Mapping[str, ExtraColumn]
) -> Response:
    with tempfile.TemporaryDirectory(prefix="geoportal-") as folder:
        path = Path(folder) / f"{collection.id}.{extension}"
        write_selection(get_format(name), path, content_of(collection, selection.positions, columns))
        size, stream = path.stat().st_size, path.open("rb")  # an open file outlives its name
    response = send_file(stream, mimetype=collection.files[name]["media_type"], max_age=MAX_AGE)
    response.content_length = size
    return response
