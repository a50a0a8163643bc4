"""The parameters that ask a FeatureServer for statistics or for the different values of fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import orjson

from geoportal.encode import esri
from geoportal.errors import InvalidParameter, alternatives
from geoportal.query.attributes import Attributes
from geoportal.query.statistics import KINDS, OF_NUMBERS, Statistic, Summary
from geoportal.web.params import choice

_MOST = 100  # statistics in one request
_NAME = re.compile(r"\w{1,64}")
_NUMERIC = ("integer", "number")


def read_statistics(text: str, table: Attributes) -> tuple[Statistic, ...]:
    """The statistics of ``outStatistics``. Raises ``InvalidParameter``."""
    try:
        wanted = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidParameter(f"outStatistics is not JSON: {error}") from None
    if not isinstance(wanted, list) or not 0 < len(wanted) <= _MOST:
        raise InvalidParameter(f"outStatistics: a list of 1 to {_MOST} statistics is expected")
    statistics = tuple(_statistic(one, table) for one in wanted)
    names = [one.name.upper() for one in statistics]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InvalidParameter(f"outStatistics: two statistics are called '{twice}'")
    return statistics


def _statistic(given: Any, table: Attributes) -> Statistic:
    if not isinstance(given, dict):
        raise InvalidParameter(f"outStatistics: {str(given)[:40]!r} is no object with statisticType, onStatisticField")
    kind = choice("statisticType", KINDS)(str(given.get("statisticType", "")).lower())
    field = str(given.get("onStatisticField", ""))
    if field not in table.names:
        allowed = alternatives(field[:60], table.names)
        raise InvalidParameter(f"onStatisticField: there is no field '{field[:60]}'; {allowed}")
    if kind in OF_NUMBERS and table.kinds()[field] not in _NUMERIC:
        raise InvalidParameter(f"statisticType='{kind}' needs numbers, '{field}' holds {table.kinds()[field]}")
    name = str(given.get("outStatisticFieldName") or f"{kind}_{field}")
    if not _NAME.fullmatch(name):
        raise InvalidParameter(f"outStatisticFieldName: {name[:80]!r} is not up to 64 letters, digits and underscores")
    return Statistic(kind, field, name)


def summary_of(statistics: Sequence[Statistic], groups: Sequence[str], order: Sequence[tuple[str, str]]) -> Summary:
    """The statistics by groups. Raises ``InvalidParameter`` where two columns of the answer would share a name."""
    shared = next((one.name for one in statistics if one.name in groups), None)
    if shared:
        raise InvalidParameter(f"outStatisticFieldName: '{shared}' is one of the groups")
    return Summary(tuple(statistics), tuple(groups), tuple(order))


def describe_summary(table: Attributes, summary: Summary) -> list[dict[str, Any]]:
    """The fields of the answer with their Esri types."""
    return [*esri.describe_fields(table, summary.groups), *(_field(table, one) for one in summary.statistics)]


def _field(table: Attributes, one: Statistic) -> dict[str, Any]:
    if one.kind in ("min", "max"):
        described = esri.describe_fields(table, [one.field])[0]
        kind = described["type"].replace("OID", "Integer")
    else:
        kind = "esriFieldTypeInteger" if one.kind == "count" else "esriFieldTypeDouble"
    return {"name": one.name, "type": kind, "alias": one.name, "nullable": True, "editable": False, "domain": None}
