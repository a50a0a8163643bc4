"""``/nearest``: the nearest services to a position at a moment, as GeoJSON."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response

from geoportal.errors import InvalidParameter
from geoportal.finder.answer import Question
from geoportal.finder.moment import read_moment
from geoportal.finder.places import places_of
from geoportal.web.current import base_url, site, snapshot
from geoportal.web.finder.answer import CACHING, DEFAULT_LIMIT, MAX_LIMIT, NO, YES, answer_body, made_from
from geoportal.web.links import GEOJSON
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice_parameter, number_parameter, whole_parameter
from geoportal.web.respond import body_response

blueprint = Blueprint("nearest", __name__)


def _parameters() -> list[Parameter]:
    kinds = list(places_of(snapshot(), site().finder.stale_after_days).choices)
    return [
        number_parameter("lon", "Longitude in degrees.", -180, 180, required=True),
        number_parameter("lat", "Latitude in degrees.", -90, 90, required=True),
        Parameter(
            "kind",
            "Kinds of service or their layers, with commas between or repeated; by default all that one can walk into.",
            _kinds,
            {"type": "array", "items": {"type": "string", "enum": kinds}, "minItems": 1},
            many=True,
        ),
        Parameter(
            "at",
            "The moment in ISO 8601; without a zone it is Prague's clock, a date alone is its noon; by default now.",
            schema={"type": "string", "example": "2026-12-24T18:30"},
        ),
        choice_parameter("open", "true: only what is certainly open then.", (*YES, *NO)),
        whole_parameter("limit", "How many services.", 1, MAX_LIMIT, default=DEFAULT_LIMIT),
    ]


@blueprint.get("/nearest")
@operation("The nearest services, open or not.", "Finder", {GEOJSON: "featureCollection"}, _parameters)
def nearest(given: dict[str, Any]) -> Response:
    """The nearest services, the nearest first, and what to do where none of them is open.

    A position is not logged or stored, and the answer is not kept by shared caches.
    """
    moment = read_moment(given["at"], dt.datetime.now(dt.UTC))
    question = Question(
        lon=given["lon"],
        lat=given["lat"],
        at=moment.at,
        kinds=given["kind"] or (),
        only_open=given["open"] in YES,
        limit=given["limit"] or DEFAULT_LIMIT,
    )
    held, address = snapshot(), base_url()
    body = answer_body(held, site(), question, moment.remarks, address)
    second = int(question.at.timestamp())
    response = body_response(body, GEOJSON, made_from(held.id, second, moment.remarks, address))
    response.headers["Cache-Control"] = CACHING
    return response


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    if "" in kinds:
        raise InvalidParameter(f"kind={text[:80]!r} has an empty part; give kinds with commas between")
    return kinds
