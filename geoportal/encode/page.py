"""A page of features as GeoJSON, in any published CRS, with all or some of their fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import orjson
import shapely

from geoportal.crs import CRS84, KROVAK, PublishedCrs, project_geometries
from geoportal.encode.geojson import texts_of
from geoportal.snapshot.collection import Collection

_GEOMETRY, _PROPERTIES = b',"geometry":', b',"properties":'  # can't occur inside a JSON text, whose quotes are escaped


def encode_page(
    collection: Collection,
    positions: np.ndarray,
    crs: PublishedCrs,
    fields: Sequence[str] | None = None,
    geometry: bool = True,
    added: Sequence[Mapping[str, object]] | None = None,
) -> bytes:
    """The features at ``positions``, separated by commas.

    ``fields``: only these properties. ``geometry`` False: null in its place. ``added``: more properties, by feature.
    """
    if _lies_ready(crs) and fields is None and geometry and added is None:
        return collection.join(positions, crs.name)
    return b",".join(encode_each(collection, positions, crs, fields, geometry, added))


def encode_each(
    collection: Collection,
    positions: np.ndarray,
    crs: PublishedCrs,
    fields: Sequence[str] | None = None,
    geometry: bool = True,
    added: Sequence[Mapping[str, object]] | None = None,
) -> list[bytes]:
    """The same features one by one."""
    features = _ready_features(collection, positions, crs)
    if not geometry:
        features = [_with_geometry(feature, b"null") for feature in features]
    elif not _lies_ready(crs):
        moved = _moved(features, crs)
        features = [_with_geometry(feature, text) for feature, text in zip(features, moved, strict=True)]
    if fields is not None or added is not None:
        more = added or [{}] * len(features)
        features = [_with_properties(feature, fields, extra) for feature, extra in zip(features, more, strict=True)]
    return features


def geometry_texts(collection: Collection, positions: np.ndarray, crs: PublishedCrs) -> list[bytes]:
    """The geometries at ``positions`` as GeoJSON in ``crs``, in the order of its authority's axes."""
    features = _ready_features(collection, positions, crs)
    return [_split(feature)[1] for feature in features] if _lies_ready(crs) else _moved(features, crs)


def _lies_ready(crs: PublishedCrs) -> bool:
    return crs.name in (CRS84, KROVAK) and not crs.swapped


def _ready_features(collection: Collection, positions: np.ndarray, crs: PublishedCrs) -> list[bytes]:
    """The features in ``crs`` where they lie ready in it, else in CRS84."""
    ready = crs.name if _lies_ready(crs) else CRS84
    return [collection.feature_bytes(position, ready) for position in positions.tolist()]


def _moved(features: list[bytes], crs: PublishedCrs) -> list[bytes]:
    """The geometries of ``features`` (in CRS84) as GeoJSON in ``crs``, in the order of its authority's axes."""
    texts = [_split(feature)[1] for feature in features]
    projected = project_geometries(shapely.from_geojson(texts), CRS84, crs.name)
    rounded = shapely.transform(projected, lambda xy: crs.order(np.round(xy, crs.decimals)))
    return texts_of(rounded)


def _split(feature: bytes) -> tuple[bytes, bytes, bytes]:
    """A feature's text before, in and behind the geometry."""
    start = feature.index(_GEOMETRY) + len(_GEOMETRY)
    end = feature.index(_PROPERTIES, start)
    return feature[:start], feature[start:end], feature[end:]


def _with_geometry(feature: bytes, geometry: bytes) -> bytes:
    before, _, behind = _split(feature)
    return before + geometry + behind


def _with_properties(feature: bytes, fields: Sequence[str] | None, added: Mapping[str, object]) -> bytes:
    before, geometry, behind = _split(feature)
    properties = orjson.loads(behind[len(_PROPERTIES) : -1])
    kept = properties if fields is None else {name: properties[name] for name in fields}
    return before + geometry + _PROPERTIES + orjson.dumps({**kept, **added}) + b"}"
