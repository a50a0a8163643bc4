"""A table of ready answers in front of the application: what was answered once for a snapshot is sent again as it is.

The views stay the truth behind it. An answer is kept under everything that it may depend on, only if it is public and
whole, and no longer than the snapshot it was made from.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from geoportal.errors import GeoportalError
from geoportal.web.reply import Application, Environ, Headers, Reply, StartResponse, etag_matches, headers_of_304

CAPACITY = 48 * 2**20  # bytes held by a worker
LARGEST = 8 * 2**20  # bytes of one answer
FILES = "/static/"  # ready as they lie, and not of a snapshot: they may change while one is served

_Key = tuple[str, ...]


class ReadyAnswers:
    """WSGI middleware over ``app``; ``snapshot_id`` names the snapshot that answers are made from."""

    def __init__(self, app: Application, snapshot_id: Callable[[], str], capacity: int = CAPACITY) -> None:
        self._app, self._snapshot_id, self._capacity = app, snapshot_id, capacity
        self._lock = threading.Lock()
        self._held: OrderedDict[_Key, Reply] = OrderedDict()
        self._bytes = 0
        self._made_from = ""

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """The application's answer, kept if it may be."""
        current = self._current(environ)
        return self._app(environ, start) if current is None else self._ask(environ, start, current)

    def find(self, environ: Environ) -> Reply | None:
        """The answer that lies ready, if one does."""
        if self._current(environ) is None:
            return None
        key = _key(environ)
        reply = self._held.get(key)
        if reply is None:
            return None
        try:  # noqa: SIM105 - suppress would take a fifth of the time that the table takes for an answer
            self._held.move_to_end(key)
        except KeyError:  # another thread may just have dropped it
            pass
        return reply.to(environ)

    def _current(self, environ: Environ) -> str | None:
        """The snapshot that an answer may be kept for, or None where none may; what older ones gave is forgotten."""
        file = environ["PATH_INFO"].startswith(FILES)
        if file or environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_RANGE" in environ:
            return None
        try:
            current = self._snapshot_id()
        except GeoportalError:
            return None
        if current != self._made_from:
            self._forget(current)
        return current

    def _ask(self, environ: Environ, start: StartResponse, current: str) -> Iterable[bytes]:
        """Asks the application for the whole answer, whatever the client already has."""
        asked = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        asked["REQUEST_METHOD"] = "GET"
        told: dict[str, Any] = {}

        def note(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
            told.update(status=status, headers=headers)
            return lambda chunk: None

        chunks = self._app(asked, note)
        names = {name.lower(): value for name, value in told["headers"]}
        size = int(names.get("content-length", LARGEST + 1))
        if not told["status"].startswith("200") or "public" not in names.get("cache-control", "") or size > LARGEST:
            return _pass_on(told["status"], told["headers"], chunks, environ, start)
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        kept = Reply("200 OK", told["headers"], body, names.get("etag"))
        self._keep(_key(environ), kept, current)
        reply = kept.to(environ)
        start(reply.status, reply.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [bytes(reply.body)]

    def _keep(self, key: _Key, reply: Reply, made_from: str) -> None:
        with self._lock:
            if made_from != self._made_from or key in self._held:
                return
            self._held[key] = reply
            self._bytes += len(reply.body)
            while self._bytes > self._capacity:
                _, dropped = self._held.popitem(last=False)
                self._bytes -= len(dropped.body)

    def _forget(self, current: str) -> None:
        with self._lock:
            self._held.clear()
            self._bytes = 0
            self._made_from = current


def _key(environ: Environ) -> _Key:
    """All of a request that an answer may depend on."""
    get = environ.get
    return (
        environ["PATH_INFO"], get("QUERY_STRING", ""), get("HTTP_ACCEPT", ""), get("HTTP_ACCEPT_ENCODING", ""),
        get("HTTP_HOST", ""), get("wsgi.url_scheme", ""), get("SCRIPT_NAME", ""),
    )  # fmt: skip


def _pass_on(
    status: str, headers: Headers, chunks: Iterable[bytes], environ: Environ, start: StartResponse
) -> Iterable[bytes]:
    """An answer that is not kept."""
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    etag = next((value for name, value in headers if name.lower() == "etag"), None)
    if status.startswith("200") and wanted and etag and etag_matches(etag, wanted):
        start("304 Not Modified", headers_of_304(headers))
        return _without_body(chunks)
    start(status, headers)
    return _without_body(chunks) if environ["REQUEST_METHOD"] == "HEAD" else chunks


def _without_body(chunks: Iterable[bytes]) -> Iterable[bytes]:
    getattr(chunks, "close", lambda: None)()
    return []
