"""The body of an answer to ``/nearest``, whichever way the request came in."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import orjson

from geoportal.finder.answer import Question, Remark
from geoportal.finder.board import Board, Halves
from geoportal.finder.feature import encode_halves, encode_way
from geoportal.finder.find import Found, Search, look
from geoportal.finder.nearest import Ranked
from geoportal.hours.clock import PRAGUE
from geoportal.site import Site
from geoportal.snapshot.reader import Snapshot
from geoportal.web.finder.remarks import in_all_languages

DEFAULT_LIMIT, MAX_LIMIT = 3, 50
YES, NO = ("true", "1"), ("false", "0")
CACHING = "private, no-store"
ADDRESSES = 8  # public ones; without GEOPORTAL_BASE_URL any that clients call us by
ABOUT_THE_QUESTION = frozenset(("swapped", "outside-region", "outside-country", "past", "clock-gap", "clock-twice"))


def answer_body(snapshot: Snapshot, site: Site, question: Question, remarks: tuple[Remark, ...], address: str) -> bytes:
    """The answer as a GeoJSON FeatureCollection; ``next_to_open`` and ``urgent`` are features beside it.

    ``address`` is the public one of the service, ``remarks`` what is already known to be odd about the question.
    """
    return _encode(look(snapshot, site, question, remarks), site, address)


def made_from(snapshot_id: str, second: int, remarks: tuple[Remark, ...], address: str) -> str:
    """All that an answer at a POSIX time depends on besides its own address, for its ETag.

    ``remarks`` are those on the question, ``address`` is the public one of the service.
    """
    return f"{snapshot_id} {second} {[remark.code for remark in remarks]} {address}"


def _encode(found: Found, site: Site, address: str) -> bytes:
    search = found.search
    keep = not any(remark.tells_position for remark in found.remarks)
    about = (_about if keep else _about.__wrapped__)(
        found.remarks, search.travel is not None, site.finder.emergency, site.spoken
    )
    encoded = _encoded(search.board, address)
    parts = [b'{"type":"FeatureCollection","at":"', _time(int(search.posix)), b'",', about, b',"features":[']
    _add_features(parts, search, found.nearest, encoded, address)
    parts.append(b'],"next_to_open":[')
    _add_features(parts, search, found.next_to_open, encoded, address)
    parts.append(b'],"urgent":[')
    _add_features(parts, search, found.urgent, encoded, address)
    parts.append(b"]}")
    return b"".join(parts)


@lru_cache(maxsize=64)
def _time(posix: int) -> bytes:
    return dt.datetime.fromtimestamp(posix, PRAGUE).isoformat().encode()


@lru_cache(maxsize=256)
def _about(remarks: tuple[Remark, ...], by_road: bool, emergency: tuple[str, ...], languages: tuple[str, ...]) -> bytes:
    """What an answer says of itself besides its time, as members of a JSON object."""
    told = [in_all_languages(remark, languages) for remark in remarks]
    odd = " ".join(one["cs"] for one in told if one["code"] in ABOUT_THE_QUESTION)
    about = {"distance": "vzdušnou čarou", "travel": "po silnici" if by_road else None, "emergency": emergency}
    return orjson.dumps({**about, **({"remark": odd} if odd else {}), "remarks": told})[1:-1]


def _encoded(board: Board, address: str) -> dict[int, Halves]:
    """What was encoded while ``board`` holds, for a public address."""
    held = board.encoded.get(address)
    if held is None:
        if len(board.encoded) >= ADDRESSES:
            board.encoded.clear()
        held = board.encoded[address] = {}
    return held


def _add_features(parts: list[bytes], search: Search, ranked: Ranked, encoded: dict[int, Halves], address: str) -> None:
    """Adds the features of ``ranked`` with commas between."""
    comma = b""
    for metres, number in ranked:
        halves = encoded.get(number)
        if halves is None:
            halves = encoded[number] = encode_halves(search.places.shown(number, search.board), address)
        before, behind = halves
        parts += comma, before, encode_way(metres, search.travel_s(number, metres)), behind
        comma = b","
