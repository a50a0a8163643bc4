"""The pages of territorial units, and their figures as files."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Blueprint, Response, redirect

from geoportal.errors import NotFound
from geoportal.profiles.figures import series_of
from geoportal.profiles.table import as_csv, rows
from geoportal.profiles.unit import Unit, units_of
from geoportal.site import Level
from geoportal.web import current
from geoportal.web.portal.views import open_visit, page
from geoportal.web.respond import body_response
from geoportal.web.screens.profile.rows import theme_rows
from geoportal.web.screens.profile.screen import find_unit, profile_screen, unit_title
from geoportal.web.screens.visit import Visit

blueprint = Blueprint("unit_profiles", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/obec/<kod>", defaults={"level": "obec"})
@blueprint.get("/pou/<kod>", defaults={"level": "pou"})
@blueprint.get("/orp/<kod>", defaults={"level": "orp"})
@blueprint.get("/okres/<kod>", defaults={"level": "okres"})
@blueprint.get("/kraj/<kod>", defaults={"level": "kraj"})
@blueprint.get("/kraj", defaults={"level": "kraj", "kod": ""})
def profile(level: str, kod: str) -> Response:
    """The page of a unit; from its code in another system or at another level on to its own address."""
    visit = open_visit()
    unit = _unit(visit, level, kod)
    if visit.path != unit.path:
        return cast(Response, redirect(visit.link(unit.path), 301))
    return page("profile.html", visit, *profile_screen(visit, unit, dt.datetime.now(dt.UTC), current.base_url()))


@blueprint.get("/obec/<kod>.<any(csv, xlsx):form>", defaults={"level": "obec"})
@blueprint.get("/pou/<kod>.<any(csv, xlsx):form>", defaults={"level": "pou"})
@blueprint.get("/orp/<kod>.<any(csv, xlsx):form>", defaults={"level": "orp"})
@blueprint.get("/okres/<kod>.<any(csv, xlsx):form>", defaults={"level": "okres"})
@blueprint.get("/kraj.<any(csv, xlsx):form>", defaults={"level": "kraj", "kod": ""})
def figures(level: str, kod: str, form: str) -> Response:
    """All figures of a unit and all periods, as CSV or as XLSX with a sheet that explains them."""
    visit = open_visit()
    unit = _unit(visit, level, kod)
    if visit.path != f"{unit.path}.{form}":
        return cast(Response, redirect(visit.address(f"{unit.path}.{form}"), 301))
    table = rows(series_of(visit.snapshot, unit), visit.site)
    response = body_response(as_csv(table), "text/csv") if form == "csv" else _workbook(visit, unit)
    response.headers["Content-Disposition"] = f'attachment; filename="{unit.level}-{unit.code}.{form}"'
    return response


def _unit(visit: Visit, level: str, code: str) -> Unit:
    units = units_of(visit.snapshot)
    if code:
        return find_unit(units, cast(Level, level), code)
    held = units.by_level.get(cast(Level, level))
    if not held:
        raise NotFound(f"this snapshot has no {level}; see /o-datech for what is absent and why")
    return held.get(visit.site.region.code) or next(iter(held.values()))


def _workbook(visit: Visit, unit: Unit) -> Response:
    from geoportal.profiles.workbook import as_workbook  # 20 MB that most workers never need

    held = series_of(visit.snapshot, unit)
    _, notes = theme_rows(visit, unit, held)
    said = [
        ("Území", unit_title(visit, unit)),
        ("Kód", unit.code),
        ("Adresa", current.base_url() + unit.path),
        ("Vydal", visit.site.publisher.name),
        ("Vydání dat", visit.snapshot.id),
        *((f"Zdroj {note.number}", f"{note.title}; {note.said}; {note.date}") for note in notes),
    ]
    return body_response(as_workbook(unit_title(visit, unit), said, rows(held, visit.site)), XLSX)
