"""What is new: a page, and a feed for those who want to be told."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from geoportal.languages import KNOWN, offered
from geoportal.snapshot.changes import read_changes
from geoportal.web import current
from geoportal.web.operation import operation
from geoportal.web.params import choice_parameter
from geoportal.web.portal.atom import atom_feed
from geoportal.web.portal.views import open_visit, page
from geoportal.web.respond import body_response
from geoportal.web.screens.news import Publications, news_screen
from geoportal.web.texts import phrases

blueprint = Blueprint("news", __name__)

ATOM = "application/atom+xml"
SHOWN = 50  # publications in the feed and on the page


@blueprint.get("/zmeny")
def news_page() -> Response:
    """What changed, publication by publication."""
    visit = open_visit()
    return page("news.html", visit, news_screen(visit, _publications()))


@blueprint.get("/zmeny.atom")
@operation("What changed in the data, as an Atom feed.", "Catalogue", {ATOM: None}, lambda: [
    choice_parameter("lang", "Language of the feed.", KNOWN),
])  # fmt: skip
def news_feed(given: dict[str, Any]) -> Response:
    """What changed, as a feed."""
    site = current.site()
    say = phrases(offered(given["lang"] or site.languages[0], site.languages))
    return body_response(atom_feed(site, say, current.base_url(), _publications()), ATOM)


def _publications() -> Publications:
    return read_changes(current.settings().build, current.snapshot().id)[:SHOWN]
