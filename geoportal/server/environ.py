"""A request of ASGI as WSGI tells it (PEP 3333)."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from geoportal.web.reply import Environ

Address = tuple[str, int | None]

_OWN_NAMES = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
_SEPARATORS = {"HTTP_COOKIE": "; "}  # RFC 9113, 8.2.3


def environ_over(client: Address | None, server: Address | None, scheme: str) -> Environ:
    """What the environments of all requests of a connection have."""
    host, port = server or ("", None)
    return {
        "SCRIPT_NAME": "",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "REMOTE_ADDR": client[0] if client else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def environ_of(
    connection: Environ, version: str, method: str, path: bytes, query: bytes, headers: Iterable[tuple[bytes, bytes]]
) -> Environ:
    """The environment of a request without its input; ``path`` as it was sent.

    Headers with an underscore in their name are left out: they could be taken for others.
    """
    environ = connection.copy()
    environ["REQUEST_METHOD"] = method
    environ["PATH_INFO"] = (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1")
    environ["QUERY_STRING"] = query.decode("latin-1")
    environ["SERVER_PROTOCOL"] = f"HTTP/{version}"
    for header, sent in headers:
        name, value = _name(header), sent.decode("latin-1")
        if name in environ:
            value = f"{environ[name]}{_SEPARATORS.get(name, ',')}{value}"
        if name:
            environ[name] = value
    return environ


@lru_cache(maxsize=256)
def _name(header: bytes) -> str:
    if b"_" in header:
        return ""
    return _OWN_NAMES.get(header.lower()) or f"HTTP_{header.decode('latin-1').upper().replace('-', '_')}"
