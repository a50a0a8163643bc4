"""A user's own table: ``/pripojit`` for people, ``POST /join`` for programs. Nothing that is sent is kept or logged."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, redirect
from werkzeug.datastructures import MultiDict

from geoportal.errors import NotFound, TableRefused
from geoportal.join.choices import Choices
from geoportal.join.join import Joined, join
from geoportal.join.output import to_csv, to_features, to_xlsx
from geoportal.join.report import report
from geoportal.join.units import gazetteer, layer_of
from geoportal.maps.shell import Shell
from geoportal.web import current
from geoportal.web.indicators.join_form import FORM, Fields, read_choices, read_drawing, read_fields, sent_table
from geoportal.web.operation import operation
from geoportal.web.origin import is_foreign
from geoportal.web.params import Parameter
from geoportal.web.portal.views import open_visit, page
from geoportal.web.respond import chosen_format, json_response
from geoportal.web.screens.join import form_screen, joined_screen, refusal
from geoportal.web.screens.visit import Visit
from geoportal.web.texts import phrases

blueprint = Blueprint("join", __name__)

PATH = "/pripojit"
_FORMATS = {
    "geojson": "application/geo+json",
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get(PATH)
def form() -> Response:
    """The form to send a table with."""
    visit = open_visit()
    return _private(_page(visit, form_screen(visit)))


@blueprint.post(PATH)
def people() -> Response:
    """The table on a map with the account of its join, or the form with what was wrong."""
    visit = open_visit()
    fields: Fields = MultiDict()
    try:
        if is_foreign():
            raise TableRefused("foreign")  # what another site's page says in our name would seem to be ours
        fields, content = read_fields()
        drawing = read_drawing(fields)
        joined, choices = _joined(fields, content)
    except TableRefused as error:
        written = fields.get("text", "") if error.status == 400 else ""
        response = _page(visit, form_screen(visit, error, written))
        response.status_code = error.status
        return _private(response)
    return _private(_page(visit, *joined_screen(visit, joined, choices, drawing)))


@blueprint.get("/join")
def lead() -> Response:
    """The way to the form, for people who know the address of programs."""
    return redirect(open_visit().link(PATH), 302)  # type: ignore[return-value]


@blueprint.post("/join")
@operation(
    "A table of one's own joined to the units of a level.",
    "Join",
    {form: "joined" if form == _FORMATS["geojson"] else None for form in _FORMATS.values()},
    [Parameter("f", "Format.", schema={"type": "string", "enum": list(_FORMATS)})],
    name="join",
    statuses={"413": "The table is larger than what is taken."},
    body=FORM,
)
def programs(given: dict[str, Any]) -> Response:
    """The units of the table's level with its values: GeoJSON with the account as its member ``join``, or a file."""
    try:
        fields, content = read_fields()
        read_drawing(fields)
        wanted = chosen_format(given["f"] or fields.get("f") or None, _FORMATS)
        joined, _ = _joined(fields, content)
    except TableRefused as error:
        response = json_response({"code": error.code, "description": refusal(phrases("en"), error)})
        response.status_code = error.status
        return response
    return _private(_answer(joined, wanted))


def _answer(joined: Joined, wanted: str) -> Response:
    if wanted == "json":
        values = [{"code": v.code, "name": v.name, "value": v.value, "status": v.status} for v in joined.values]
        return json_response({"join": report(joined), "values": values})
    if wanted == "geojson":
        response = json_response(_collection(joined), _FORMATS["geojson"])
    else:
        write = {"csv": to_csv, "xlsx": to_xlsx}[wanted]
        response = Response(write(joined), mimetype=_FORMATS[wanted])
    response.headers["Content-Disposition"] = f'attachment; filename="tabulka-{joined.seen.level}.{wanted}"'
    return response


def _collection(joined: Joined) -> dict[str, Any]:
    layer = layer_of(current.snapshot(), joined.seen.level)
    if layer is None:
        raise NotFound(f"this snapshot has no layer of level '{joined.seen.level}'")
    return {
        "type": "FeatureCollection",
        "attribution": layer.attribution,
        "join": report(joined),
        "features": list(to_features(joined, layer.features())),
    }


def _joined(fields: Fields, content: bytes | None) -> tuple[Joined, Choices]:
    choices = read_choices(fields)
    return join(sent_table(fields, content), gazetteer(current.snapshot()), choices), choices


def _page(visit: Visit, content: dict[str, Any], shell: Shell | None = None) -> Response:
    return page("join.html", visit, {**content, "base": current.base_url(), "unshared": True}, shell)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    policy = response.headers.get("Content-Security-Policy", "default-src 'none'")
    if "frame-ancestors" in policy:
        policy = re.sub(r"frame-ancestors [^;]*", "frame-ancestors 'none'", policy)
    else:
        policy += "; frame-ancestors 'none'"
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Frame-Options"] = "DENY"
    return response
