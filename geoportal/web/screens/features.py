"""``/collections/{id}/items`` for people: a page of features, or one of them, as a table and on a small map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlsplit

import shapely

from geoportal.cards import FieldCard
from geoportal.maps.contents import Overlay
from geoportal.maps.shell import Shell, layers_map
from geoportal.search.entry import unit_path
from geoportal.site import Bounds
from geoportal.snapshot.collection import Collection
from geoportal.web.screens.canvas import canvas
from geoportal.web.screens.catalogue import layer_entry, outlines, overlay
from geoportal.web.screens.values import Cell, Column, cell, columns, feature_page, name_of, parent_pages
from geoportal.web.screens.visit import Visit

LIMITS = (25, 100, 1000)
MARGIN = 0.02  # degrees around features, so that a single point has something around it
NOT_FOR_MAPS = ("crs", "embed", "f", "lang", "limit", "properties", "skipGeometry")


@dataclass(frozen=True)
class Found:
    """A page of features (GeoJSON, CRS84, with all their fields) out of ``matched``.

    ``fields``: the only ones shown, in this order; None for all. ``joined``: fields of indicators. ``links`` leads
    to the same answer as ``json`` and to the pages ``next`` and ``prev`` where there are any.
    """

    features: Sequence[dict[str, Any]]
    matched: int
    fields: Sequence[str] | None
    joined: Mapping[str, FieldCard]
    links: Mapping[str, str]


@dataclass(frozen=True)
class Head:
    """The head of a column: the link that sorts by it, and the order that it stands in, as ARIA calls it."""

    title: str
    is_number: bool
    address: str | None
    sorted: str | None


@dataclass(frozen=True)
class Row:
    """One feature of the table: its name, its page, its values in the order of the columns."""

    name: str
    page: str
    cells: tuple[Cell, ...]


def items_screen(
    visit: Visit, collection: Collection, found: Found, query: Mapping[str, str]
) -> tuple[dict[str, Any], Shell]:
    """What the page of features shows that were ``found`` for ``query``, and its map."""
    features = found.features
    shown = _columns(visit, collection, found)
    first = int(query.get("offset") or 0) + 1
    content = {
        "layer": layer_entry(visit, collection),
        "heads": [_head(visit, collection, column) for column in (_label(visit, collection), *shown)],
        "rows": [_row(visit, collection, feature, [column.name for column in shown]) for feature in features],
        "range": _range(visit, first, len(features), found.matched),
        "links": {rel: _below_host(href) for rel, href in found.links.items()},
        "query": query,
        "limits": [(limit, visit.here(limit=str(limit), offset=None)) for limit in LIMITS],
        "everything": visit.link(f"/collections/{collection.id}/items"),
        "example": example_filter(collection),
    }
    address = visit.address(visit.path, _map_query(query, len(features)))
    return content, _features_map(visit, collection, address, features)


def item_screen(visit: Visit, collection: Collection, feature: dict[str, Any]) -> tuple[dict[str, Any], Shell]:
    """What the page of one feature shows, and its map."""
    above = parent_pages(visit, collection)
    values = []
    for column in columns(visit, collection, feature["properties"]):
        value = cell(visit, collection.fields.get(column.name), feature["properties"][column.name])
        if value.text and column.name in above:
            value = replace(value, href=feature_page(visit, above[column.name], value.text))
        values.append((column, value))
    address = visit.address(f"/collections/{collection.id}/items/{quote(str(feature['id']), safe='')}", {"f": "json"})
    content = {
        "layer": layer_entry(visit, collection),
        "name": name_of(collection, feature),
        "values": values,
        "json": address,
        "profile": visit.link(unit_path(collection.level, str(feature["id"]))) if collection.level else "",
    }
    return content, _features_map(visit, collection, address, [feature], wider=1.5)


def example_filter(collection: Collection) -> str:
    """A filter in CQL2 text that some feature of the collection meets."""
    label = collection.label if collection.label.isidentifier() else f'"{collection.label}"'
    first = (collection.feature(position)["properties"][collection.label] for position in range(collection.count))
    name = next((name for name in first if name is not None), None)
    if name is None:
        return f"{label} IS NULL"
    if isinstance(name, str):
        return f"{label} LIKE '{name[:1].replace(chr(39), chr(39) * 2)}%'"
    return f"{label} = {name}"


def _columns(visit: Visit, collection: Collection, found: Found) -> list[Column]:
    """The columns behind the name, which is always there because it leads to the feature."""
    wanted = collection.fields if found.fields is None else found.fields
    own = {column.name: column for column in columns(visit, collection, wanted)}
    joined = [Column(name, visit.into(field.title), field.unit or "", True) for name, field in found.joined.items()]
    return [own[name] for name in wanted if name != collection.label] + joined


def _label(visit: Visit, collection: Collection) -> Column:
    return columns(visit, collection, [collection.label])[0]


def _head(visit: Visit, collection: Collection, column: Column) -> Head:
    title = f"{column.title} ({column.unit})" if column.unit else column.title
    given = visit.args.get("sortby", "").lstrip("+ ")
    order = {column.name: "ascending", f"-{column.name}": "descending"}.get(given)
    address = visit.here(sortby=f"-{column.name}" if order == "ascending" else column.name, offset=None)
    return Head(title, column.is_number, address if column.name in collection.fields else None, order)


def _row(visit: Visit, collection: Collection, feature: Mapping[str, Any], names: Sequence[str]) -> Row:
    properties = feature["properties"]
    cells = tuple(cell(visit, collection.fields.get(name), properties.get(name)) for name in names)
    return Row(name_of(collection, feature), feature_page(visit, collection, feature["id"]), cells)


def _range(visit: Visit, first: int, count: int, matched: int) -> str:
    if not count:
        return visit.say("items.none")
    numbers = {"first": first, "last": first + count - 1, "matched": matched}
    return visit.say("items.range", **{name: visit.say.number(value) for name, value in numbers.items()})


def _below_host(href: str) -> str:
    parts = urlsplit(href)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _map_query(query: Mapping[str, str], count: int) -> dict[str, str]:
    """The query that gives the map exactly the features of the page, in CRS84 and with their names."""
    kept = {name: value for name, value in query.items() if name not in NOT_FOR_MAPS}
    return {**kept, "limit": str(max(count, 1)), "f": "json"}


def _features_map(
    visit: Visit, collection: Collection, url: str, features: Sequence[dict[str, Any]], wider: float = 0
) -> Shell:
    drawn = _standing_out(replace(overlay(visit, collection, on=True), url=url, named=False))
    drawn = replace(drawn, width=drawn.width + wider)
    where = replace(canvas(visit, visit.say("items.map", title=drawn.title)), bounds=bounds(visit, features))
    return layers_map(where, (*outlines(visit), drawn))


def _standing_out(drawn: Overlay) -> Overlay:
    """Units of the territory stand out from the boundaries of all, which are the ground."""
    return drawn if drawn.colour != "boundary" else replace(drawn, colour="layer", width=2.0, order=39)


def bounds(visit: Visit, features: Sequence[dict[str, Any]]) -> Bounds:
    """The box around features, with a margin; the whole region when none has a geometry."""
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features if feature.get("geometry")]
    if not shapes:
        return visit.site.region.bounds
    west, south, east, north = (round(value, 4) for value in shapely.total_bounds(shapes).tolist())
    return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN
