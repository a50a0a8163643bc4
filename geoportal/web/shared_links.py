"""Links as others send them on: what they add to addresses is dropped, and who makes previews gets the page.

A link sent through Facebook comes back with ``fbclid``; a reader must not meet "unknown parameter" for it, and nothing
here wants to know where they came from. Who asks for data has an address of their own making: there unknown parameters
are refused, these among them.

The robots that fetch the title and picture of a link take anything (``*/*``), as programs do, who get data for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from geoportal.web.reply import Application, Environ, Headers, Reply, StartResponse

_NAMES = (
    "utm_[a-z_]+", "mtm_[a-z_]+", "pk_(?:campaign|kwd|source|medium|content)", "fbclid", "gclid", "dclid", "gbraid",
    "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok",
    "sznclid", "sznaiid", "_ga", "_gl",
)  # fmt: skip
_ADDED = re.compile(rf"(?:^|&)(?:{'|'.join(_NAMES)})=[^&]*", re.ASCII)
_ANYTHING = ("", "*/*")
_PREVIEWS = re.compile(
    r"facebookexternalhit|Facebot|Twitterbot|LinkedInBot|WhatsApp|TelegramBot|Slackbot|Discordbot|Mastodon|SkypeUriPreview",
    re.ASCII,
)


class SharedLinks:
    """WSGI middleware over ``app``; ``ready`` finds what lies ready for a request."""

    def __init__(self, app: Application, ready: Callable[[Environ], Reply | None]) -> None:
        self._app, self._ready = app, ready

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """The application's answer to what was meant."""
        _drop_added(environ)
        if not _makes_preview(environ):
            return self._app(environ, start)
        environ["HTTP_ACCEPT"] = "text/html"
        return self._app(environ, _varying(start))

    def find(self, environ: Environ) -> Reply | None:
        """What lies ready for what was meant."""
        _drop_added(environ)
        return None if _makes_preview(environ) else self._ready(environ)


def _drop_added(environ: Environ) -> None:
    query, accepted = environ.get("QUERY_STRING"), environ.get("HTTP_ACCEPT", "")
    if query and (accepted in _ANYTHING or "text/html" in accepted):
        environ["QUERY_STRING"] = _ADDED.sub("", query).removeprefix("&")


def _makes_preview(environ: Environ) -> bool:
    anything = environ.get("HTTP_ACCEPT", "") in _ANYTHING
    return anything and _PREVIEWS.search(environ.get("HTTP_USER_AGENT", "")) is not None


def _varying(start: StartResponse) -> StartResponse:
    """``start`` for an answer that no cache may give to a program."""

    def begin(status: str, headers: Headers, exc_info: Any = None) -> Any:
        return start(status, [*headers, ("Vary", "User-Agent")], exc_info)

    return begin
