"""What social networks, newsletters and advertisements add to the addresses of pages, dropped before anybody reads it.

A link sent through Facebook comes back with ``fbclid``; a reader must not meet "unknown parameter" for it, and nothing
here wants to know where they came from. Who asks for data has an address of their own making: there unknown parameters
are refused, these among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from geoportal.web.ready import Application, StartResponse

_NAMES = (
    "utm_[a-z_]+", "mtm_[a-z_]+", "pk_(?:campaign|kwd|source|medium|content)", "fbclid", "gclid", "dclid", "gbraid",
    "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok",
    "sznclid", "sznaiid", "_ga", "_gl",
)  # fmt: skip
_ADDED = re.compile(rf"(?:^|&)(?:{'|'.join(_NAMES)})=[^&]*", re.ASCII)
_READERS = ("", "*/*")  # previews of links ask for anything


class WithoutTracking:
    """WSGI middleware over ``app``."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """The application's answer to the address as it was before others added to it."""
        query = environ.get("QUERY_STRING", "")
        if query and _is_for_people(environ.get("HTTP_ACCEPT", "")):
            environ["QUERY_STRING"] = _ADDED.sub("", query).removeprefix("&")
        return self._app(environ, start)


def _is_for_people(accepted: str) -> bool:
    return accepted in _READERS or "text/html" in accepted
