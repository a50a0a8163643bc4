"""The portal's themes and its signpost."""

from __future__ import annotations

from flask import Blueprint, Response

from geoportal.web.portal.views import open_visit, page
from geoportal.web.screens.signpost import signpost_screen
from geoportal.web.screens.themes import theme_screen, themes_screen

blueprint = Blueprint("themes", __name__)


@blueprint.get("/temata")
def themes() -> Response:
    """The portal's themes."""
    visit = open_visit()
    return page("themes.html", visit, themes_screen(visit))


@blueprint.get("/temata/<theme_id>")
def theme(theme_id: str) -> Response:
    """One theme: maps, indicators, layers, and the hub's own data sets."""
    visit = open_visit()
    return page("theme.html", visit, theme_screen(visit, theme_id))


@blueprint.get("/rozcestnik")
def signpost() -> Response:
    """Other portals of the region."""
    visit = open_visit()
    return page("signpost.html", visit, signpost_screen(visit))
