"""GeoParquet 1.1 with a bounding box for each row."""

from __future__ import annotations

from pathlib import Path

from geoportal.encode.format import Format, LayerContent


def _write(path: Path, content: LayerContent) -> None:
    frame = content.frame.reset_index(drop=True)
    frame.to_parquet(path, compression="zstd", schema_version="1.1.0", write_covering_bbox=True)


FORMAT = Format("parquet", "application/vnd.apache.parquet", "GeoParquet", "OGC:CRS84", _write)
