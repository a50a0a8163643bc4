"""The parameters of a request for features, and the query that they make."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from geoportal.cards import FieldCard
from geoportal.crs import CRS84_URI, PublishedCrs, find_published, published
from geoportal.errors import InvalidParameter, alternatives
from geoportal.query.bbox import parse_bbox
from geoportal.query.columns import KINDS
from geoportal.query.cql2 import parse_filter
from geoportal.query.items import ItemsQuery
from geoportal.snapshot.collection import Collection
from geoportal.web.features.profiles import profile_parameter
from geoportal.web.params import Parameter, choice_parameter, number, whole, whole_parameter

DEFAULT_LIMIT, MAX_LIMIT = 1000, 10_000
RESERVED = frozenset({
    "bbox", "bbox-crs", "crs", "datetime", "embed", "f", "filter", "filter-crs", "filter-lang", "indicators", "lang",
    "limit", "offset", "period", "profile", "properties", "skipGeometry", "sortby",
})  # fmt: skip
_JSON_TYPES = {"integer": {"type": "integer"}, "number": {"type": "number"}, "boolean": {"type": "boolean"}}


def crs_parameter(name: str, description: str) -> Parameter:
    """A parameter that names one of the published CRSs."""

    def parse(text: str) -> PublishedCrs:
        found = find_published(text)
        if found is None:
            raise InvalidParameter(f"{name}={text[:80]!r} is not a CRS here; {alternatives(text[:80], published())}")
        return found

    schema = {"type": "string", "format": "uri", "enum": list(published()), "default": CRS84_URI}
    return Parameter(name, description, parse, schema)


def item_parameters(formats: list[str]) -> list[Parameter]:
    """The parameters of one feature."""
    crs = crs_parameter("crs", "CRS of the coordinates in the answer.")
    return [choice_parameter("f", "Format.", formats), crs, profile_parameter()]


def items_parameters(collection: Collection, formats: list[str]) -> list[Parameter]:
    """The parameters of a page of features; each field that has no reserved name can be asked for by value."""
    fields = list(collection.fields)
    own = [_value_parameter(name, card) for name, card in collection.fields.items() if name not in RESERVED]
    return [
        Parameter("bbox", "Box: west,south,east,north in bbox-crs.", _bbox_text, _BBOX_SCHEMA),
        crs_parameter("bbox-crs", "CRS of the box, in its authority's order of axes."),
        Parameter("datetime", "An instant or an interval; features without time always match.", parse_datetime, _TIME),
        whole_limit(),
        whole_parameter("offset", "How many features to leave out first.", 0, 10**12, default=0),
        crs_parameter("crs", "CRS of the coordinates in the answer."),
        Parameter("filter", "A CQL2 filter over the queryables."),
        choice_parameter("filter-lang", "Language of the filter.", ["cql2-text", "cql2-json"]),
        crs_parameter("filter-crs", "CRS of geometries in the filter."),
        Parameter(
            "sortby",
            "Fields in order, words as in a Czech dictionary; '-' before a field sorts it descending.",
            _sort_parser(fields),
            {**_list_of([sign + name for name in fields for sign in ("", "+", "-")]), "minItems": 1},
        ),
        Parameter(
            "properties",
            "Only these fields; none when it is empty.",
            _fields_parser("properties", fields),
            _list_of(fields),
        ),
        Parameter("indicators", "Indicators to join as further fields.", _names_parser, _list_of()),
        Parameter("period", "Period of the indicators; by default the last that each has."),
        Parameter("skipGeometry", "Leave the geometry out.", _boolean("skipGeometry"), {"type": "boolean"}),
        profile_parameter(),
        choice_parameter("f", "Format.", formats),
        *own,
    ]


def whole_limit() -> Parameter:
    """How many features a page has; more than the maximum is answered with the maximum (OGC 17-069r4, 7.15.2)."""
    schema = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    parse = whole("limit", 1, MAX_LIMIT)

    def capped(text: str) -> int:
        more = text.isascii() and text.isdecimal() and float(text) > MAX_LIMIT
        return MAX_LIMIT if more else parse(text)

    return Parameter("limit", "Features on a page.", capped, schema)


def make_query(collection: Collection, given: dict[str, Any], limit: int = DEFAULT_LIMIT) -> ItemsQuery:
    """The query that checked parameters ask for. Raises ``InvalidParameter`` for a wrong box or filter."""
    box, box_crs = given["bbox"], given["bbox-crs"]
    language = given["filter-lang"] or "cql2-text"
    return ItemsQuery(
        bbox=None if box is None else parse_bbox(box, box_crs or published()[CRS84_URI]),
        bbox_crs=box_crs,
        equals={name: given[name] for name in collection.fields if name not in RESERVED and given[name] is not None},
        filter=None if given["filter"] is None else parse_filter(given["filter"], language),
        filter_crs=given["filter-crs"].uri if given["filter-crs"] else None,
        sortby=given["sortby"] or (),
        limit=given["limit"] or limit,
        offset=given["offset"] or 0,
    )


_INSTANT = r"\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)?)?"
_TIME: dict[str, str] = {
    "type": "string",
    "pattern": rf"^({_INSTANT}|{_INSTANT}/(\.\.|{_INSTANT})?|(\.\.)?/{_INSTANT})$",
}
_BBOX_SCHEMA = {
    "type": "array",
    "items": {"type": "number"},
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
}


def _list_of(words: list[str] | None = None) -> dict[str, Any]:
    """The schema of words that are separated by commas."""
    return {"type": "array", "items": {"type": "string", **({"enum": words} if words else {})}}


def _bbox_text(text: str) -> str:
    return text  # its axes are known only with bbox-crs


def parse_datetime(text: str) -> str:
    """An RFC 3339 instant, or an interval of two with ``..`` for an open end. Raises ``InvalidParameter``."""
    parts = text.split("/")
    if not re.fullmatch(_TIME["pattern"], text):
        raise InvalidParameter(
            f"datetime={text[:60]!r} is neither an instant nor an interval such as 2024-01-01T00:00:00Z/.."
        )
    for part in parts:
        if part not in ("", ".."):
            try:
                datetime.fromisoformat(part)
            except ValueError:
                raise InvalidParameter(f"datetime={text[:60]!r}: {part[:40]!r} is not an RFC 3339 time") from None
    return text


def _value_parameter(name: str, card: FieldCard) -> Parameter:
    kind = KINDS[card.type]
    parsers: dict[str, Callable[[str], Any]] = {
        "integer": lambda text: int(number(name, -(2.0**53), 2.0**53)(text)),
        "number": number(name, -1e308, 1e308),
        "boolean": _boolean(name),
    }
    schema = _JSON_TYPES.get(kind, {"type": "string"})
    return Parameter(name, f"{card.title.cs}: only features with this value.", parsers.get(kind, str), schema)


def _names_parser(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in text.split(",") if part))


def _boolean(name: str) -> Callable[[str], bool]:
    def parse(text: str) -> bool:
        if text not in ("true", "false"):
            raise InvalidParameter(f"{name}={text[:40]!r} is neither true nor false")
        return text == "true"

    return parse


def _fields_parser(name: str, fields: list[str]) -> Callable[[str], tuple[str, ...]]:
    def parse(text: str) -> tuple[str, ...]:
        wanted = text.split(",") if text else ()
        for field in wanted:
            if field not in fields:
                raise InvalidParameter(f"{name}: there is no field '{field[:60]}'; {alternatives(field[:60], fields)}")
        return tuple(dict.fromkeys(wanted))

    return parse


def _sort_parser(fields: list[str]) -> Callable[[str], tuple[tuple[str, str], ...]]:
    names = _fields_parser("sortby", fields)

    def parse(text: str) -> tuple[tuple[str, str], ...]:
        parts = [part.strip() for part in text.replace("%2B", "+").split(",")]
        order = [("descending" if part.startswith("-") else "ascending", part.lstrip("+- ")) for part in parts]
        known = names(",".join(field for _, field in order))
        if len(known) != len(order):
            raise InvalidParameter(f"sortby={text[:80]!r}: each field once, separated by commas")
        return tuple((field, direction) for direction, field in order)

    return parse
