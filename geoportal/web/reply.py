"""A whole answer that needs no view, and what servers and middleware call each other by (PEP 3333)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_SENT_WITH_304 = frozenset(("etag", "cache-control", "vary", "expires", "content-crs", "access-control-allow-origin"))


class Reply:
    """Status, headers and body; to HEAD the body is left out by whoever sends it."""

    def __init__(self, status: str, headers: Headers, body: bytes = b"", etag: str | None = None) -> None:
        self.status, self.headers, self.body, self.etag = status, headers, body, etag

    @cached_property
    def head(self) -> bytes:
        """Status line and headers as HTTP/1.1 sends them, before the empty line."""
        lines = [f"HTTP/1.1 {self.status}", *[f"{name}: {value}" for name, value in self.headers], ""]
        return "\r\n".join(lines).encode("latin-1")

    @cached_property
    def unchanged(self) -> Reply:
        """The 304 in its place."""
        return Reply("304 Not Modified", headers_of_304(self.headers))

    def to(self, environ: Environ) -> Reply:
        """This, or the 304 for a client that has it."""
        wanted = environ.get("HTTP_IF_NONE_MATCH")
        return self.unchanged if wanted and self.etag and etag_matches(self.etag, wanted) else self


def headers_of_304(headers: Headers) -> Headers:
    """What is sent of an answer's headers to a client that has the answer (RFC 9110, 15.4.5)."""
    return [(name, value) for name, value in headers if name.lower() in _SENT_WITH_304]


def etag_matches(etag: str, wanted: str) -> bool:
    """Whether ``etag`` is among those that a client has, by weak comparison (RFC 9110, 8.8.3.2)."""
    own = etag.removeprefix("W/")
    return any(tag.strip().removeprefix("W/") in (own, "*") for tag in wanted.split(","))
