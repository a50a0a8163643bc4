"""A request of ASGI as WSGI tells it (PEP 3333)."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

from geoportal.web.reply import Environ

_OWN_NAMES = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
_SEPARATORS = {"HTTP_COOKIE": "; "}  # RFC 9113, 8.2.3


def environ_of(scope: dict[str, Any], method: str, path: bytes, query: bytes) -> Environ:
    """The environment of a request without its input; ``path`` as it was sent.

    Headers with an underscore in their name are left out: they could be taken for others.
    """
    client, server = scope["client"] or ("", 0), scope["server"] or ("", None)
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for header, sent in scope["headers"]:
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
    return _OWN_NAMES.get(header) or f"HTTP_{header.decode('latin-1').upper().replace('-', '_')}"
