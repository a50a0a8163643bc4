"""The parameters of a query to a FeatureServer, read from an address or a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from flask import request

from geoportal.crs import CRS84_URI, PublishedCrs, published
from geoportal.errors import InvalidParameter, alternatives
from geoportal.query.attributes import Attributes
from geoportal.query.cql2 import Filter, check, parse_filter
from geoportal.query.esri import EsriQuery
from geoportal.query.esri_shape import parse_shape
from geoportal.query.statistics import Summary
from geoportal.query.where import cql2_of
from geoportal.web.esri.statistics import read_statistics, summary_of
from geoportal.web.params import choice, whole

MOST_FEATURES = 1000
_RELATIONS = ("esriSpatialRelIntersects", "esriSpatialRelEnvelopeIntersects")
_OTHER_NUMBERS = {102067: 5514, 102100: 3857, 102113: 3857, 900913: 3857}
# Each would change which features come, so that an answer without it would be wrong.
_REFUSED = ("distance", "having", "time")
# Of several the first counts: the extent comes with the count, and ArcGIS asks for it by naming both.
_ONLY = ("returnExtentOnly", "returnCountOnly", "returnIdsOnly")
_MEANINGLESS = ("", "0", "false", "null")


@dataclass(frozen=True)
class EsriRequest:
    """A query, and how its answer is wanted. ``fields`` are in the order asked for; ``crs`` is that of the answer.

    With a ``summary`` its rows are the answer, not the features.
    """

    query: EsriQuery
    summary: Summary | None
    fields: tuple[str, ...]
    geometry: bool
    crs: PublishedCrs
    offset: int
    count: int
    only: str | None
    form: str


def read_parameters() -> dict[str, str]:
    """The parameters of the request without the empty ones, which Esri's forms send. Raises ``InvalidParameter``."""
    given = {}
    for name, values in request.values.lists():
        if len(values) > 1:
            raise InvalidParameter(f"parameter '{name[:60]}' is given {len(values)} times; once is allowed")
        if values[0].strip():
            given[name] = values[0].strip()
    return given


def read_form(given: dict[str, str], *offered: str) -> str:
    """The format of the answer, ``json`` unless another is asked for."""
    return str(choice("f", offered)(given.get("f", "json").lower()))


def read_request(given: dict[str, str], table: Attributes) -> EsriRequest:
    """What ``given`` asks of ``table``; parameters that are not known here are not heeded.

    Raises ``InvalidParameter``.
    """
    for name in _REFUSED:
        if given.get(name, "").lower() not in _MEANINGLESS:
            raise InvalidParameter(f"{name} is not supported here")
    summary = _summary(given, table)
    only = [name for name in _ONLY if _boolean(given, name, False)]
    count = whole("resultRecordCount", 0, 10**12)(given.get("resultRecordCount", str(MOST_FEATURES)))
    return EsriRequest(
        query=_query(given, table, () if summary else _order(given, table.names)),
        summary=summary,
        fields=_fields(given, table),
        geometry=_boolean(given, "returnGeometry", True),
        crs=_crs("outSR", given.get("outSR")),
        offset=whole("resultOffset", 0, 10**12)(given.get("resultOffset", "0")),
        count=min(count, MOST_FEATURES),
        only=only[0] if only else None,
        form=read_form(given, "json", "pjson", "geojson"),
    )


def _summary(given: dict[str, str], table: Attributes) -> Summary | None:
    """What ``outStatistics`` or ``returnDistinctValues`` ask for, None where neither does."""
    groups = _listed("groupByFieldsForStatistics", given.get("groupByFieldsForStatistics", ""), table)
    if "outStatistics" in given:
        statistics = read_statistics(given["outStatistics"], table)
    elif groups:
        raise InvalidParameter("groupByFieldsForStatistics: outStatistics says which statistics; it is missing")
    elif _boolean(given, "returnDistinctValues", False):
        statistics, groups = (), _fields(given, table)
    else:
        return None
    return summary_of(statistics, groups, _order(given, (*groups, *(one.name for one in statistics))))


def _query(given: dict[str, str], table: Attributes, order: tuple[tuple[str, str], ...]) -> EsriQuery:
    relation = choice("spatialRel", _RELATIONS)(given.get("spatialRel", _RELATIONS[0]))
    shape, place = None, None
    if "geometry" in given:
        shape, place = parse_shape(given["geometry"], given.get("geometryType", "esriGeometryEnvelope"))
    return EsriQuery(
        where=_where(given["where"], table) if "where" in given else None,
        object_ids=_object_ids(given["objectIds"]) if "objectIds" in given else None,
        shape=shape,
        shape_crs=_crs("inSR", given.get("inSR") or place),
        boxes=relation == _RELATIONS[1],
        order=order,
    )


def _where(text: str, table: Attributes) -> Filter:
    try:
        parsed = parse_filter(cql2_of(text))
        check(parsed, table.kinds())
    except InvalidParameter as error:
        raise InvalidParameter(f"where={text[:60]!r}: {error}") from None
    return parsed


def _boolean(given: dict[str, str], name: str, default: bool) -> bool:
    return bool(choice(name, ("true", "false"))(given.get(name, str(default)).lower()) == "true")


def _object_ids(text: str) -> tuple[int, ...]:
    parse: Callable[[str], int] = whole("objectIds", 0, 10**12)
    return tuple(parse(part.strip()) for part in text.split(","))


def _fields(given: dict[str, str], table: Attributes) -> tuple[str, ...]:
    listed = given.get("outFields", f"{table.object_id},{table.collection.label}")
    return table.names if "*" in map(str.strip, listed.split(",")) else _listed("outFields", listed, table)


def _listed(parameter: str, text: str, table: Attributes) -> tuple[str, ...]:
    names = map(str.strip, text.split(",")) if text else ()
    return tuple(dict.fromkeys(_known(parameter, name, table.names) for name in names))


def _order(given: dict[str, str], names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    order: dict[str, str] = {}
    for part in filter(None, map(str.strip, given.get("orderByFields", "").split(","))):
        words = part.rsplit(None, 1)
        direction = words[1].upper() if len(words) == 2 else "ASC"
        if direction not in ("ASC", "DESC"):
            raise InvalidParameter(f"orderByFields: {part[:60]!r} is not a field followed by ASC or DESC")
        name = _known("orderByFields", words[0], names)
        order.setdefault(name, "ascending" if direction == "ASC" else "descending")
    return tuple(order.items())


def _known(parameter: str, name: str, names: Sequence[str]) -> str:
    if name not in names:
        raise InvalidParameter(f"{parameter}: there is no field '{name[:60]}'; {alternatives(name[:60], names)}")
    return name


def _crs(parameter: str, given: Any) -> PublishedCrs:
    """The CRS by its number at Esri or EPSG, plain or as ``wkid`` of JSON; CRS84 when it is not given."""
    if given is None:
        return published()[CRS84_URI]
    number = _number(given)
    known = {int(uri.rpartition("/")[2]): crs for uri, crs in published().items() if uri != CRS84_URI}
    found = known.get(_OTHER_NUMBERS.get(number, number))
    if found is None:
        allowed = ", ".join(map(str, sorted({*known, *_OTHER_NUMBERS})))
        raise InvalidParameter(f"{parameter}={str(given)[:60]!r} is not a spatial reference here; allowed: {allowed}")
    return found


def _number(given: Any) -> int:
    try:
        parts = orjson.loads(given) if isinstance(given, str) else given
        number = parts["wkid"] if isinstance(parts, dict) else parts
    except (KeyError, orjson.JSONDecodeError):
        return 0
    return number if isinstance(number, int) else 0
