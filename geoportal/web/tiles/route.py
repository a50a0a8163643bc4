"""The short way to a tile, in front of Flask: most requests of a map are tiles, and each is a slice of a file.

It answers only the plain case: a tile of the pyramid, asked for by its own address, by a client that unpacks gzip.
Everything else is left to the view, which answers the plain case the same way.
"""

from __future__ import annotations

from collections.abc import Callable

from geoportal.errors import GeoportalError
from geoportal.snapshot.reader import Snapshot
from geoportal.web.reply import Environ, Reply
from geoportal.web.tiles.answer import address, answer

_PREFIX, _SUFFIX = "/tiles/", ".mvt"


class TileRoute:
    """``snapshot`` gives the one that is served."""

    def __init__(self, snapshot: Callable[[], Snapshot]) -> None:
        self._snapshot = snapshot

    def find(self, environ: Environ) -> Reply | None:
        """The tile, or None for what is left to the view."""
        path: str = environ["PATH_INFO"]
        if not (path.startswith(_PREFIX) and path.endswith(_SUFFIX)):
            return None
        parts = path[len(_PREFIX) : -len(_SUFFIX)].split("/")
        query = environ.get("QUERY_STRING", "")
        version = query.removeprefix("v=")
        plain = (
            len(parts) == 4
            and (not query or (version != query and version.isalnum()))
            and _unpacks_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        )
        if not plain:
            return None
        try:
            snapshot = self._snapshot()
            tileset = snapshot.tilesets[parts[0]]
            place = address(tileset, *parts[1:])
        except (GeoportalError, KeyError):
            return None
        return answer(tileset, *place, version=version, snapshot_id=snapshot.id, compressed=True).to(environ)


def _unpacks_gzip(accepted: str) -> bool:
    """Whether a header names gzip and weighs nothing; weights are the view's business."""
    return "gzip" in accepted and ";" not in accepted
