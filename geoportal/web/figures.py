"""Pictures of an indicator's map, made on the server: equal bytes for an equal question to an equal snapshot."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response

from geoportal.atlas.classes import SCHEMES, Scheme
from geoportal.atlas.palette import MOST, PALETTES
from geoportal.errors import InvalidParameter, NotFound, alternatives
from geoportal.figures.drawing import Drawing
from geoportal.figures.figure import compose
from geoportal.figures.look import SIZES, Size
from geoportal.figures.pdf import to_pdf
from geoportal.figures.png import to_png
from geoportal.figures.svg import to_svg
from geoportal.figures.typeface import Typeface, typeface
from geoportal.site import LEVELS
from geoportal.web import current
from geoportal.web.indicators import get_indicator
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice, choice_parameter, whole_parameter
from geoportal.web.respond import body_response
from geoportal.web.screens.atlas_choice import SCHEMES as NAMED_SCHEMES
from geoportal.web.screens.atlas_choice import Choice
from geoportal.web.screens.picture import captions, legend, subject
from geoportal.web.screens.visit import Visit
from geoportal.web.texts import phrases

blueprint = Blueprint("figures", __name__)

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
TYPE_FOLDER = "static/vendor/source-sans-3"
OWN = "own"
PAGE = "/mapa/indikatory"
LANGUAGES = ("cs", "en")

WHICH = [
    choice_parameter("level", "Level of the territory; by default the finest.", LEVELS),
    Parameter("period", "One of the indicator's periods; by default the last."),
    choice_parameter("lang", "Language of the words; by default the site's first.", LANGUAGES),
]


def _breaks(text: str) -> tuple[float, ...]:
    """Inner edges of classes, ascending."""
    parts = text.split(",")
    try:
        edges = tuple(sorted({float(part) for part in parts}))
    except ValueError:
        edges = (math.nan,)
    if len(parts) < MOST and all(map(math.isfinite, edges)):
        return edges
    raise InvalidParameter(f"breaks={text[:60]!r} is not a list of at most {MOST - 1} numbers, such as 2.5,5,10")


_DRAWN = [
    *WHICH,
    choice_parameter("scheme", "How values are put into classes; by default quantiles that part at zero.", SCHEMES),
    whole_parameter("classes", "How many classes; 5 by default.", 2, MOST),
    Parameter("breaks", "Inner edges of the classes, separated by commas; in place of scheme and classes.", _breaks),
    choice_parameter("palette", "Colours; by default those that the classes ask for.", PALETTES),
    choice_parameter("fixed", "1: the classes are those of all periods together.", ("0", "1")),
    choice_parameter("size", "The picture's size and shape.", SIZES),
]


@blueprint.get("/indicators/<indicator_id>/map.<ext>")
@operation("A finished map with legend and source.", "Indicators", dict.fromkeys(TYPES.values()), _DRAWN)
def picture(indicator_id: str, ext: str, given: dict[str, Any]) -> Response:
    """The map of an indicator as SVG, PNG or PDF. Raises ``NotFound`` for another form of picture."""
    if ext not in TYPES:
        raise NotFound(f"'{ext[:20]}' is not a form of picture; {alternatives(ext[:20], TYPES)}")
    visit, chosen = visit_in(given["lang"]), chosen_map(indicator_id, given)
    size, face = SIZES[given["size"] or "default"], typeface(current.settings().home / TYPE_FOLDER)
    words = captions(visit, chosen, page_address(chosen, visit.language))
    drawing = compose(subject(visit, chosen), legend(visit, chosen), words, size, face)
    response = body_response(_written(drawing, ext, size, face), TYPES[ext])
    name = f"{chosen.table.id}-{chosen.level}-{chosen.period}.{ext}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _written(drawing: Drawing, ext: str, size: Size, face: Typeface) -> bytes:
    match ext:
        case "svg":
            return to_svg(drawing, face.web, *size.paper).encode()
        case "png":
            return to_png(drawing, face, size.dots)
        case _:
            return to_pdf(drawing, face, current.site().publisher.name)


def chosen_map(indicator_id: str, given: dict[str, Any]) -> Choice:
    """What the parameters ask for. Raises ``NotFound`` and ``InvalidParameter`` with what there is."""
    table = get_indicator(indicator_id)
    level = choice("level", table.levels)(given["level"] or table.levels[0])
    period = choice("period", table.periods(level))(given["period"] or table.periods(level)[-1])
    return Choice(
        table=table,
        level=level,
        period=period,
        order="",
        scheme=_scheme(given.get("scheme"), given.get("classes"), given.get("breaks")),
        palette=given.get("palette"),
        fixed=given.get("fixed") == "1",
    )


def _scheme(name: str | None, count: int | None, breaks: tuple[float, ...] | None) -> Scheme:
    usual = Scheme()
    if breaks is None and name != OWN:
        return Scheme(name or usual.name, count or usual.count)
    if breaks is None or count or name not in (None, OWN):
        raise InvalidParameter("breaks and scheme=own say all of the classes together, without 'classes'")
    return Scheme(OWN, own=breaks)


def page_address(chosen: Choice, language: str) -> str:
    """The address of the page that shows the same."""
    scheme, usual = chosen.scheme, Scheme()
    query = {
        "ukazatel": chosen.table.id,
        "uroven": chosen.level,
        "obdobi": chosen.period,
        "metoda": next(name for name, one in NAMED_SCHEMES.items() if one == scheme.name) * (scheme.name != usual.name),
        "tridy": str(scheme.count) * (scheme.count != usual.count),
        "hranice": ";".join(f"{edge:g}" for edge in scheme.own),
        "paleta": chosen.palette,
        "pevne": "1" * chosen.fixed,
        "lang": language * (language != current.site().languages[0]),
    }
    given = {name: value for name, value in query.items() if value}
    return f"{current.base_url()}{PAGE}?{urlencode(given, safe=';')}"


def visit_in(language: str | None) -> Visit:
    """A visit of the atlas page in ``language``, by default the site's first; no parameters are its own."""
    site = current.site()
    spoken = choice("lang", site.languages)(language or site.languages[0])
    root = urlsplit(current.base_url()).path
    return Visit(
        site=site, snapshot=current.snapshot(), say=phrases(spoken), path=PAGE, root=root, hub_url=current.hub_url()
    )
