"""Pictures of an indicator's map, made on the server: equal bytes for an equal question to an equal snapshot."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response
from markupsafe import Markup

from geoportal.errors import NotFound, alternatives
from geoportal.figures.drawing import Drawing
from geoportal.figures.figure import compose_panels
from geoportal.figures.look import SIZES, Size
from geoportal.figures.pdf import to_pdf
from geoportal.figures.png import to_png
from geoportal.figures.svg import PATTERNS, to_svg
from geoportal.figures.typeface import Typeface, typeface
from geoportal.web import current
from geoportal.web.indicators.picture import DRAWN, PAGE, chosen_map, page_address
from geoportal.web.operation import operation
from geoportal.web.params import choice
from geoportal.web.respond import body_response
from geoportal.web.screens.picture.screen import panels
from geoportal.web.screens.picture.words import captions, tables
from geoportal.web.screens.visit import Visit
from geoportal.web.texts import phrases

blueprint = Blueprint("figures", __name__)

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
TYPE_FOLDER = "vendor/source-sans-3"


@blueprint.get("/indicators/<indicator_id>/map.<ext>")
@operation("A finished map with legend and source.", "Indicators", dict.fromkeys(TYPES.values()), DRAWN)
def picture(indicator_id: str, ext: str, given: dict[str, Any]) -> Response:
    """The map of an indicator as SVG, PNG or PDF. Raises ``NotFound`` for another form of picture."""
    if ext not in TYPES:
        raise NotFound(f"'{ext[:20]}' is not a form of picture; {alternatives(ext[:20], TYPES)}")
    visit, chosen = visit_in(given["lang"]), chosen_map(indicator_id, given)
    size, face = SIZES[given["size"] or "default"], typeface(current.settings().page_file(TYPE_FOLDER))
    words = captions(visit, chosen, page_address(chosen, visit.language))
    drawing = compose_panels(panels(visit, chosen), words, size, face)
    response = body_response(_written(drawing, ext, size, face), TYPES[ext])
    name = "-".join((*(table.id for table in tables(chosen)), chosen.level, chosen.period)) + f".{ext}"
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


@blueprint.app_template_global()
def patterns() -> Markup:
    """The patterns of units without a value, once in each page whose map or legend uses them."""
    return Markup(f'<svg class="patterns" aria-hidden="true" focusable="false">{PATTERNS}</svg>')  # noqa: S704


def visit_in(language: str | None) -> Visit:
    """A visit of the atlas page in ``language``, by default the site's first; no parameters are its own."""
    site = current.site()
    spoken = choice("lang", site.languages)(language or site.languages[0])
    root = urlsplit(current.base_url()).path
    return Visit(
        site=site, snapshot=current.snapshot(), say=phrases(spoken), path=PAGE, root=root, hub_url=current.hub_url()
    )
