"""Layers and features as Esri JSON (ArcGIS REST API, feature service)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geoportal.cards import FieldCard
from geoportal.crs import CRS84, PublishedCrs, project_geometries
from geoportal.encode.style import HALO, look_of, rgb
from geoportal.query.attributes import Attributes
from geoportal.query.meeting import geometries_at
from geoportal.snapshot.collection import Collection

_TYPES = {"integer": "Integer", "number": "Double", "boolean": "SmallInteger", "date": "Date", "datetime": "Date"}
_POINT_PX_TO_PT = 0.75  # a px is 1/96 inch, a point 1/72 (CSS Values 3, 6.2); Esri sizes are in points
_LONGEST_TEXT = 4000
_POINTS = 9

Member = dict[str, Any]


def geometry_type(collection: Collection) -> str:
    """The one type that all geometries of the layer have in Esri JSON."""
    match collection.geometry:
        case "polygon":
            return "esriGeometryPolygon"
        case "line":
            return "esriGeometryPolyline"
        case _:
            return "esriGeometryMultipoint" if collection.entry["grid"] is None else "esriGeometryPoint"


def describe_fields(table: Attributes, names: Sequence[str]) -> list[Member]:
    """The fields called ``names`` with their Esri types; times are milliseconds since 1970 in UTC."""
    return [_object_id(name) if name == table.object_id else _field(name, table.collection.fields[name])
            for name in names]  # fmt: skip


def _object_id(name: str) -> Member:
    return {"name": name, "type": "esriFieldTypeOID", "alias": name, "nullable": False, "editable": False}


def _field(name: str, card: FieldCard) -> Member:
    kind = f"esriFieldType{_TYPES.get(card.type, 'String')}"
    length = {"length": _LONGEST_TEXT} if kind == "esriFieldTypeString" else {}
    alias = f"{card.title.cs} [{card.unit}]" if card.unit else card.title.cs
    return {"name": name, "type": kind, "alias": alias, **length, "nullable": True, "editable": False, "domain": None}


def describe_crs(crs: PublishedCrs) -> Member:
    """The spatial reference, under Esri's own number and the EPSG's."""
    latest = 4326 if crs.name == CRS84 else int(crs.name.rpartition(":")[2])
    return {"wkid": {3857: 102100, 5514: 102067}.get(latest, latest), "latestWkid": latest}


def renderer(collection: Collection) -> Member:
    """The symbol that the layer's card asks for."""
    look = look_of(collection.card)
    colour = list(rgb(look.colour))
    width = round(look.width_px * _POINT_PX_TO_PT, 2)
    line = {"type": "esriSLS", "style": "esriSLSSolid", "color": [*colour, 255], "width": width}
    fill = {"type": "esriSFS", "style": "esriSFSSolid", "color": [*colour, round(look.fill_opacity * 255)]}
    halo = {"color": [*rgb(HALO), 255], "width": 1}
    mark = {"type": "esriSMS", "style": "esriSMSCircle", "color": [*colour, 255], "size": _POINTS, "outline": halo}
    symbol = {"line": line, "polygon": {**fill, "outline": line}, "point": mark}[look.kind]
    return {"type": "simple", "symbol": symbol, "label": collection.title.cs, "description": ""}


def extent(collection: Collection, positions: np.ndarray, crs: PublishedCrs) -> Member:
    """The box around the features at ``positions``; its numbers are ``NaN`` in quotes when there are none."""
    shapes = project_geometries(geometries_at(collection, positions), CRS84, crs.name)
    box = shapely.total_bounds(shapes).tolist() if len(positions) else ["NaN"] * 4
    return {**dict(zip(("xmin", "ymin", "xmax", "ymax"), box, strict=True)), "spatialReference": describe_crs(crs)}


def attributes(table: Attributes, positions: np.ndarray, names: Sequence[str]) -> list[Member]:
    """The values of the fields called ``names``, feature by feature."""
    rows = pa.array(positions)
    columns = {name: table.column(name).take(rows) for name in names}
    return as_attributes(pa.table(columns)) if columns else [{} for _ in range(len(positions))]


def as_attributes(rows: pa.Table) -> list[Member]:
    """Rows of a table as objects."""
    columns = {name: _milliseconds(rows.column(name)) for name in rows.column_names}
    values: list[Member] = pa.table(columns).to_pylist()
    return values


def _milliseconds(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_timestamp(column.type):
        return column
    return pc.cast(pc.cast(column, pa.timestamp("ms", column.type.tz), safe=False), pa.int64())


def geometries(collection: Collection, positions: np.ndarray, crs: PublishedCrs) -> list[Member | None]:
    """The geometries at ``positions`` as Esri JSON in ``crs``, x before y; outer rings run clockwise."""
    moved = _moved(collection, positions, crs)
    match geometry_type(collection):
        case "esriGeometryPoint":
            return [{"x": x, "y": y} for x, y in shapely.get_coordinates(moved).tolist()]
        case "esriGeometryMultipoint":
            return [_member(shape, "points", shapely.get_coordinates(shape).tolist()) for shape in moved]
        case "esriGeometryPolyline":
            return [_member(shape, "paths", _sequences(shapely.get_parts(shape))) for shape in moved]
        case _:
            turned = shapely.orient_polygons(moved, exterior_cw=True)
            return [_member(shape, "rings", _sequences(_rings(shape))) for shape in turned]


def _rings(shape: Any) -> np.ndarray:
    return shapely.get_rings(shapely.get_parts(shape))  # of a shape in parts it gives none


def _moved(collection: Collection, positions: np.ndarray, crs: PublishedCrs) -> np.ndarray:
    shapes = project_geometries(geometries_at(collection, positions), CRS84, crs.name)
    return shapely.transform(shapes, lambda coordinates: np.round(coordinates, crs.decimals))


def _member(shape: Any, name: str, coordinates: list[Any]) -> Member | None:
    return None if shape is None or shape.is_empty else {name: coordinates}


def _sequences(lines: np.ndarray) -> list[Any]:
    return [shapely.get_coordinates(line).tolist() for line in lines]


def geojson_geometries(collection: Collection, positions: np.ndarray, crs: PublishedCrs) -> list[Any]:
    """The same geometries as GeoJSON, ready to be dumped."""
    texts = shapely.to_geojson(_moved(collection, positions, crs))
    return [None if text is None else orjson.Fragment(text) for text in texts]
