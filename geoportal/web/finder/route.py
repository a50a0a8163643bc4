"""The short way to ``/nearest``, in front of Flask: its answers depend on the time and can't lie ready.

It answers only the plain case: a position, kinds and a limit that are right, at this moment. Everything else, whatever
is wrong above all, is left to the view, which answers the plain case the same way.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from geoportal.errors import GeoportalError
from geoportal.finder.answer import Question
from geoportal.finder.places import places_of
from geoportal.hours.clock import as_prague
from geoportal.web.current import Service
from geoportal.web.finder.answer import CACHING, DEFAULT_LIMIT, MAX_LIMIT, NO, YES, answer_body, made_from
from geoportal.web.links import GEOJSON
from geoportal.web.ready import Application, Headers, StartResponse
from geoportal.web.respond import COMPRESSORS, EVERYWHERE, best_encoding, tag_of

_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,15})?", re.ASCII)
_LIMIT = re.compile(r"[1-9]\d?", re.ASCII)
_HOST = re.compile(r"[a-z0-9.-]{1,120}(?::\d{1,5})?")
_PLAIN = frozenset(("lon", "lat", "kind", "open", "limit"))


class NearestRoute:
    """WSGI middleware over ``app``, which runs ``service``."""

    def __init__(self, app: Application, service: Service) -> None:
        self._app, self._service = app, service

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """The nearest services, or whatever the application answers."""
        plain = environ["PATH_INFO"] == "/nearest" and environ["REQUEST_METHOD"] == "GET"
        found = self._find(environ) if plain and "HTTP_IF_NONE_MATCH" not in environ else None
        if found is None:
            return self._app(environ, start)
        headers, body = found
        start("200 OK", headers)
        return [body]

    def _find(self, environ: dict[str, Any]) -> tuple[Headers, bytes] | None:
        address, site = self._address(environ), self._service.site
        try:
            held = self._service.snapshot()
            choices = places_of(held, site.finder.stale_after_days).choices
        except GeoportalError:
            return None
        question = read_plain(environ.get("QUERY_STRING", ""), choices, dt.datetime.now(dt.UTC))
        if question is None or address is None:
            return None
        body = answer_body(held, site, question, (), address)
        tag = f'"{tag_of(made_from(held, question, address))}"'
        headers = [*EVERYWHERE.items(), ("Content-Type", GEOJSON), ("Cache-Control", CACHING)]
        encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding:
            body, tag = COMPRESSORS[encoding](body), f"W/{tag}"
            headers.append(("Content-Encoding", encoding))
        return [*headers, ("Vary", "Accept-Encoding"), ("ETag", tag), ("Content-Length", str(len(body)))], body

    def _address(self, environ: dict[str, Any]) -> str | None:
        """The public address, or None where it takes more than a look at the headers."""
        if self._service.settings.base_url:
            return self._service.settings.base_url
        host = environ.get("HTTP_HOST", "")
        if environ.get("SCRIPT_NAME") or not _HOST.fullmatch(host) or host.endswith((":80", ":443")):
            return None
        return f"{environ['wsgi.url_scheme']}://{host}"


def read_plain(query: str, choices: Iterable[str], now: dt.datetime) -> Question | None:
    """The question in a query whose parameters are all right and of the plain form, or None."""
    pairs = parse_qsl(query, keep_blank_values=True)
    given = {"limit": str(DEFAULT_LIMIT), "open": NO[0], **dict(pairs)}
    lon, lat, limit, wanted = (given.get(name, "") for name in ("lon", "lat", "limit", "open"))
    kinds = tuple(dict.fromkeys(given["kind"].split(","))) if "kind" in given else ()
    right = (
        len({name for name, _ in pairs}) == len(pairs)
        and given.keys() <= _PLAIN
        and _NUMBER.fullmatch(lon)
        and _NUMBER.fullmatch(lat)
        and abs(float(lon)) <= 180
        and abs(float(lat)) <= 90
        and _LIMIT.fullmatch(limit)
        and int(limit) <= MAX_LIMIT
        and wanted in (*YES, *NO)
        and set(kinds) <= set(choices)
    )
    if not right:
        return None
    return Question(float(lon), float(lat), as_prague(now), kinds, wanted in YES, int(limit))


@lru_cache(maxsize=64)
def _encoding(accepted: str) -> str | None:
    return best_encoding(parse_accept_header(accepted, Accept), COMPRESSORS)
