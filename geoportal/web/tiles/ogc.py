"""OGC API - Tiles (20-057): tile matrix sets, and tilesets below the resources they are made from.

Here a row stands before a column, and what lies outside a tileset's limits is not found.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from geoportal.errors import NotFound, alternatives
from geoportal.snapshot.tileset import Tileset
from geoportal.web.current import base_url, snapshot
from geoportal.web.features.files import get_collection
from geoportal.web.links import JSON, link, self_and_alternates
from geoportal.web.operation import operation
from geoportal.web.params import choice_parameter
from geoportal.web.respond import json_response
from geoportal.web.tiles import matrix as tile_matrix
from geoportal.web.tiles.answer import MVT, address
from geoportal.web.tiles.describe import DATASET, tileset_item, tileset_metadata
from geoportal.web.tiles.views import EMPTY, TAG, get_tileset, send_tile

blueprint = Blueprint("ogc_tiles", __name__)

_JSON = {"json": JSON}
_JSON_ONLY = [choice_parameter("f", "Format.", ["json"])]
_MVT_ONLY = [choice_parameter("f", "Format.", ["mvt"])]


@blueprint.get("/tileMatrixSets")
@operation("All tile matrix sets.", TAG, {JSON: "tileMatrixSets"}, _JSON_ONLY, name="getTileMatrixSetsList")
def tile_matrix_sets(given: dict[str, Any]) -> Response:
    """All tile matrix sets, of which there is one."""
    own = f"{base_url()}/tileMatrixSets/{tile_matrix.ID}?f=json"
    one = {
        **{key: tile_matrix.definition()[key] for key in ("id", "title", "uri", "crs")},
        "links": [link("self", own, JSON, tile_matrix.ID)],
    }
    return json_response({"tileMatrixSets": [one], "links": self_and_alternates(_JSON, "json")})


@blueprint.get("/tileMatrixSets/<tileMatrixSetId>")
@operation("One tile matrix set.", TAG, {JSON: "tileMatrixSet"}, _JSON_ONLY, name="getTileMatrixSet")
def tile_matrix_set(given: dict[str, Any], **path: str) -> Response:
    """The whole definition of a tile matrix set."""
    _check_matrix_set(path["tileMatrixSetId"])
    return json_response({**tile_matrix.definition(), "links": self_and_alternates(_JSON, "json")})


@blueprint.get(f"/tiles/{tile_matrix.ID}")
@operation("The tileset of all.", TAG, {JSON: "tileset"}, _JSON_ONLY, name=".dataset.vector.getTileSet")
def dataset_tileset(given: dict[str, Any]) -> Response:
    """The tileset of the whole dataset."""
    return json_response(tileset_metadata(get_tileset(DATASET)))


@blueprint.get(f"/tiles/{tile_matrix.ID}/<tileMatrix>/<tileRow>/<tileCol>")
@operation("A tile of all.", TAG, {MVT: None}, _MVT_ONLY, name=".dataset.vector.getTile", statuses=EMPTY)
def dataset_tile(given: dict[str, Any], **path: str) -> Response:
    """A tile of the whole dataset."""
    return _send(get_tileset(DATASET), path)


@blueprint.get("/collections/<layer_id>/tiles")
@operation(
    "The tilesets of a collection.", TAG, {JSON: "tilesets"}, _JSON_ONLY, name=".collection.vector.getTileSetsList"
)
def collection_tilesets(layer_id: str, given: dict[str, Any]) -> Response:
    """The tilesets of a collection, of which there is one."""
    held = _collection_tileset(layer_id)
    return json_response({"tilesets": [tileset_item(held)], "links": self_and_alternates(_JSON, "json")})


@blueprint.get("/collections/<layer_id>/tiles/<tileMatrixSetId>")
@operation("A tileset of a collection.", TAG, {JSON: "tileset"}, _JSON_ONLY, name=".collection.vector.getTileSet")
def collection_tileset(layer_id: str, given: dict[str, Any], **path: str) -> Response:
    """The tileset of a collection in a tile matrix set."""
    held = _collection_tileset(layer_id)
    _check_matrix_set(path["tileMatrixSetId"])
    return json_response(tileset_metadata(held))


@blueprint.get("/collections/<layer_id>/tiles/<tileMatrixSetId>/<tileMatrix>/<tileRow>/<tileCol>")
@operation("A tile of a collection.", TAG, {MVT: None}, _MVT_ONLY, name=".collection.vector.getTile", statuses=EMPTY)
def collection_tile(layer_id: str, given: dict[str, Any], **path: str) -> Response:
    """A tile of a collection."""
    held = _collection_tileset(layer_id)
    _check_matrix_set(path["tileMatrixSetId"])
    return _send(held, path)


def _send(held: Tileset, path: dict[str, str]) -> Response:
    """The tile; outside the limits there is none (20-057, /req/core/tc-error)."""
    zoom, column, row = address(held, path["tileMatrix"], path["tileCol"], path["tileRow"])
    (limits,) = tile_matrix.limits(held.bounds, zoom, zoom)
    if not limits.holds(row, column):
        rows = f"rows {limits.min_row} to {limits.max_row}, columns {limits.min_col} to {limits.max_col}"
        raise NotFound(f"tile matrix {zoom} of '{held.id}' has no row {row}, column {column}; allowed: {rows}")
    return send_tile(held, (zoom, column, row))


def _collection_tileset(layer_id: str) -> Tileset:
    collection = get_collection(layer_id)
    if collection.id not in snapshot().tilesets:
        raise NotFound(f"collection '{layer_id}' has no tiles; {alternatives(layer_id, snapshot().tilesets)}")
    return get_tileset(collection.id)


def _check_matrix_set(name: str) -> None:
    if name != tile_matrix.ID:
        raise NotFound(f"tile matrix set '{name[:60]}' does not exist; {alternatives(name[:60], [tile_matrix.ID])}")
