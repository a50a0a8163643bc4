"""A tile as an answer: the same status and headers whether Flask gives it or the route in front of it."""

from __future__ import annotations

import zlib

from geoportal.errors import NotFound
from geoportal.snapshot.tileset import Tileset
from geoportal.web.reply import Reply
from geoportal.web.respond import EVERYWHERE, MAX_AGE

MVT = "application/vnd.mapbox-vector-tile"

_ALWAYS = (*EVERYWHERE.items(), ("Vary", "Accept-Encoding"))
_KEPT_FOREVER = (*_ALWAYS, ("Cache-Control", "public, max-age=31536000, immutable"))
_KEPT_SHORTLY = (*_ALWAYS, ("Cache-Control", f"public, max-age={MAX_AGE}"))
_OF_A_TILE = {kept: (*kept, ("Content-Type", MVT)) for kept in (_KEPT_FOREVER, _KEPT_SHORTLY)}


def address(tileset: Tileset, z: str, x: str, y: str) -> tuple[int, int, int]:
    """Zoom, column and row from an address. Raises ``NotFound`` for what is no tile of the tileset's pyramid."""
    for name, text in (("z", z), ("x", x), ("y", y)):
        if not _is_whole(text):
            raise NotFound(f"{name}={text[:40]!r} is not a whole number; tiles are named by zoom, column and row")
    zoom, column, row = int(z), int(x), int(y)
    if not tileset.minzoom <= zoom <= tileset.maxzoom:
        there = f"{tileset.minzoom} to {tileset.maxzoom}"
        raise NotFound(f"tileset '{tileset.id}' has no zoom {zoom}; allowed: {there}")
    for name, number in (("x", column), ("y", row)):
        if number >> zoom:
            raise NotFound(f"{name}={number} is outside zoom {zoom}; allowed: 0 to {(1 << zoom) - 1}")
    return zoom, column, row


def _is_whole(text: str) -> bool:
    """Whether a number is written the one way that caches know it by."""
    return text.isascii() and text.isdecimal() and len(text) < 9 and (text == "0" or text[0] != "0")


def answer(
    tileset: Tileset, z: int, x: int, y: int, *, version: str | None, snapshot_id: str, compressed: bool
) -> Reply:
    """The tile at an address that is in the pyramid, or the news that it is empty.

    ``version`` is the snapshot that the address was made for: what is made for the one that is served never changes.
    ``compressed``: the client unpacks gzip, so the bytes go as they are stored.
    """
    kept = _KEPT_FOREVER if version == snapshot_id else _KEPT_SHORTLY
    tile = tileset.tile(z, x, y)
    if tile is None:
        return Reply("204 No Content", [("ETag", '"empty"')], common=kept)
    etag = f'"{tileset.etag_of(tile)}"' if compressed else f'"{tileset.etag_of(tile)}-plain"'
    body = tile if compressed else zlib.decompress(tile, wbits=31)
    headers = [("Content-Length", str(len(body))), ("ETag", etag)]
    if compressed:
        headers.append(("Content-Encoding", tileset.encoding))
    return Reply("200 OK", headers, body, etag, common=_OF_A_TILE[kept])
