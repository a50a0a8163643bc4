"""Answers: ETag, caching, compression and CORS in one place."""

from __future__ import annotations

import gzip
from hashlib import blake2b
from typing import Any

import brotli
import orjson
import zstandard
from flask import Response, g, request
from werkzeug.datastructures import Accept

from geoportal.errors import InvalidParameter, alternatives

MAX_AGE = 60  # seconds for which an answer may be reused unasked; a new snapshot is seen after that
FRESH = "private, no-cache"  # of what is open now: it changes with time, so no answer is ever kept ready
EVERYWHERE = {  # headers of every answer
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",  # else scripts of other sites see neither Content-Crs nor Link nor ETag
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
_SMALLEST_COMPRESSED = 500  # bytes; below, the header costs more than it saves
COMPRESSORS = {
    "zstd": lambda body: zstandard.ZstdCompressor(level=3).compress(body),
    "br": lambda body: brotli.compress(body, quality=4),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
_TEXTS = ("application/json", "application/javascript", "application/xml", "application/geo+json-seq")


def json_response(content: Any, media_type: str = "application/json") -> Response:
    """``content`` as JSON."""
    return body_response(orjson.dumps(content), media_type)


def body_response(body: bytes | str, media_type: str, made_from: str | None = None) -> Response:
    """``body`` with an ETag, or 304 where the client has it.

    ``made_from`` names all that the body depends on, where hashing that is cheaper than hashing the body.
    """
    response = Response(body, mimetype=media_type)
    content = response.get_data() if made_from is None else made_from
    response.set_etag(tag_of(content))
    response.make_conditional(request)
    return response


def tag_of(content: bytes | str) -> str:
    """An ETag, without its quotation marks, for ``content`` or for what names it."""
    held = content.encode() if isinstance(content, str) else content
    return blake2b(held, digest_size=9).hexdigest()


def chosen_format(given: str | None, offered: dict[str, str]) -> str:
    """The format by ``f=``, else by ``Accept``; ``offered``: name -> media type, the first is the default."""
    if given is not None:
        if given not in offered:
            raise InvalidParameter(
                f"f={given[:40]!r} is not an output format here; {alternatives(given[:40], offered)}"
            )
        return given
    names = {media_type: name for name, media_type in reversed(offered.items())}
    g.chosen_by_accept = True
    best = request.accept_mimetypes.best_match(list(offered.values()))
    return names[best] if best else next(iter(offered))


def finish(response: Response) -> Response:
    """Adds to every answer what all need: CORS, caching, compression."""
    for name, value in EVERYWHERE.items():
        response.headers.setdefault(name, value)
    response.headers.pop("Date", None)  # of the sending, which servers write; kept answers would tell an old one
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, HEAD, OPTIONS")
        response.headers["Access-Control-Allow-Headers"] = request.headers.get("Access-Control-Request-Headers", "*")
    if response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", f"public, max-age={MAX_AGE}")
    if g.get("chosen_by_accept"):
        response.vary.add("Accept")
    return _compressed(response)


def accepted_encoding(available: Any) -> str | None:
    """The best of ``available`` encodings that the client accepts, or None for plain bytes."""
    return best_encoding(request.accept_encodings, available)


def best_encoding(wanted: Accept, available: Any) -> str | None:
    """The same for a header that was read before."""
    return next((name for name in ("br", "zstd", "gzip") if name in available and wanted[name] > 0), None)


def is_text(media_type: str) -> bool:
    """Whether what has this media type is text, which is worth compressing."""
    kind = media_type.partition(";")[0]
    return kind.startswith("text/") or kind.endswith(("+json", "+xml")) or kind in _TEXTS


def _compressed(response: Response) -> Response:
    if not is_text(response.mimetype or ""):
        return response
    response.vary.add("Accept-Encoding")
    if response.direct_passthrough or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    body = response.get_data()
    encoding = accepted_encoding(COMPRESSORS)
    if encoding is None or len(body) < _SMALLEST_COMPRESSED or response.status_code != 200:
        return response
    response.set_data(COMPRESSORS[encoding](body))
    response.headers["Content-Encoding"] = encoding
    tag, weak = response.get_etag()
    if tag and not weak:  # the bytes differ by encoding, the meaning does not (RFC 9110, 8.8.1)
        response.set_etag(tag, weak=True)
    return response
