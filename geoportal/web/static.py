"""Files that the pages load, as small as the client can unpack them."""

from __future__ import annotations

from hashlib import blake2b
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Response, abort, request
from werkzeug.security import safe_join

from geoportal.web.current import settings
from geoportal.web.respond import MAX_AGE, accepted_encoding

blueprint = Blueprint("static", __name__)
TWINS = {"br": "br", "gzip": "gz"}  # encoding -> end of the file that static/assets.py has put beside the plain one
LIBRARIES = "vendor/"
LIBRARY_AGE = 3600  # seconds; some libraries are pairs of files that must be of one release, so no longer
TYPES = {".mjs": "text/javascript", ".pbf": "application/x-protobuf", ".woff2": "font/woff2"}  # systems differ in these


@blueprint.get("/static/<path:name>")
def static_file(name: str) -> Response:
    """A file of the pages; a text without a compressed twin is compressed on its way."""
    found = safe_join(str(settings().home / "static"), name)
    if found is None or not Path(found).is_file():
        abort(404)
    plain = Path(found)
    twins = {encoding: twin for encoding, end in TWINS.items() if (twin := Path(f"{plain}.{end}")).is_file()}
    encoding = accepted_encoding(twins) if "Range" not in request.headers else None
    body = (twins[encoding] if encoding else plain).read_bytes()
    response = Response(body, mimetype=TYPES.get(plain.suffix) or guess_type(name)[0])
    response.set_etag(blake2b(body, digest_size=9).hexdigest())
    response.cache_control.max_age = LIBRARY_AGE if name.startswith(LIBRARIES) else MAX_AGE
    response.cache_control.public = True
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if twins:
        response.vary.add("Accept-Encoding")
    response.make_conditional(request, accept_ranges=True, complete_length=len(body))
    return response
