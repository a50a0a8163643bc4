"""Analyses of indicators: ``/analyzy`` and its pages for people, ``/analyses/…`` with the same answers for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response

from geoportal.analyses.outliers import CONTROLS
from geoportal.errors import AnalysisRefused, FontsMissing, InvalidParameter
from geoportal.figures.typeface import typeface
from geoportal.maps.shell import Shell
from geoportal.site import LEVELS
from geoportal.web import current
from geoportal.web.analyses.files import ANSWERS, TABLES, answer, output_parameters, page_address
from geoportal.web.indicators.citation import Citation, in_words
from geoportal.web.indicators.figures import TYPE_FOLDER, visit_in
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice_parameter
from geoportal.web.portal.views import open_visit, page
from geoportal.web.screens.analysis import change as analysis_change
from geoportal.web.screens.analysis import neighbours as analysis_neighbours
from geoportal.web.screens.analysis import outliers as analysis_outliers
from geoportal.web.screens.analysis.answer import ROOT, Result, Screen, entries, entry
from geoportal.web.screens.analysis.asked import Asked, carried
from geoportal.web.screens.analysis.map import InlineMap, inline_map
from geoportal.web.screens.analysis.table import page_table
from geoportal.web.screens.visit import Visit
from geoportal.web.texts import phrases

blueprint = Blueprint("analyses", __name__)

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
    visit = open_visit(*analysis_change.PARAMETERS)
    return analysis_page(visit, "zmena", _asked(visit, analysis_change.change_screen))


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
    return program(
        given, "zmena", lambda asked: analysis_change.change_result(asked.visit, analysis_change.question(asked))
    )


@blueprint.get(f"{ROOT}/sousede")
def neighbours_page() -> Response:
    """A unit among its neighbours."""
    visit = open_visit(*analysis_neighbours.PARAMETERS)
    return analysis_page(visit, "sousede", _asked(visit, analysis_neighbours.neighbours_screen))


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
    return program(given, "sousede", lambda asked: analysis_neighbours.neighbours_result(
        asked.visit, analysis_neighbours.question(asked)
    ))  # fmt: skip


@blueprint.get(f"{ROOT}/odlehle")
def outliers_page() -> Response:
    """Where values lie amid similar ones, and where they stand out."""
    visit = open_visit(*analysis_outliers.PARAMETERS)
    return analysis_page(visit, "odlehle", _asked(visit, analysis_outliers.outliers_screen))


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
    return program(given, "odlehle", lambda asked: analysis_outliers.outliers_result(
        asked.visit, analysis_outliers.question(asked)
    ))  # fmt: skip


def program(given: dict[str, Any], name: str, answered: Callable[[Asked], Result]) -> Response:
    """The answer to a program, in the form that it asks for. Raises ``InvalidParameter`` for all that is refused."""
    visit = replace(visit_in(given["lang"]), path=f"{ROOT}/{name}")
    asked = Asked(visit, {key: value for key, value in given.items() if value}, strict=True)
    with refused_in_english():
        return answer(visit, answered(asked), given)


@contextmanager
def refused_in_english() -> Iterator[None]:
    """Tells a program in words why an analysis is refused. Raises ``InvalidParameter`` in its place."""
    try:
        yield
    except AnalysisRefused as error:
        raise InvalidParameter(phrases("en")("analysis.refused." + error.key, **error.values)) from None


def _asked(visit: Visit, screen: Callable[[Visit], Screen]) -> Screen:
    """The screen, or the sentence that says why this snapshot can't have one."""
    try:
        return screen(visit)
    except AnalysisRefused as error:
        return Screen((), prompt=visit.say("analysis.refused." + error.key, **error.values))


def analysis_page(
    visit: Visit, name: str, screen: Screen, template: str = "analysis.html", shell: Shell | None = None, **more: Any
) -> Response:
    """The page of the analysis called ``name``; ``more`` is what its own template needs besides."""
    result = screen.result
    content = {
        "analysis": entry(visit, name),
        "fields": screen.fields,
        "prompt": screen.prompt,
        "notices": screen.notices,
        "result": result,
        **(_shown(visit, result) if result else {}),
        **more,
    }
    return page(template, visit, content, shell)


def _shown(visit: Visit, result: Result) -> dict[str, Any]:
    """What a page shows of an answer besides its words."""
    permanent = page_address(visit, result)
    before, _, after = in_words(visit, _citation(visit, result, permanent), "\0").partition("\0")
    pictures = result.files.pictures and result.figure is not None
    return {
        "table": page_table(visit, result.table),
        "map": _map(result),
        "downloads": list(_downloads(visit, result, pictures)),
        "permanent": permanent,
        "share": current.base_url() + _address(visit, result, "png", size="share")[len(visit.root) :]
        if pictures
        else "",
        "cited": (before, after),
    }


def _map(result: Result) -> InlineMap | None:
    """The map of an answer; none without the typeface of its names, since the table says the same."""
    if result.figure is None:
        return None
    try:
        face = typeface(current.settings().home / TYPE_FOLDER)
    except FontsMissing:
        return None
    return inline_map(result.figure, face)


def _downloads(visit: Visit, result: Result, pictures: bool) -> Iterator[tuple[str, str, str]]:
    """Words, address and the name of the file; JSON is opened in the browser."""
    for form in TABLES:
        name = "" if form == "json" else f"{result.files.name}.{form}"
        yield form.upper(), _address(visit, result, form), name
    for form, size in (("png", ""), ("svg", ""), ("pdf", "print")) if pictures else ():
        words = visit.say("picture.download." + form)
        yield words, _address(visit, result, form, size=size), f"{result.files.name}.{form}"


def _address(visit: Visit, result: Result, form: str, **more: str) -> str:
    language = visit.language if visit.language != visit.site.languages[0] else ""
    return visit.address(result.files.path, {**result.files.query, "f": form, "lang": language, **more})


def _citation(visit: Visit, result: Result, address: str) -> Citation:
    held = visit.snapshot.manifest["sources"]
    cards = [held[name] for name in result.cited if name in held]
    return Citation(
        key=result.files.name,
        creators=tuple(dict.fromkeys(card["publisher"] for card in cards)),
        title=result.title,
        publisher=visit.site.publisher.name,
        service=visit.into(visit.site.title),
        date=max((card["date"] for card in cards), default=""),
        url=address,
        licences=", ".join(dict.fromkeys(name for source in result.sources for name, _ in source.licences)),
    )
