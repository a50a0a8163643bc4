"""The body of an answer to ``/nearest``, whichever way the request came in."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import orjson

from geoportal.finder.answer import Question, Remark
from geoportal.finder.feature import Features
from geoportal.finder.find import Found, Ranked, Search, look
from geoportal.hours.clock import PRAGUE
from geoportal.site import Site
from geoportal.snapshot.reader import Snapshot
from geoportal.web.finder.remarks import in_all_languages

Told = tuple[tuple[Any, ...], ...]  # remarks: the code, then pairs of name and value

DEFAULT_LIMIT, MAX_LIMIT = 3, 50
YES, NO = ("true", "1"), ("false", "0")
CACHING = "private, no-store"
ABOUT_THE_QUESTION = frozenset(("swapped", "outside-region", "outside-country", "past", "clock-gap", "clock-twice"))


def answer_body(snapshot: Snapshot, site: Site, question: Question, remarks: tuple[Remark, ...], address: str) -> bytes:
    """The answer as a GeoJSON FeatureCollection; ``next_to_open`` and ``urgent`` are features beside it.

    ``address`` is the public one of the service, ``remarks`` what is already known to be odd about the question.
    """
    return _encode(look(snapshot, site, question, remarks), site, address)


def made_from(snapshot: Snapshot, question: Question, address: str) -> str:
    """All that an answer depends on, for its ETag."""
    asked = f"{question.lon} {question.lat} {question.kinds} {question.only_open} {question.limit}"
    return f"{snapshot.id} {asked} {question.at.timestamp()} {address}"


def _encode(found: Found, site: Site, address: str) -> bytes:
    search = found.search
    remarks = tuple([(remark.code, *remark.values.items()) for remark in found.remarks])
    about = _about(remarks, search.travel is not None, site.finder.emergency, site.spoken)
    lists = [_features(search, ranked, address) for ranked in (found.nearest, found.next_to_open, found.urgent)]
    return b'{"type":"FeatureCollection","at":"%b",%b,"features":[%b],"next_to_open":[%b],"urgent":[%b]}' % (
        _time(int(search.posix)), about, *lists,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _time(posix: int) -> bytes:
    return dt.datetime.fromtimestamp(posix, PRAGUE).isoformat().encode()


@lru_cache(maxsize=256)
def _about(remarks: Told, by_road: bool, emergency: tuple[str, ...], languages: tuple[str, ...]) -> bytes:
    """What an answer says of itself besides its time, as members of a JSON object."""
    told = [in_all_languages(Remark(code, dict(values)), languages) for code, *values in remarks]
    odd = " ".join(one["cs"] for one in told if one["code"] in ABOUT_THE_QUESTION)
    about = {"distance": "vzdušnou čarou", "travel": "po silnici" if by_road else None, "emergency": emergency}
    return orjson.dumps({**about, **({"remark": odd} if odd else {}), "remarks": told})[1:-1]


def _features(search: Search, ranked: Ranked, address: str) -> bytes:
    encode, seen, posix = _encoder(address).encode, search.places.seen, search.posix
    shown = [(seen(number, posix), metres) for number, metres in ranked]
    return b",".join([encode(one, metres, search.travel_s(one)) for one, metres in shown])


@lru_cache(maxsize=8)
def _encoder(address: str) -> Features:
    return Features(address)
