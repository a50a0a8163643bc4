"""A table of ready answers in front of the application: what was answered once for a snapshot is sent again as it is.

The views stay the truth behind it. An answer is kept under everything that it may depend on, only if it is public and
whole, and no longer than the snapshot it was made from.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from geoportal.errors import GeoportalError

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

CAPACITY = 48 * 2**20  # bytes held by a worker
LARGEST = 8 * 2**20  # bytes of one answer
FILES = "/static/"  # ready as they lie, and not of a snapshot: they may change while one is served


@dataclass(frozen=True)
class Answer:
    """A whole answer with status 200; ``unchanged`` are the headers of a 304 in its place."""

    headers: Headers
    body: bytes
    etag: str | None
    unchanged: Headers


class ReadyAnswers:
    """WSGI middleware over ``app``; ``snapshot_id`` names the snapshot that answers are made from."""

    def __init__(self, app: Application, snapshot_id: Callable[[], str], capacity: int = CAPACITY) -> None:
        self._app, self._snapshot_id, self._capacity = app, snapshot_id, capacity
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, ...], Answer] = OrderedDict()
        self._bytes = 0
        self._made_from = ""

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """A ready answer where there is one; otherwise the application's, kept if it may be."""
        file = environ["PATH_INFO"].startswith(FILES)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_RANGE" in environ or file:
            return self._app(environ, start)
        try:
            current = self._snapshot_id()
        except GeoportalError:
            return self._app(environ, start)
        if current != self._made_from:
            self._forget(current)
        key = _key(environ)
        answer = self._held.get(key)
        if answer is None:
            return self._ask(environ, start, key, current)
        try:  # noqa: SIM105 - suppress would take a fifth of the time that the table takes for an answer
            self._held.move_to_end(key)
        except KeyError:  # another thread may just have dropped it
            pass
        return _send(answer, environ, start)

    def _ask(
        self, environ: dict[str, Any], start: StartResponse, key: tuple[str, ...], current: str
    ) -> Iterable[bytes]:
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
        answer = _answer(told["headers"], body, names.get("etag"))
        self._keep(key, answer, current)
        return _send(answer, environ, start)

    def _keep(self, key: tuple[str, ...], answer: Answer, made_from: str) -> None:
        with self._lock:
            if made_from != self._made_from or key in self._held:
                return
            self._held[key] = answer
            self._bytes += len(answer.body)
            while self._bytes > self._capacity:
                _, dropped = self._held.popitem(last=False)
                self._bytes -= len(dropped.body)

    def _forget(self, current: str) -> None:
        with self._lock:
            self._held.clear()
            self._bytes = 0
            self._made_from = current


def _key(environ: dict[str, Any]) -> tuple[str, ...]:
    """All of a request that an answer may depend on."""
    get = environ.get
    return (
        environ["PATH_INFO"], get("QUERY_STRING", ""), get("HTTP_ACCEPT", ""), get("HTTP_ACCEPT_ENCODING", ""),
        get("HTTP_HOST", ""), get("wsgi.url_scheme", ""), get("SCRIPT_NAME", ""),
    )  # fmt: skip


_SENT_WITH_304 = frozenset(("etag", "cache-control", "vary", "expires", "content-crs", "access-control-allow-origin"))


def headers_of_304(headers: Headers) -> Headers:
    """What is sent of an answer's headers to a client that has the answer (RFC 9110, 15.4.5)."""
    return [(name, value) for name, value in headers if name.lower() in _SENT_WITH_304]


def _answer(headers: Headers, body: bytes, etag: str | None) -> Answer:
    return Answer(headers, body, etag, headers_of_304(headers))


def _pass_on(
    status: str, headers: Headers, chunks: Iterable[bytes], environ: dict[str, Any], start: StartResponse
) -> Iterable[bytes]:
    """An answer that is not kept."""
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    etag = next((value for name, value in headers if name.lower() == "etag"), None)
    if status.startswith("200") and wanted and etag and etag_matches(etag, wanted):
        start("304 Not Modified", headers_of_304(headers))
        return _without_body(chunks)
    start(status, headers)
    return _without_body(chunks) if environ["REQUEST_METHOD"] == "HEAD" else chunks


def _send(answer: Answer, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    if wanted and answer.etag and etag_matches(answer.etag, wanted):
        start("304 Not Modified", answer.unchanged)
        return []
    start("200 OK", answer.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def etag_matches(etag: str, wanted: str) -> bool:
    """Whether ``etag`` is among those that a client has, by weak comparison (RFC 9110, 8.8.3.2)."""
    own = etag.removeprefix("W/")
    return any(tag.strip().removeprefix("W/") in (own, "*") for tag in wanted.split(","))


def _without_body(chunks: Iterable[bytes]) -> Iterable[bytes]:
    getattr(chunks, "close", lambda: None)()
    return []
