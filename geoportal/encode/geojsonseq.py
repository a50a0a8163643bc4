"""GeoJSON Text Sequences (RFC 8142): one feature a line behind a record separator, for reading as a stream."""

from __future__ import annotations

from pathlib import Path

from geoportal.encode.format import Format, LayerContent
from geoportal.encode.geojson import encode_features


def _write(path: Path, content: LayerContent) -> None:
    path.write_bytes(b"".join(b"\x1e" + feature + b"\n" for feature in encode_features(content)))


FORMAT = Format(
    "geojsonseq",
    "application/geo+json-seq",
    "GeoJSON Text Sequences",
    "OGC:CRS84",
    _write,
    "geojsonseq",
    streamed=True,
    placeless=True,
)
