"""Features as files in every format: whole layers as the build prepared them, selections written when asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Response, request, send_file

from geoportal.crs import uri_of
from geoportal.encode import formats, get_format, write_selection
from geoportal.encode.indicators import ExtraColumn
from geoportal.encode.selection import content_of
from geoportal.encode.stream import stream_geojsonseq
from geoportal.errors import InvalidParameter
from geoportal.query.items import ItemsQuery, Selection
from geoportal.snapshot.collection import Collection
from geoportal.web.current import snapshot
from geoportal.web.features.paging import counts, paging
from geoportal.web.links import request_url
from geoportal.web.ready import LARGEST
from geoportal.web.respond import MAX_AGE, tag_of

_STREAM = "geojsonseq"


def check_wishes(collection: Collection, name: str, given: Mapping[str, Any]) -> None:
    """Raises ``InvalidParameter`` where format ``name`` can't be had in the CRS, or not without geometries."""
    own = uri_of(collection.files[name]["crs"])
    if given["crs"] and given["crs"].uri != own and not get_format(name).any_crs:
        others = ", ".join(sorted(["json", *(form.name for form in formats() if form.any_crs)]))
        raise InvalidParameter(f"crs={given['crs'].uri!r}: f={name} comes in {own} alone; in every CRS come {others}")
    if given["skipGeometry"] and not get_format(name).placeless:
        others = ", ".join(sorted(["json", *(form.name for form in formats() if form.placeless)]))
        raise InvalidParameter(f"skipGeometry: f={name} always has geometries; {others} come without them")


def send_selection(
    collection: Collection,
    query: ItemsQuery,
    selection: Selection,
    name: str,
    columns: Mapping[str, ExtraColumn],
    given: Mapping[str, Any],
) -> Response:
    """The selected features in format ``name``: as a stream, or as a file that is gone once it is sent."""
    tag = tag_of(f"{snapshot().id} {name} {request_url()}")
    held = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if held else _encoded(collection, selection, name, columns, given)
    response.set_etag(tag)
    crs = given["crs"].uri if given["crs"] else uri_of(collection.files[name]["crs"])
    response.headers["Content-Crs"] = f"<{crs}>"
    for header, count in counts(selection).items():
        response.headers[f"OGC-{header[0].upper()}{header[1:]}"] = str(count)
    for page in paging(query, selection, collection.files[name]["media_type"]):
        response.headers.add("Link", f'<{page["href"]}>; rel="{page["rel"]}"; type="{page["type"]}"')
    return response


def _encoded(
    collection: Collection,
    selection: Selection,
    name: str,
    columns: Mapping[str, ExtraColumn],
    given: Mapping[str, Any],
) -> Response:
    file = collection.files[name]
    extension = file.get("extension", name)
    parts = (given["properties"], not given["skipGeometry"])
    if name == _STREAM:
        response = Response(stream_geojsonseq(collection, selection.positions, columns, *parts))
    else:
        content = content_of(collection, selection.positions, columns, *parts, given["crs"])
        with tempfile.TemporaryDirectory(prefix="geoportal-") as folder:
            path = Path(folder) / f"{collection.id}.{extension}"
            write_selection(get_format(name), path, content)
            response = _read(path)
    response.content_type = file["media_type"]
    response.headers["Content-Disposition"] = f'attachment; filename="{collection.id}.{extension}"'
    return response


def _read(path: Path) -> Response:
    """A file as an answer: a small one whole, so that it can be compressed and kept; of others an open stream."""
    size = path.stat().st_size
    if size <= LARGEST:
        return Response(path.read_bytes())
    response = send_file(path.open("rb"), "application/octet-stream", conditional=False, max_age=MAX_AGE)
    response.content_length = size  # an open file outlives its name
    return response
