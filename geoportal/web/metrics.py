"""``/metrics``: the text that Prometheus reads. Nothing in it is about a person or a place that somebody asked for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app

from geoportal.errors import NoSnapshot
from geoportal.web import current
from geoportal.web.operation import operation

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
@operation("Counts for a monitoring system.", "Service", {"text/plain": None})
def metrics(given: dict[str, Any]) -> Response:
    """The state of the service in the text format of Prometheus; without a snapshot it says so.

    The library is loaded here, since few ask and a start should be short.
    """
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    from geoportal.metrics.state import State

    try:
        served = current.snapshot()
    except NoSnapshot:
        served = None
    registry = CollectorRegistry()
    registry.register(State(current_app.extensions["geoportal.counters"], current.settings(), served))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})
