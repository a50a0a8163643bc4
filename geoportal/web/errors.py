"""One handler for every error: JSON for programs, a page for people."""

from __future__ import annotations

import logging

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from geoportal.errors import GeoportalError
from geoportal.web.embed import frame_ancestors
from geoportal.web.respond import json_response

log = logging.getLogger(__name__)

_LONGEST = 1000  # characters


def register_errors(app: Flask) -> None:
    """Makes ``app`` answer every error in one form."""
    app.register_error_handler(GeoportalError, lambda error: _answer(error.status, error.code, told(error)))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _bug)


def told(error: GeoportalError) -> str:
    """What is wrong, without most of a long value that it may repeat."""
    text = str(error)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # a redirect
        return Response(error.get_response().get_data(), error.code, dict(error.get_response().headers))
    description = f"{request.path} does not exist" if error.code == 404 else str(error.description)
    answer = _answer(error.code, error.name.replace(" ", ""), description)
    told = error.get_response().headers
    for name in ("Allow", "Content-Range"):  # what would have been right
        if name in told:
            answer.headers[name] = told[name]
    return answer


def _bug(error: Exception) -> Response:
    log.exception("unexpected error at %s", request.path)
    return _answer(500, "ServerError", "unexpected error; it was logged")


def _answer(status: int, code: str, description: str) -> Response:
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        response = Response(render_template("error.html", status=status, description=description), mimetype="text/html")
        response.headers["Content-Security-Policy"] = frame_ancestors(request.args.get("embed") == "1")
    else:
        response = json_response({"code": code, "description": description})
    response.status_code = status
    return response
