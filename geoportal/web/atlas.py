"""``/mapa/indikatory.json``: what a page of the atlas shows, for its script to redraw without loading shapes again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, get_template_attribute

from geoportal.web.citation import taken_from
from geoportal.web.pages import open_visit
from geoportal.web.respond import json_response
from geoportal.web.screens import atlas

blueprint = Blueprint("atlas", __name__)
PARTS = "atlas_parts.html"


@blueprint.get("/mapa/indikatory.json")
def state() -> Response:
    """Values and classes of all periods; takes the parameters of the page."""
    visit = open_visit(*atlas.PARAMETERS)
    held, content = atlas.atlas_state(visit)
    choice, panes, pairs = content["choice"], content["panes"], content["pairs"]

    def part(name: str, *given: Any) -> str:
        rendered: str = get_template_attribute(PARTS, name)(*given)
        return rendered.strip()

    colours = (content["bivariate"], content["circle"], content["circle_below_zero"])
    for place, (period, view) in enumerate(zip(panes[0].periods, held["panes"][0]["views"], strict=True)):
        pair = pairs[place] if pairs else None
        view["legend"] = part("legend", visit, visit.say, choice, panes, period, pair, *colours)
        view["together"] = part("together", visit, visit.say, panes, pair) if pair else ""
    parts = {
        "metoda-slovy": part("method", visit, visit.say, choice, panes, content["parted"]),
        "stazeni": part("downloads", visit, visit.say, choice),
        "odnest": get_template_attribute("take_away.html", "taking")(visit.say, taken_from(visit, choice)).strip(),
        "zdroje": part("sources", visit, visit.say, panes),
        "oznameni": part("notices", choice),
    }
    return json_response({**held, "parts": parts})
