"""Liveness and readiness."""

from __future__ import annotations

from flask import Blueprint, Response

from geoportal.web.current import snapshot
from geoportal.web.respond import json_response

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return _fresh(json_response({"status": "ok"}))


@blueprint.get("/readyz")
def ready() -> Response:
    """A snapshot is loaded; 503 otherwise."""
    return _fresh(json_response({"status": "ok", "snapshot": snapshot().id}))


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
