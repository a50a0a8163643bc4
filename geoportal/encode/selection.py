"""Some features of a collection as a layer of their own, to be written in any format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geoportal.cards import FieldCard
from geoportal.crs import CRS84, KROVAK, PublishedCrs, project_geometries
from geoportal.encode.about import describe_layer
from geoportal.encode.format import LayerContent
from geoportal.encode.indicators import ExtraColumn
from geoportal.snapshot.collection import Collection

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_CHUNK = 5_000  # features parsed at a time
_NUMBERS = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}
# Arrow writes as many decimals of a second as the column's unit has, hence the units.
_TEXTS = {"date": (pa.date32(), "%Y-%m-%d"), "datetime": (pa.timestamp("s", "UTC"), "%Y-%m-%dT%H:%M:%SZ")}


def content_of(
    collection: Collection,
    positions: np.ndarray,
    extra_columns: Mapping[str, ExtraColumn] | None = None,
    fields: Sequence[str] | None = None,
    placed: bool = True,
    crs: PublishedCrs | None = None,
) -> LayerContent:
    """The features at ``positions``, in that order, with ``extra_columns`` behind their own or only some ``fields``.
    ``crs``: one besides those that every file has.

    A selection of all of them is written as the build wrote the layer; in EPSG:5514 rounded to millimetres. Loads
    geopandas, which a worker does without until somebody asks for such a file.
    """
    import geopandas as gpd
    import pandas as pd

    extra = extra_columns or {}
    table = collection.columns.table.take(positions)
    kept = collection.fields if fields is None else {name: collection.fields[name] for name in fields}
    columns = {name: _series(table.column(name), field) for name, field in kept.items()}
    for name, column in extra.items():
        columns[name] = pd.Series(column.values, dtype=_NUMBERS[column.field.type])
    index = pd.Index(_ids(collection, table, positions), name="id")
    attributes = pd.DataFrame(columns, index=range(len(positions))).set_axis(index, axis="index")
    degrees = gpd.GeoDataFrame(attributes, geometry=collection.columns.geometries[positions], crs="EPSG:4326")
    krovak = gpd.GeoDataFrame(attributes, geometry=_krovak(collection, positions), crs=KROVAK)
    return LayerContent(
        collection.id,
        degrees,
        krovak,
        {**kept, **{name: column.field for name, column in extra.items()}},
        _about(collection, extra.values()),
        collection.card,
        placed,
        None if crs is None else _moved(degrees, krovak, crs),
    )


def _moved(degrees: gpd.GeoDataFrame, krovak: gpd.GeoDataFrame, crs: PublishedCrs) -> gpd.GeoDataFrame:
    """The rows in ``crs``, x before y as all files have it; the two CRSs that lie ready are not projected anew."""
    if crs.name in (CRS84, KROVAK):
        return degrees if crs.name == CRS84 else krovak
    moved = project_geometries(degrees.geometry.to_numpy(), CRS84, crs.name)
    rounded = shapely.transform(moved, lambda xy: np.round(xy, crs.decimals))
    return degrees.set_geometry(rounded, crs=crs.name)


def _series(column: pa.ChunkedArray, field: FieldCard) -> pd.Series:
    """The column as the build holds it: nullable numbers, everything else text or None."""
    import pandas as pd

    if field.type in _TEXTS and not pa.types.is_string(column.type):
        unit, pattern = _TEXTS[field.type]
        column = pc.strftime(column.cast(unit, safe=False), pattern)
    if field.type in _NUMBERS:
        return pd.Series(pd.array(column.to_pylist(), dtype=_NUMBERS[field.type]))
    return pd.Series(column.to_pylist(), dtype=object)


def _ids(collection: Collection, table: pa.Table, positions: np.ndarray) -> list[object]:
    field = collection.card.id_field
    ids: list[object] = table.column(field).to_pylist() if field else (np.asarray(positions) + 1).tolist()
    return ids


def _krovak(collection: Collection, positions: np.ndarray) -> np.ndarray:
    """The geometries that lie encoded in EPSG:5514; projected anew they would differ by what CRS84 was rounded."""
    parsed = []
    for start in range(0, len(positions), _CHUNK):
        features = collection.join(positions[start : start + _CHUNK], KROVAK)
        whole = shapely.from_geojson(b'{"type":"FeatureCollection","features":[' + features + b"]}")
        parsed.append(shapely.get_parts(whole))
    return np.concatenate(parsed) if parsed else np.array([], dtype=object)


def _about(collection: Collection, extra: Iterable[ExtraColumn]) -> dict[str, object]:
    licence = collection.licence.get("url") or collection.licence["name"]
    attributions = dict.fromkeys([collection.attribution, *(column.attribution for column in extra)])
    licences = dict.fromkeys([licence, *(column.licence for column in extra)])
    return describe_layer(
        collection.title, "; ".join(attributions), "; ".join(licences), collection.date, collection.schematic
    )
