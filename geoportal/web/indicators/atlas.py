"""The atlas for its script, and what is taken away from it: values and classes, addresses, the table as files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, get_template_attribute

from geoportal.web.indicators.citation import taken_from
from geoportal.web.indicators.forms import XLSX
from geoportal.web.indicators.picture import page_address
from geoportal.web.portal.views import open_visit
from geoportal.web.respond import body_response, json_response
from geoportal.web.screens.atlas import screen as atlas
from geoportal.web.screens.atlas.choice import choose
from geoportal.web.screens.atlas.files import file_name, to_csv, to_xlsx
from geoportal.web.screens.atlas.rows import rows_of

blueprint = Blueprint("atlas", __name__)
PARTS, ACTIONS = "atlas_parts.html", "atlas_actions.html"


@blueprint.get("/mapa/indikatory.json")
def state() -> Response:
    """Values and classes of all periods; takes the parameters of the page."""
    visit = open_visit(*atlas.PARAMETERS)
    held, content = atlas.atlas_state(visit)
    choice, panes, pairs = content["choice"], content["panes"], content["pairs"]
    colours = (content["bivariate"], content["circle"], content["circle_below_zero"])
    for place, (period, view) in enumerate(zip(panes[0].periods, held["panes"][0]["views"], strict=True)):
        pair = pairs[place] if pairs else None
        view["legend"] = _render(PARTS, "legend", visit, visit.say, choice, panes, period, pair, *colours)
        view["together"] = _render(PARTS, "together", visit, visit.say, panes, pair) if pair else ""
    parts = {
        "metoda-slovy": _render(PARTS, "method", visit, visit.say, choice, panes, content["parted"]),
        "dal": _render(PARTS, "onwards", visit, visit.say, choice),
        "zdroje": _render(PARTS, "sources", visit, visit.say, panes),
        "oznameni": _render(PARTS, "notices", choice),
    }
    return json_response({**held, "parts": parts})


@blueprint.get("/mapa/indikatory/odnest.json")
def taken() -> Response:
    """Address, files, pictures and citation of what the page shows, as its own parts."""
    visit = open_visit(*atlas.PARAMETERS)
    told = taken_from(visit, choose(visit))
    parts = {
        "odkaz": told.address,
        "stazeni": _render(ACTIONS, "downloads", visit.say, told),
        "citace": _render(ACTIONS, "citation", visit.say, told),
    }
    return json_response(parts)


@blueprint.get("/mapa/indikatory.<any(csv, xlsx):ext>")
def table(ext: str) -> Response:
    """The table of the page as a file; takes the parameters of the page."""
    visit = open_visit(*atlas.PARAMETERS)
    choice = choose(visit)
    shown = rows_of(visit, choice)
    if ext == "csv":
        response = body_response(to_csv(choice, shown), "text/csv")
    else:
        response = body_response(to_xlsx(visit, choice, shown, page_address(choice, visit.language)), XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(choice, ext)}"'
    return response


def _render(template: str, name: str, *given: Any) -> str:
    rendered: str = get_template_attribute(template, name)(*given)
    return rendered.strip()
