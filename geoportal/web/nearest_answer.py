"""The body of an answer to ``/nearest``, whichever way the request came in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson

from geoportal.finder.answer import Question, Remark, RemarkCode
from geoportal.finder.feature import Features
from geoportal.finder.find import Found, Ranked, Search, look
from geoportal.site import Site
from geoportal.snapshot.reader import Snapshot
from geoportal.web.remarks import in_all_languages

DEFAULT_LIMIT, MAX_LIMIT = 3, 50
YES, NO = ("true", "1"), ("false", "0")
CACHING = "private, no-store"
ABOUT_THE_QUESTION = frozenset(("swapped", "outside-region", "outside-country", "past", "clock-gap", "clock-twice"))


def answer_body(snapshot: Snapshot, site: Site, question: Question, remarks: tuple[Remark, ...], address: str) -> bytes:
    """The answer as a GeoJSON FeatureCollection; ``next_to_open`` and ``urgent`` are features beside it.

    ``address`` is the public one of the service, ``remarks`` what is already known to be odd about the question.
    """
    return _encode(look(snapshot, site, question, remarks), question, site, address)


def made_from(snapshot: Snapshot, question: Question, address: str) -> str:
    """All that an answer depends on, for its ETag."""
    asked = f"{question.lon} {question.lat} {question.kinds} {question.only_open} {question.limit}"
    return f"{snapshot.id} {asked} {question.at.timestamp()} {address}"


def _encode(found: Found, question: Question, site: Site, address: str) -> bytes:
    about = {
        "at": question.at.isoformat(timespec="seconds"),
        "distance": "vzdušnou čarou",
        "travel": "po silnici" if found.search.travel else None,
        "emergency": site.finder.emergency,
        **_remarks(found.remarks, site.languages),
    }
    lists = (_features(found.search, ranked, address) for ranked in (found.nearest, found.next_to_open, found.urgent))
    return b'{"type":"FeatureCollection",%b,"features":[%b],"next_to_open":[%b],"urgent":[%b]}' % (
        orjson.dumps(about)[1:-1], *lists,
    )  # fmt: skip


def _features(search: Search, ranked: Ranked, address: str) -> bytes:
    features = _encoder(address)
    shown = [(search.seen(number), metres) for number, metres in ranked]
    return b",".join([features.encode(one, metres, search.travel_s(one)) for one, metres in shown])


@lru_cache(maxsize=8)
def _encoder(address: str) -> Features:
    return Features(address)


@lru_cache(maxsize=256)
def _told(code: RemarkCode, values: tuple[tuple[str, Any], ...], languages: tuple[str, ...]) -> dict[str, Any]:
    return in_all_languages(Remark(code, dict(values)), languages)


def _remarks(remarks: tuple[Remark, ...], languages: tuple[str, ...]) -> dict[str, Any]:
    told = [_told(remark.code, tuple(remark.values.items()), languages) for remark in remarks]
    odd = " ".join(one["cs"] for one in told if one["code"] in ABOUT_THE_QUESTION)
    return {**({"remark": odd} if odd else {}), "remarks": told}
