"""Files that the pages load, as small as the client can unpack them."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from mimetypes import guess_type
from pathlib import Path

import brotli
from flask import Blueprint, Response, abort, request
from werkzeug.security import safe_join

from geoportal.look import STYLESHEET, dressed
from geoportal.web.current import settings, site
from geoportal.web.respond import MAX_AGE, accepted_encoding, is_text

blueprint = Blueprint("static", __name__)
TWINS = {"br": "br", "gzip": "gz"}  # encoding -> end of the file that static/assets.py has put beside the plain one
LIBRARIES = "vendor/"
LIBRARY_AGE = 3600  # seconds; some libraries are pairs of files that must be of one release, so no longer
TYPES = {".mjs": "text/javascript", ".pbf": "application/x-protobuf", ".woff2": "font/woff2"}  # systems differ in these


@blueprint.get("/static/<path:name>")
def static_file(name: str) -> Response:
    """A file of the pages; a text without a compressed twin is compressed when it is first asked for."""
    inside = safe_join("", name)
    plain = settings().page_file(inside) if inside else None
    if plain is None or not plain.is_file():
        abort(404)
    media_type = TYPES.get(plain.suffix) or guess_type(name)[0] or "application/octet-stream"
    body, encoding = (_content(plain, name), None) if "Range" in request.headers else _smallest(plain, name, media_type)
    response = Response(body, mimetype=media_type)
    response.set_etag(blake2b(body, digest_size=9).hexdigest())
    response.cache_control.max_age = LIBRARY_AGE if name.startswith(LIBRARIES) else MAX_AGE
    response.cache_control.public = True
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.vary.add("Accept-Encoding")
    response.make_conditional(request, accept_ranges=True, complete_length=len(body))
    return response


def _smallest(plain: Path, name: str, media_type: str) -> tuple[bytes, str | None]:
    """The content of a file as small as the client can unpack it, and the encoding that is to be undone."""
    twins = {encoding: twin for encoding, end in TWINS.items() if (twin := Path(f"{plain}.{end}")).is_file()}
    if encoding := accepted_encoding(twins):
        return twins[encoding].read_bytes(), encoding
    body = _content(plain, name)
    return (_packed(body), "br") if is_text(media_type) and accepted_encoding(("br",)) else (body, None)


def _content(plain: Path, name: str) -> bytes:
    """The content of a file, the stylesheet in the colours of the region."""
    return dressed(plain.read_text("utf-8"), site().look).encode() if name == STYLESHEET else plain.read_bytes()


@lru_cache(maxsize=128)
def _packed(body: bytes) -> bytes:
    """``body`` as small as Brotli can make it, a fifth smaller than what is compressed anew for each answer."""
    return brotli.compress(body)
