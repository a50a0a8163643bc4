"""How each indicator is made, for people."""

from __future__ import annotations

from flask import Blueprint, Response

from geoportal.web.portal.views import open_visit, page
from geoportal.web.screens.methods import methods_screen

blueprint = Blueprint("methods", __name__)


@blueprint.get("/metodika")
def methods() -> Response:
    """All indicators by theme: definition, formula, sources, and what their values must not be taken for."""
    visit = open_visit()
    return page("methods.html", visit, methods_screen(visit))
