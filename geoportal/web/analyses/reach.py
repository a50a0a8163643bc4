"""``/analyzy/dostupnost`` for people and ``/analyses/reach`` for programs: who has an open service within reach."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response

from geoportal.analyses.reach import reach
from geoportal.finder.places import places_of
from geoportal.site import LEVELS
from geoportal.web.analyses.files import ANSWERS, answer, output_parameters, refused_in_english
from geoportal.web.analyses.page import analysis_page
from geoportal.web.current import site, snapshot
from geoportal.web.indicators.figures import visit_in
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice_parameter
from geoportal.web.portal.views import open_visit
from geoportal.web.screens.analysis.reach import ENDPOINT, PARAMETERS, PATH, SEVERAL, reach_result, reach_screen
from geoportal.web.screens.analysis.reach_asked import MOST, PROGRAM, UNITS, USUAL, read_question
from geoportal.web.screens.finder.kinds import EVERYTHING

blueprint = Blueprint("analyses_reach", __name__)

CACHING = "no-cache"  # the answer to a moment that is not named changes with the clock, and so do remarks on any moment


@blueprint.get(PATH)
def reach_page() -> Response:
    """How many inhabitants have an open service within reach."""
    visit = open_visit(*PARAMETERS, several=SEVERAL)
    screen, more = reach_screen(visit, dt.datetime.now(dt.UTC))
    response = analysis_page(visit, "dostupnost", screen, "analysis_reach.html", **more)
    response.headers["Cache-Control"] = CACHING
    response.status_code = response.status_code if screen.result else 400
    return response


def _parameters() -> list[Parameter]:
    kinds = [*places_of(snapshot(), site().finder.stale_after_days).choices, EVERYTHING]
    most = "at most " + ", ".join(f"{MOST[way]:g} {UNITS[way]} for {name}" for name, way in PROGRAM.ways.items())
    usual = f"by default {USUAL['air']:g} km or {USUAL['road']:g} min"
    limit = {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": max(MOST.values())}
    return [
        Parameter(
            PROGRAM.kind,
            f"Kinds of service or layers, with commas between or repeated; {EVERYTHING}: all that one can walk into.",
            schema={"type": "array", "items": {"type": "string", "enum": kinds}, "minItems": 1},
            many=True,
        ),
        Parameter(
            PROGRAM.at,
            "The moment in ISO 8601; without a zone it is Prague's clock; by default the next Sunday at 20:00.",
            schema={"type": "string", "example": "2026-12-24T18:30"},
        ),
        choice_parameter(
            PROGRAM.way,
            "air: km as the crow flies; road-km: km of the shortest way; road: minutes by car.",
            PROGRAM.ways,
        ),
        Parameter(PROGRAM.limit, f"How far is within reach, in kilometres or minutes; {usual}, {most}.", schema=limit),
        choice_parameter(PROGRAM.level, "Level of the territory; by default orp.", LEVELS),
        Parameter(PROGRAM.people, "Id of an indicator that counts people; by default all inhabitants."),
        *output_parameters(),
    ]


@blueprint.get(ENDPOINT)
@operation(
    "Share of inhabitants with an open service within reach, by unit.", "Indicators", ANSWERS, _parameters, name="reach"
)
def reached(given: dict[str, Any]) -> Response:
    """The same for programs. Nobody's hours are guessed: a service without hours is never open."""
    visit = replace(visit_in(given["lang"]), path=PATH)
    with refused_in_english():
        asked = read_question(visit, given, PROGRAM, dt.datetime.now(dt.UTC))
    response = answer(visit, reach_result(visit, asked, reach(visit.snapshot, visit.site, asked.question)), given)
    response.headers["Cache-Control"] = CACHING
    return response
