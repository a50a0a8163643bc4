"""Indicators: their metadata, and tidy values by level and period.

Beside the values of the region's units the answers carry ``country``: the value of the whole country in the same period
and who says so, or null where it is not known. It has the indicator's own unit.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import Blueprint, Response

from geoportal.errors import NotFound, alternatives
from geoportal.site import LEVELS
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.web.current import base_url, snapshot
from geoportal.web.indicators.forms import XLSX, country_value, values_geojson, values_workbook
from geoportal.web.links import GEOJSON
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice, choice_parameter
from geoportal.web.respond import body_response, chosen_format, json_response

blueprint = Blueprint("indicators", __name__)

_FORMATS = {"json": "application/json", "csv": "text/csv", "geojson": GEOJSON, "xlsx": XLSX}


_JSON_ONLY = [choice_parameter("f", "Format.", ["json"])]


@blueprint.get("/indicators")
@operation("All indicators, without values.", "Indicators", {"application/json": "indicators"}, _JSON_ONLY)
def indicators(given: dict[str, Any]) -> Response:
    """All indicators, without values."""
    return json_response({"indicators": [describe(table) for table in snapshot().indicators.values()]})


@blueprint.get("/indicators/<indicator_id>")
@operation("One indicator, without values.", "Indicators", {"application/json": "indicator"}, _JSON_ONLY)
def indicator(indicator_id: str, given: dict[str, Any]) -> Response:
    """One indicator, without values."""
    return json_response(describe(get_indicator(indicator_id)))


def describe(table: IndicatorTable) -> dict[str, Any]:
    """An indicator's metadata and where its values are."""
    card = table.entry["card"]
    return {
        **{key: card[key] for key in ("id", "title", "description", "theme", "unit", "measure", "aggregate")},
        "decimals": table.decimals,
        "direction": table.direction,
        "comparability": card.get("comparability"),
        "formula": card.get("formula"),
        "periods": table.entry["periods"],
        "attribution": table.attribution,
        "licences": table.licences,
        "country": table.countries,
        "methods": f"{base_url()}/metodika#{table.id}",
        "values": f"{base_url()}/indicators/{table.id}/values",
    }


_ANSWERS = {"application/json": "values", "text/csv": None, GEOJSON: None, XLSX: None}
_VALUES = [
    choice_parameter("level", "Level of the territory; by default the finest.", LEVELS),
    Parameter("period", "One of the indicator's periods; by default the last."),
    choice_parameter("f", "Format.", list(_FORMATS)),
]


@blueprint.get("/indicators/<indicator_id>/values")
@operation("Values of every unit of a level.", "Indicators", _ANSWERS, _VALUES)
def values(indicator_id: str, given: dict[str, Any]) -> Response:
    """Values of every unit of a level in a period; by default of the finest level and the last period."""
    table = get_indicator(indicator_id)
    level = choice("level", table.levels)(given["level"] or table.levels[0])
    period = choice("period", table.periods(level))(given["period"] or table.periods(level)[-1])
    rows = table.values(level, period)
    match chosen_format(given["f"], _FORMATS):
        case "csv":
            return _described(body_response(_csv(table, period, rows), "text/csv"), table)
        case "geojson":
            return _described(body_response(values_geojson(snapshot(), table, level, period), GEOJSON), table)
        case "xlsx":
            body = values_workbook(snapshot(), table, level, period)
            return _described(body_response(body, XLSX), table, f"{table.id}-{level}-{period}.xlsx")
    return json_response(
        {
            "id": table.id,
            "title": table.title.cs,
            "level": level,
            "period": period,
            "unit": table.unit.cs,
            "attribution": table.attribution,
            "licences": table.licences,
            "country": country_value(table, period),
            "values": [{"code": r.code, "name": r.name, "value": r.value, "status": r.status} for r in rows],
        }
    )


def _described(response: Response, table: IndicatorTable, name: str | None = None) -> Response:
    """``response`` with a link to the unit, method, source and licence that its form has no place for."""
    response.headers["Link"] = f'<{base_url()}/indicators/{table.id}>; rel="describedby"; type="application/json"'
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(table: IndicatorTable, period: str, rows: list[Any]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["kod", "nazev", "obdobi", table.id, "stav"])
    writer.writerows([row.code, row.name, period, "" if row.value is None else row.value, row.status] for row in rows)
    return text.getvalue()


def get_indicator(indicator_id: str) -> IndicatorTable:
    """The indicator called so. Raises ``NotFound`` with the ones there are."""
    held = snapshot().indicators
    if indicator_id not in held:
        raise NotFound(f"indicator '{indicator_id[:60]}' does not exist; {alternatives(indicator_id[:60], held)}")
    return held[indicator_id]
