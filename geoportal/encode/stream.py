"""Encoded features as a stream of bounded pieces, taken from the snapshot without parsing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import orjson

from geoportal.crs import CRS84, CRS84_URI, published
from geoportal.encode.indicators import ExtraColumn, properties_at
from geoportal.encode.page import encode_each
from geoportal.snapshot.collection import Collection

PIECE = 65_536  # bytes after which a piece is sent; one feature more than that is a piece by itself


def features_with(
    collection: Collection, positions: np.ndarray, crs: str = CRS84, columns: Mapping[str, ExtraColumn] | None = None
) -> Iterator[bytes]:
    """Each feature as GeoJSON with ``columns`` behind its own properties, in a CRS that lies ready."""
    for row, position in enumerate(positions.tolist()):
        feature = collection.feature_bytes(position, crs)
        if columns:
            # A feature ends with the brace of its properties, of which every layer has some, and its own.
            feature = feature[:-2] + b"," + orjson.dumps(properties_at(columns, row))[1:] + b"}"
        yield feature


def stream_geojsonseq(
    collection: Collection,
    positions: np.ndarray,
    columns: Mapping[str, ExtraColumn] | None = None,
    fields: Sequence[str] | None = None,
    placed: bool = True,
) -> Iterator[bytes]:
    """GeoJSON Text Sequences (RFC 8142) in pieces of about 64 KiB, of whole features or of some of their parts."""
    if fields is None and placed:
        features = features_with(collection, positions, columns=columns)
    else:
        features = _parts_of(collection, positions, columns or {}, fields, placed)
    return _pieces(b"\x1e" + feature + b"\n" for feature in features)


def _parts_of(
    collection: Collection,
    positions: np.ndarray,
    columns: Mapping[str, ExtraColumn],
    fields: Sequence[str] | None,
    placed: bool,
) -> Iterator[bytes]:
    crs = published()[CRS84_URI]
    for row in range(len(positions)):
        added = [properties_at(columns, row)]
        yield from encode_each(collection, positions[row : row + 1], crs, fields, placed, added)


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
