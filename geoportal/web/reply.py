"""A whole answer that needs no view, and what servers and middleware call each other by (PEP 3333)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

Environ = dict[str, Any]
Header = tuple[str, str]
Headers = list[Header]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_SENT_WITH_304 = frozenset(("etag", "cache-control", "vary", "expires", "content-crs", "access-control-allow-origin"))


class Reply:
    """Status, headers and body; to HEAD the body is left out by whoever sends it.

    ``common`` are the first headers, which many replies share and which are written once for all of them.
    """

    __slots__ = ("_head", "_unchanged", "body", "common", "etag", "own", "status")

    def __init__(
        self,
        status: str,
        own: Headers,
        body: bytes | memoryview = b"",
        etag: str | None = None,
        common: tuple[Header, ...] = (),
    ) -> None:
        self.status, self.common, self.own, self.body, self.etag = status, common, own, body, etag
        self._head: bytes | None = None
        self._unchanged: Reply | None = None

    @property
    def headers(self) -> Headers:
        """All headers, in their order."""
        return [*self.common, *self.own]

    @property
    def head(self) -> bytes:
        """Status line and headers as HTTP/1.1 sends them, before the empty line."""
        if self._head is None:
            own = "".join([f"{name}: {value}\r\n" for name, value in self.own])
            self._head = _first_lines(self.status, self.common) + own.encode("latin-1")
        return self._head

    def to(self, environ: Environ) -> Reply:
        """This, or the 304 for a client that has it."""
        wanted = environ.get("HTTP_IF_NONE_MATCH")
        if not (wanted and self.etag and etag_matches(self.etag, wanted)):
            return self
        if self._unchanged is None:
            self._unchanged = Reply("304 Not Modified", headers_of_304(self.headers))
        return self._unchanged


@lru_cache(maxsize=64)
def _first_lines(status: str, common: tuple[Header, ...]) -> bytes:
    lines = [f"HTTP/1.1 {status}", *[f"{name}: {value}" for name, value in common], ""]
    return "\r\n".join(lines).encode("latin-1")


def headers_of_304(headers: Headers) -> Headers:
    """What is sent of an answer's headers to a client that has the answer (RFC 9110, 15.4.5)."""
    return [(name, value) for name, value in headers if name.lower() in _SENT_WITH_304]


def etag_matches(etag: str, wanted: str) -> bool:
    """Whether ``etag`` is among those that a client has, by weak comparison (RFC 9110, 8.8.3.2)."""
    own = etag.removeprefix("W/")
    return any(tag.strip().removeprefix("W/") in (own, "*") for tag in wanted.split(","))
