"""The short way to a tile, in front of Flask: most requests of a map are tiles, and each is a slice of a file.

It answers only the plain case: a tile of the pyramid, asked for by its own address, by a client that unpacks gzip.
Everything else is left to the view, which answers the plain case the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from geoportal.errors import GeoportalError
from geoportal.snapshot.reader import Snapshot
from geoportal.web.reply import Environ, Reply
from geoportal.web.tiles.answer import answer

_PLAIN = re.compile(r"/tiles/([a-z0-9_-]+)/(0|[1-9]\d?)/(0|[1-9]\d{0,7})/(0|[1-9]\d{0,7})\.mvt", re.ASCII)
_VERSION = re.compile(r"(?:v=([0-9A-Za-z]{1,64}))?", re.ASCII)
_MOST = 4096  # replies that are kept: their heads alone, since bodies are parts of the map of a file


class TileRoute:
    """``snapshot`` gives the one that is served."""

    def __init__(self, snapshot: Callable[[], Snapshot]) -> None:
        self._snapshot = snapshot
        self._kept: tuple[Snapshot | None, dict[tuple[str, str], Reply]] = (None, {})

    def find(self, environ: Environ) -> Reply | None:
        """The tile, or None for what is left to the view."""
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if not path.endswith(".mvt") or not _unpacks_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            return None
        try:
            snapshot = self._snapshot()
        except GeoportalError:
            return None
        made_from, made = self._kept
        if snapshot is not made_from or len(made) > _MOST:
            made = {}
            self._kept = snapshot, made  # both at once: another thread never puts an old tile among new ones
        reply = made.get((path, query))
        if reply is None:
            reply = _reply(snapshot, path, query)
            if reply is None:
                return None
            made[path, query] = reply
        return reply.to(environ)


def _reply(snapshot: Snapshot, path: str, query: str) -> Reply | None:
    plain, versioned = _PLAIN.fullmatch(path), _VERSION.fullmatch(query)
    if plain is None or versioned is None or plain[1] not in snapshot.tilesets:
        return None
    tileset = snapshot.tilesets[plain[1]]
    z, x, y = int(plain[2]), int(plain[3]), int(plain[4])
    if not tileset.minzoom <= z <= tileset.maxzoom or (x | y) >> z:
        return None
    return answer(tileset, z, x, y, version=versioned[1], snapshot_id=snapshot.id, compressed=True)


def _unpacks_gzip(accepted: str) -> bool:
    """Whether a header names gzip and weighs nothing; weights are the view's business."""
    return "gzip" in accepted and ";" not in accepted
