"""Analyses of indicators: ``/analyzy`` and its pages for people, ``/analyses/…`` with the same answers for programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from flask import Blueprint, Response

from geoportal.analyses.outliers import CONTROLS
from geoportal.errors import AnalysisRefused
from geoportal.site import LEVELS
from geoportal.web.analyses.files import ANSWERS, answer, output_parameters, refused_in_english
from geoportal.web.analyses.page import analysis_page
from geoportal.web.indicators.figures import visit_in
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice_parameter
from geoportal.web.portal.views import open_visit, page
from geoportal.web.screens.analysis import change as analysis_change
from geoportal.web.screens.analysis import neighbours as analysis_neighbours
from geoportal.web.screens.analysis import outliers as analysis_outliers
from geoportal.web.screens.analysis.answer import ROOT, Result, Screen, entries
from geoportal.web.screens.analysis.asked import Asked, carried
from geoportal.web.screens.visit import Visit

blueprint = Blueprint("analyses", __name__)

Question = TypeVar("Question")
CARRIED = ("ukazatel", "uroven", "obdobi")
_INDICATOR = Parameter("indicator", "Id of an indicator.", required=True)
_PERIOD = Parameter("period", "One of the indicator's periods; by default the last.")
_LEVEL = choice_parameter("level", "Level of the territory; by default the finest.", LEVELS)


@blueprint.get(ROOT)
def entrance() -> Response:
    """All analyses, each with its question and method; ``CARRIED`` lead on to them."""
    visit = open_visit(*CARRIED)
    handed = carried(visit)
    table = visit.snapshot.indicators.get(handed.get("ukazatel") or "")
    about = visit.into(table.title) if table else ""
    return page("analyses.html", visit, {"analyses": entries(visit, handed), "carried": about})


@blueprint.get(f"{ROOT}/zmena")
def change_page() -> Response:
    """How an indicator changed between two periods."""
    return _shown("zmena", analysis_change.PARAMETERS, analysis_change.change_screen)


@blueprint.get(analysis_change.ENDPOINT)
@operation("How an indicator changed between two periods, by unit.", "Indicators", ANSWERS, lambda: [
    _INDICATOR,
    _LEVEL,
    Parameter("from", "The first of the two periods; by default the indicator's first."),
    Parameter("to", "The second; by default the indicator's last."),
    choice_parameter("show", "What the picture shows: the difference, or percent of the first value.",
                     analysis_change.SHOWN),
    *output_parameters(),
])  # fmt: skip
def change(given: dict[str, Any]) -> Response:
    """The same for programs."""
    return _answered("zmena", given, analysis_change.question, analysis_change.change_result)


@blueprint.get(f"{ROOT}/sousede")
def neighbours_page() -> Response:
    """A unit among its neighbours."""
    return _shown("sousede", analysis_neighbours.PARAMETERS, analysis_neighbours.neighbours_screen)


@blueprint.get(analysis_neighbours.ENDPOINT)
@operation("A unit among those it shares a border with.", "Indicators", ANSWERS, lambda: [
    _INDICATOR,
    choice_parameter("level", "Level of the unit; by default the finest.", analysis_neighbours.LEVELS_WITH_NEIGHBOURS),
    Parameter("code", "Official code of the unit.", required=True),
    _PERIOD,
    *output_parameters(),
])  # fmt: skip
def neighbours(given: dict[str, Any]) -> Response:
    """The same for programs."""
    return _answered("sousede", given, analysis_neighbours.question, analysis_neighbours.neighbours_result)


@blueprint.get(f"{ROOT}/odlehle")
def outliers_page() -> Response:
    """Where values lie amid similar ones, and where they stand out."""
    return _shown("odlehle", analysis_outliers.PARAMETERS, analysis_outliers.outliers_screen)


@blueprint.get(analysis_outliers.ENDPOINT)
@operation("Local outliers and clusters by local Moran's I.", "Indicators", ANSWERS, lambda: [
    _INDICATOR,
    _LEVEL,
    _PERIOD,
    choice_parameter("control", "How strict the test is: p up to 0.05 or 0.01, or false discoveries up to 5 %.",
                     CONTROLS),
    *output_parameters(),
])  # fmt: skip
def outliers(given: dict[str, Any]) -> Response:
    """The same for programs."""
    return _answered("odlehle", given, analysis_outliers.question, analysis_outliers.outliers_result)


def _shown(name: str, parameters: tuple[str, ...], screen: Callable[[Visit], Screen]) -> Response:
    """The page of an analysis, or one that says why this snapshot can't have it."""
    visit = open_visit(*parameters)
    try:
        held = screen(visit)
    except AnalysisRefused as error:
        held = Screen((), prompt=visit.say("analysis.refused." + error.key, **error.values))
    return analysis_page(visit, name, held)


def _answered(
    name: str,
    given: dict[str, Any],
    question: Callable[[Asked], Question],
    result: Callable[[Visit, Question], Result],
) -> Response:
    """The answer to a program, in the form that it asks for. Raises ``InvalidParameter`` for all that is refused."""
    visit = replace(visit_in(given["lang"]), path=f"{ROOT}/{name}")
    asked = Asked(visit, {key: value for key, value in given.items() if value}, strict=True)
    with refused_in_english():
        return answer(visit, result(visit, question(asked)), given)
