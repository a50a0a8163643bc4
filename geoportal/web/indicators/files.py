"""All values of an indicator as files at stable addresses."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, send_file

from geoportal.catalog.indicator_record import VALUE_FORMS
from geoportal.web.current import snapshot
from geoportal.web.indicators.views import get_indicator
from geoportal.web.operation import operation
from geoportal.web.respond import MAX_AGE

blueprint = Blueprint("indicator_files", __name__)


def _answers(form: str) -> dict[str, str | None]:
    return {VALUE_FORMS[form][0].partition(";")[0]: None}


@blueprint.get("/indicators/<indicator_id>.csv")
@operation("All values of an indicator: every level and period.", "Indicators", _answers("csv"))
def values_csv(indicator_id: str, given: dict[str, Any]) -> Response:
    """Every value as CSV."""
    return _send(indicator_id, "csv")


@blueprint.get("/indicators/<indicator_id>.json")
@operation("All values of an indicator as JSON.", "Indicators", _answers("json"))
def values_json(indicator_id: str, given: dict[str, Any]) -> Response:
    """Every value as JSON."""
    return _send(indicator_id, "json")


@blueprint.get("/indicators/<indicator_id>.xlsx")
@operation("All values of an indicator as a workbook.", "Indicators", _answers("xlsx"))
def values_xlsx(indicator_id: str, given: dict[str, Any]) -> Response:
    """Every value as XLSX."""
    return _send(indicator_id, "xlsx")


def _send(indicator_id: str, form: str) -> Response:
    held, name = snapshot(), f"values/{get_indicator(indicator_id).id}.{form}"
    response = send_file(
        held.folder / name,
        mimetype=VALUE_FORMS[form][0].partition(";")[0],
        conditional=True,
        max_age=MAX_AGE,
        etag=held.manifest["files"][name]["sha256"][:24],
        download_name=f"{indicator_id}.{form}",
    )
    response.headers.pop("Last-Modified", None)  # the file's time is that of the build, not of the data
    return response
