"""GeoJSON (RFC 7946): CRS84, seven decimals, right-hand rings, never NaN."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import orjson
import shapely

from geoportal.encode.format import Format, LayerContent

DECIMALS = 7  # a centimetre, so that CRS84 and EPSG:5514 agree to one
_OVERLONG = re.compile(r"-?\d+\.\d{8,}(?:e[+-]?\d+)?")


def encode_features(content: LayerContent) -> list[bytes]:
    """Each feature as JSON text, members in the order type, id, geometry, properties."""
    geometries = texts_of(content.frame.geometry.to_numpy())
    rows = content.frame.drop(columns=content.frame.geometry.name).to_dict("records")
    ids = [orjson.dumps(fid) for fid in content.frame.index.tolist()]
    return [
        b'{"type":"Feature","id":' + fid + b',"geometry":' + geometry + b',"properties":' + encode_row(row) + b"}"
        for fid, geometry, row in zip(ids, geometries, rows, strict=True)
    ]


def encode_krovak(content: LayerContent) -> list[bytes]:
    """The geometry of each feature in EPSG:5514 (east, north) as JSON text, in millimetres, with right-hand rings."""
    geometry = shapely.transform(content.frame_5514.geometry.to_numpy(), lambda xy: np.round(xy, 3))
    return texts_of(shapely.orient_polygons(geometry, exterior_cw=False))


def texts_of(geometries: np.ndarray) -> list[bytes]:
    """Each geometry as JSON text, its numbers as short as they can be read back.

    GEOS writes about one number of a thousand longer than that: 14.504968999999999 for 14.504969.
    """
    return [_OVERLONG.sub(_shortest, text).encode() for text in shapely.to_geojson(geometries)]


def _shortest(number: re.Match[str]) -> str:
    return repr(float(number[0]))


def encode_row(row: dict[str, object]) -> bytes:
    """Properties as JSON; NaN and NA become null."""
    return orjson.dumps(row, option=orjson.OPT_SERIALIZE_NUMPY)


def join_features(content: LayerContent, features: list[bytes]) -> tuple[bytes, np.ndarray]:
    """The whole file and the offsets (n + 1) of the features in it.

    What must travel with the data stands in front, as foreign members, where a reader of the first bytes sees it.
    """
    head = (
        b'{"type":"FeatureCollection",' + orjson.dumps({"name": content.id, **content.about})[1:-1] + b',"features":['
    )
    lengths = np.array([len(feature) + 1 for feature in features], dtype=np.int64)
    offsets = len(head) + np.concatenate(([0], np.cumsum(lengths)))
    return head + b",".join(features) + b"]}", offsets


def _write(path: Path, content: LayerContent) -> None:
    path.write_bytes(join_features(content, encode_features(content))[0])


FORMAT = Format("geojson", "application/geo+json", "GeoJSON", "OGC:CRS84", _write, "geojson", streamed=True)
