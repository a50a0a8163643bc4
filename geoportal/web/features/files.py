"""Whole layers at stable addresses, as the files that the build prepared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, request, send_file

from geoportal.crs import uri_of
from geoportal.errors import NotFound, alternatives
from geoportal.snapshot.collection import Collection
from geoportal.web.current import snapshot
from geoportal.web.operation import operation
from geoportal.web.ready import LARGEST
from geoportal.web.respond import accepted_encoding, is_text

blueprint = Blueprint("layers", __name__)

_TWINS = {"br": "br", "zstd": "zst", "gzip": "gz"}


def _media_types(filename: str) -> dict[str, str | None]:
    """What all layers together come in; the address of one of them tells which."""
    files = [file for collection in snapshot().collections.values() for file in collection.files.values()]
    return schemas_of(file["media_type"].split(";")[0] for file in files)


def schemas_of(media_types: Iterable[str]) -> dict[str, str | None]:
    """Media type -> name of the schema of features in it; None where it is no JSON."""
    return {kind: "featureCollection" if kind.endswith("json") else None for kind in media_types}


@blueprint.get("/layers/<filename>")
@operation("A whole layer in one of its formats, with byte ranges.", "Files", _media_types)
def layer_file(filename: str, given: dict[str, Any]) -> Response:
    """A layer in one of its formats, with byte ranges."""
    layer_id, _, ext = filename.partition(".")
    collection = get_collection(layer_id)
    extensions = {file.get("extension", name): name for name, file in collection.files.items()}
    if ext not in extensions:
        raise NotFound(f"layer '{layer_id}' has no format '{ext[:40]}'; {alternatives(ext[:40], extensions)}")
    return send_layer(collection, extensions[ext])


def send_layer(collection: Collection, form: str) -> Response:
    """The file that the build prepared, compressed where it lies compressed and the client wants it so."""
    held = snapshot()
    file = collection.files[form]
    ext = file.get("extension", form)
    name = f"layers/{collection.id}/{collection.id}.{ext}"
    encoding = accepted_encoding(_TWINS) if ext == "geojson" and "Range" not in request.headers else None
    if encoding:
        name += f".{_TWINS[encoding]}"
    response = send_file(
        held.folder / name,
        mimetype=file["media_type"].split(";")[0],
        conditional=True,
        max_age=60,
        etag=held.manifest["files"][name]["sha256"][:24],
        download_name=f"{collection.id}.{ext}",
    )
    if encoding:
        response.headers["Content-Encoding"] = encoding
    elif is_text(file["media_type"]) and response.status_code == 200 and file["bytes"] <= LARGEST:
        response.direct_passthrough = False
        response.make_sequence()  # so that it can be compressed as other answers are
    response.vary.add("Accept-Encoding")
    response.headers["Content-Crs"] = f"<{uri_of(file['crs'])}>"
    response.headers.pop("Last-Modified", None)  # the file's time is that of the build, not of the data
    return response


def get_collection(layer_id: str) -> Collection:
    """The collection called ``layer_id``. Raises ``NotFound`` with the ones there are, or why it is absent."""
    held = snapshot()
    if layer_id in held.collections:
        return held.collections[layer_id]
    for absent in held.manifest["absent"]:
        if absent["kind"] == "layer" and absent["id"] == layer_id:
            raise NotFound(f"layer '{layer_id}' is not available: {absent['reason']}")
    raise NotFound(f"layer '{layer_id[:60]}' does not exist; {alternatives(layer_id[:60], held.collections)}")
