"""Liveness and readiness."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from geoportal.web.current import snapshot
from geoportal.web.operation import operation
from geoportal.web.respond import json_response

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@operation("The process answers.", "Service", {"application/json": "status"})
def alive(given: dict[str, Any]) -> Response:
    """The process answers."""
    return _fresh(json_response({"status": "ok"}))


@blueprint.get("/readyz")
@operation("A snapshot is loaded.", "Service", {"application/json": "status"})
def ready(given: dict[str, Any]) -> Response:
    """A snapshot is loaded; 503 otherwise."""
    return _fresh(json_response({"status": "ok", "snapshot": snapshot().id}))


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
