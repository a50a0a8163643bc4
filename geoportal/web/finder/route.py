"""The short way to ``/nearest``, in front of Flask: its answers depend on the time and can't lie ready.

It answers only the plain case: a position, kinds and a limit that are right, at this moment. Everything else, whatever
is wrong above all, is left to the view, which answers the plain case the same way.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container
from functools import lru_cache
from urllib.parse import parse_qsl

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from geoportal.errors import GeoportalError
from geoportal.finder.answer import Question
from geoportal.finder.places import places_of
from geoportal.web.current import Service
from geoportal.web.finder.answer import CACHING, DEFAULT_LIMIT, MAX_LIMIT, YES, answer_body, made_from
from geoportal.web.links import GEOJSON
from geoportal.web.reply import Environ, Header, Reply
from geoportal.web.respond import COMPRESSORS, EVERYWHERE, best_encoding, tag_of

_PLAIN = re.compile(
    r"lon=(-?\d{1,3}(?:\.\d{1,15})?)&lat=(-?\d{1,2}(?:\.\d{1,15})?)"
    r"(?:&kind=([^&%+]+))?(?:&limit=([1-9]\d?))?(?:&open=(true|1|false|0))?",
    re.ASCII,
)
_ORDER = ("lon", "lat", "kind", "limit", "open")
_HOST = re.compile(r"[a-z0-9.-]{1,120}(?::\d{1,5})?")


class NearestRoute:
    """Of ``service``."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def find(self, environ: Environ) -> Reply | None:
        """The nearest services, or None for what is left to the view."""
        plain = environ["PATH_INFO"] == "/nearest" and environ["REQUEST_METHOD"] == "GET"
        if not plain or "HTTP_IF_NONE_MATCH" in environ:
            return None
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
        encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding:
            body = COMPRESSORS[encoding](body)
        headers = _headers(held.id, int(question.at.timestamp()), address, encoding)
        return Reply("200 OK", [("Content-Length", str(len(body)))], body, common=headers)

    def _address(self, environ: Environ) -> str | None:
        """The public address, or None where it takes more than a look at the headers."""
        if self._service.settings.base_url:
            return self._service.settings.base_url
        return None if environ.get("SCRIPT_NAME") else _own(environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""))


def read_plain(query: str, choices: Container[str], at: dt.datetime) -> Question | None:
    """The question in a query whose parameters are all right and of the plain form, or None."""
    plain = _PLAIN.fullmatch(query) or _PLAIN.fullmatch(_in_order(query))
    if plain is None:
        return None
    lon, lat, named, limit, wanted = plain.groups()
    kinds = tuple(dict.fromkeys(named.split(","))) if named else ()
    question = Question(float(lon), float(lat), at, kinds, wanted in YES, int(limit or DEFAULT_LIMIT))
    right = abs(question.lon) <= 180 and abs(question.lat) <= 90 and question.limit <= MAX_LIMIT
    return question if right and all(kind in choices for kind in kinds) else None


def _in_order(query: str) -> str:
    """The same query without escapes and in the order of the plain form; nothing where it can't have that."""
    given = parse_qsl(query, keep_blank_values=True)
    values = dict(given)
    if len(values) < len(given) or not values.keys() <= set(_ORDER) or any("&" in value for value in values.values()):
        return ""
    return "&".join([f"{name}={values[name]}" for name in _ORDER if name in values])


@lru_cache(maxsize=64)
def _own(scheme: str, host: str) -> str | None:
    """The address by which a client calls us, or None where that is unusual."""
    return f"{scheme}://{host}" if _HOST.fullmatch(host) and not host.endswith((":80", ":443")) else None


@lru_cache(maxsize=16)
def _headers(snapshot_id: str, second: int, address: str, encoding: str | None) -> tuple[Header, ...]:
    """All headers but the length, which are the same for all answers of a second."""
    tag = f'"{tag_of(made_from(snapshot_id, second, (), address))}"'
    headers = (*EVERYWHERE.items(), ("Content-Type", GEOJSON), ("Cache-Control", CACHING), ("Vary", "Accept-Encoding"))
    if encoding is None:
        return (*headers, ("ETag", tag))
    return (*headers, ("Content-Encoding", encoding), ("ETag", f"W/{tag}"))


@lru_cache(maxsize=64)
def _encoding(accepted: str) -> str | None:
    return best_encoding(parse_accept_header(accepted, Accept), COMPRESSORS)
