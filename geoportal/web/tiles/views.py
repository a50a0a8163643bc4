"""Vector tiles: each tile, each tileset as TileJSON and as one archive, and pages about them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from geoportal.errors import NotFound, alternatives
from geoportal.languages import KNOWN
from geoportal.snapshot.tileset import Tileset
from geoportal.web.current import base_url, snapshot
from geoportal.web.links import HTML, JSON, link, self_and_alternates
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice_parameter
from geoportal.web.portal.views import render_tileset, render_tilesets
from geoportal.web.respond import MAX_AGE, chosen_format, json_response
from geoportal.web.tiles.answer import MVT, address, answer
from geoportal.web.tiles.describe import PMTILES, TILING_SCHEMES, tilejson, tileset_item, tileset_metadata

blueprint = Blueprint("tiles", __name__)

TAG = "Tiles"
EMPTY = {"204": "The tile is empty."}
_PAGES = {"json": JSON, "html": HTML}
_VERSION = Parameter("v", "The snapshot that the address was made for; the answer may then be kept for ever.")
_PAGE = [
    choice_parameter("f", "Format.", list(_PAGES)),
    choice_parameter("lang", "Language of the page.", KNOWN),
    choice_parameter("embed", "1: the page without header and footer.", ["0", "1"]),
]


@blueprint.get("/tiles")
@operation("All tilesets.", TAG, {JSON: "tilesets", HTML: None}, _PAGE, name=".dataset.vector.getTileSetsList")
def tilesets(given: dict[str, Any]) -> Response:
    """All tilesets: that of the whole dataset, and one for each collection."""
    if chosen_format(given["f"], _PAGES) == "html":
        return render_tilesets()
    held = snapshot().tilesets.values()
    links = [*self_and_alternates(_PAGES, "json"), link(TILING_SCHEMES, f"{base_url()}/tileMatrixSets", JSON)]
    return json_response({"tilesets": [tileset_item(tileset) for tileset in held], "links": links})


@blueprint.get("/tiles/<tileset_id>")
@operation("One tileset.", TAG, {JSON: "tileset", HTML: None}, _PAGE)
def tileset(tileset_id: str, given: dict[str, Any]) -> Response:
    """One tileset: a page for people, its metadata for programs."""
    held = get_tileset(tileset_id)
    if chosen_format(given["f"], _PAGES) == "html":
        return render_tileset(held)
    return json_response(tileset_metadata(held))


@blueprint.get("/tiles/<tileset_id>.json")
@operation("One tileset as TileJSON 3.0.0.", TAG, {JSON: "tilejson"})
def tileset_json(tileset_id: str, given: dict[str, Any]) -> Response:
    """One tileset as TileJSON."""
    return json_response(tilejson(get_tileset(tileset_id)))


@blueprint.get("/tiles/<tileset_id>.pmtiles")
@operation("A whole tileset as one PMTiles archive, with byte ranges.", TAG, {PMTILES: None})
def archive(tileset_id: str, given: dict[str, Any]) -> Response:
    """A whole tileset as one archive. Readers ask for a few of its bytes; several ranges at once are refused."""
    held = get_tileset(tileset_id)
    size = held.path.stat().st_size
    if "Range" in request.headers and "If-Range" not in request.headers:
        _check_range(size)  # before the file is opened
    digest = snapshot().manifest["files"][f"tiles/{held.path.name}"]["sha256"]
    response = send_file(held.path, mimetype=PMTILES, conditional=True, max_age=MAX_AGE, etag=digest[:24])
    response.headers.pop("Last-Modified", None)  # the file's time is that of the build, not of the data
    return response


@blueprint.get("/tiles/<tileset_id>/<z>/<x>/<y>.mvt")
@operation("One vector tile.", TAG, {MVT: None}, [_VERSION], statuses=EMPTY)
def tile(tileset_id: str, z: str, x: str, y: str, given: dict[str, Any]) -> Response:
    """One vector tile."""
    held = get_tileset(tileset_id)
    return send_tile(held, address(held, z, x, y), given["v"])


def _check_range(size: int) -> None:
    if request.range is None or request.range.range_for_length(size) is None:
        raise RequestedRangeNotSatisfiable(size, description=f"one range within the file's {size} bytes is allowed")


def send_tile(held: Tileset, place: tuple[int, int, int], version: str | None = None) -> Response:
    """The tile at zoom, column and row, compressed as it is stored unless the client does not say that it unpacks."""
    compressed = request.accept_encodings["gzip"] > 0
    made = answer(held, *place, version=version, snapshot_id=snapshot().id, compressed=compressed)
    response = Response(bytes(made.body) or None, made.status)
    response.headers.clear()
    response.headers.extend(made.headers)
    response.make_conditional(request)
    return response


def get_tileset(tileset_id: str) -> Tileset:
    """The tileset called ``tileset_id``. Raises ``NotFound`` with the ones there are."""
    held = snapshot().tilesets
    if tileset_id not in held:
        raise NotFound(f"tileset '{tileset_id[:60]}' does not exist; {alternatives(tileset_id[:60], held)}")
    return held[tileset_id]
