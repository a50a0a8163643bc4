"""The short way to a tile, in front of Flask: most requests of a map are tiles, and each is a slice of a file.

It answers only the plain case: a tile of the pyramid, asked for by its own address, by a client that unpacks gzip.
Everything else is left to the view, which answers the plain case the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from geoportal.errors import GeoportalError
from geoportal.snapshot.reader import Snapshot
from geoportal.web.ready import Application, StartResponse, etag_matches, headers_of_304
from geoportal.web.tiles.answer import TileAnswer, address, answer

_PREFIX, _SUFFIX = "/tiles/", ".mvt"


class TileRoute:
    """WSGI middleware over ``app``; ``snapshot`` gives the one that is served."""

    def __init__(self, app: Application, snapshot: Callable[[], Snapshot]) -> None:
        self._app, self._snapshot = app, snapshot

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """The tile, or whatever the application answers."""
        path: str = environ["PATH_INFO"]
        if not (path.startswith(_PREFIX) and path.endswith(_SUFFIX)):
            return self._app(environ, start)
        found = self._find(path, environ)
        return self._app(environ, start) if found is None else _send(found, environ, start)

    def _find(self, path: str, environ: dict[str, Any]) -> TileAnswer | None:
        parts = path[len(_PREFIX) : -len(_SUFFIX)].split("/")
        query = environ.get("QUERY_STRING", "")
        version = query.removeprefix("v=")
        plain = (
            len(parts) == 4
            and environ["REQUEST_METHOD"] in ("GET", "HEAD")
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
        return answer(tileset, *place, version=version, snapshot_id=snapshot.id, compressed=True)


def _unpacks_gzip(accepted: str) -> bool:
    """Whether a header names gzip and weighs nothing; weights are the view's business."""
    return "gzip" in accepted and ";" not in accepted


def _send(found: TileAnswer, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    if wanted and found.body and etag_matches(found.etag, wanted):
        start("304 Not Modified", headers_of_304(found.headers))
        return []
    start(found.status, found.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" or not found.body else [found.body]
