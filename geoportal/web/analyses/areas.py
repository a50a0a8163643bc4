"""``/analyzy/oblast`` for people and ``/analyses/area`` for programs: what lies in an area."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from geoportal.analyses.areas import content_of
from geoportal.analyses.drawn import MOST_CHARACTERS, MOST_RADIUS_KM, MOST_VERTICES
from geoportal.errors import InvalidParameter
from geoportal.web.analyses.files import ANSWERS, answer, output_parameters, refused_in_english
from geoportal.web.analyses.page import analysis_page
from geoportal.web.indicators.figures import visit_in
from geoportal.web.operation import operation
from geoportal.web.params import Parameter
from geoportal.web.portal.views import open_visit
from geoportal.web.screens.analysis.areas import ENDPOINT, PARAMETERS, PATH, areas_result, areas_screen
from geoportal.web.screens.analysis.areas_asked import POINT, USUAL_KM, asked_of_program
from geoportal.web.screens.visit import Visit

blueprint = Blueprint("analyses_areas", __name__)

SECRET = "private, no-store"  # noqa: S105 - of an answer to a position, which may be somebody's own
AREA = Parameter(
    "area",
    "The area in degrees, longitude first: corners as lon,lat with semicolons between, WKT, or GeoJSON (a Polygon, a "
    f"MultiPolygon or a feature); at most {MOST_VERTICES} vertices.",
)


@blueprint.get(PATH)
def areas_page() -> Response:
    """What lies in an area, or around a place."""
    visit = open_visit(*PARAMETERS)
    screen, more, shell = areas_screen(visit)
    response = analysis_page(visit, "oblast", screen, "analysis_areas.html", shell=shell, **more)
    response.status_code = 400 if more["refused"] else response.status_code
    if POINT in visit.args:
        response.headers["Cache-Control"] = SECRET
    return response


def _parameters() -> list[Parameter]:
    radius = {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": MOST_RADIUS_KM}
    return [
        AREA,
        Parameter(
            "lon", "Longitude of the middle, in degrees.", schema={"type": "number", "minimum": -180, "maximum": 180}
        ),
        Parameter(
            "lat", "Latitude of the middle, in degrees.", schema={"type": "number", "minimum": -90, "maximum": 90}
        ),
        Parameter("radius", f"Radius in kilometres; by default {USUAL_KM:g}.", schema=radius),
        *output_parameters(),
    ]


@blueprint.get(ENDPOINT)
@operation("Sums of indicators and points in an area.", "Indicators", ANSWERS, _parameters, name="area")
def area(given: dict[str, Any]) -> Response:
    """Counts are shared out by the area of each obec, points are counted one by one."""
    response = _answered(given)
    if given["lon"] is not None:
        response.headers["Cache-Control"] = SECRET
    return response


@blueprint.post(ENDPOINT)
@operation(
    "The same for an area too long for an address: in the field 'area', or as the body itself.",
    "Indicators",
    ANSWERS,
    output_parameters,
    name="areaSent",
    statuses={"413": "The area is longer than what is taken."},
    body=(AREA,),
)
def area_sent(given: dict[str, Any]) -> Response:
    """The same for an area in a form, or in a body of GeoJSON or WKT. Nothing of it is kept."""
    response = _answered({**given, "area": _sent()})
    response.headers["Cache-Control"] = "no-store"
    return response


def _answered(given: dict[str, Any]) -> Response:
    visit = _visit(given)
    with refused_in_english():
        asked = asked_of_program(visit, given)
    assert asked.area is not None  # a program is refused without one
    return answer(visit, areas_result(visit, asked, asked.area, content_of(visit.snapshot, asked.area)), given)


def _visit(given: dict[str, Any]) -> Visit:
    return replace(visit_in(given["lang"]), path=PATH)


def _sent() -> str:
    """The area in the request. Raises ``InvalidParameter``."""
    request.max_content_length = request.max_form_memory_size = 2 * MOST_CHARACTERS
    if request.mimetype in ("multipart/form-data", "application/x-www-form-urlencoded"):
        unknown = sorted({*request.form, *request.files} - {AREA.name})
        if unknown or len(request.form.getlist(AREA.name)) != 1:
            raise InvalidParameter(f"the form must have the one field 'area'; it has {', '.join(unknown) or 'none'}")
        return request.form[AREA.name]
    try:
        return request.get_data().decode()
    except UnicodeDecodeError:
        raise InvalidParameter("the body is not text in UTF-8; send GeoJSON or WKT") from None
