"""Values of an indicator at one level in one period as GeoJSON and as a workbook that explains itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import orjson

from geoportal.encode.values import write_workbook
from geoportal.errors import NotFound
from geoportal.snapshot.indicator import STATUSES, IndicatorTable
from geoportal.snapshot.reader import Snapshot
from geoportal.web.current import site
from geoportal.web.texts import phrases

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def country_value(table: IndicatorTable, period: str) -> dict[str, Any] | None:
    """The whole country's value with its name and who says so; None where it is not known."""
    value = table.country(period)
    if value is None:
        return None
    return {"name": site().region.country.cs, "value": value, "attribution": table.country_attribution}


def values_geojson(snapshot: Snapshot, table: IndicatorTable, level: str, period: str) -> bytes:
    """A FeatureCollection of the level's units: code, name, value and status of each, and what the values are.

    Raises ``NotFound`` where the snapshot has no layer of the level.
    """
    layer = next((held for held in snapshot.collections.values() if held.level == level), None)
    if layer is None:
        raise NotFound(f"there is no layer of level '{level}'; take the values as json, csv or xlsx")
    rows = {row.code: row for row in table.values(level, period)}
    features = []
    for feature in layer.features():
        row = rows[str(feature["id"])]
        told = {"code": row.code, "name": row.name, "value": row.value, "status": row.status}
        features.append({**feature, "properties": told})
    about = {
        "id": table.id,
        "title": table.title.cs,
        "level": level,
        "period": period,
        "unit": table.unit.cs,
        "attribution": "; ".join(dict.fromkeys((table.attribution, layer.attribution))),
        "licences": table.licences,
        "country": country_value(table, period),
    }
    return orjson.dumps({"type": "FeatureCollection", **about, "features": features})


def values_workbook(snapshot: Snapshot, table: IndicatorTable, level: str, period: str) -> bytes:
    """A workbook with the values and a sheet that tells unit, source, licence, date, method and statuses."""
    about: dict[str, Any] = {
        "title": table.title.model_dump(),
        "description": table.description.model_dump(),
        "unit": table.unit.model_dump(),
        "attribution": table.attribution,
        "licences": [" ".join(filter(None, (held["name"], held.get("url")))) for held in table.licences],
        "more": list(_more(snapshot, table, level, period)),
    }
    rows = [(row.code, row.name, period, row.value, row.status) for row in table.values(level, period)]
    saved = io.BytesIO()
    write_workbook(saved, about, ("kod", "nazev", "obdobi", table.id, "stav"), rows)
    return saved.getvalue()


def _more(snapshot: Snapshot, table: IndicatorTable, level: str, period: str) -> Iterator[tuple[str, str]]:
    say = phrases("cs")
    yield say("atlas.level"), say("level." + level)
    yield say("atlas.period"), period
    held = snapshot.manifest["sources"]
    for name in table.entry["sources"]:
        yield say("value_sheet.state"), f"{held[name]['title']['cs']}: {say.date(held[name]['date'])}"
    if table.card.formula:
        yield say("methods.computed"), table.card.formula
    yield say("atlas.method"), say("atlas.aggregate." + table.aggregate)
    if whole := country_value(table, period):
        yield whole["name"], f"{say.number(whole['value'], table.country_decimals(period))} ({whole['attribution']})"
    if table.comparability:
        yield say("value_sheet.comparability"), table.comparability.cs
    for status in STATUSES:
        yield f"stav = {status}", say("value_sheet.status." + status)
