"""GeoParquet 1.1 with a bounding box for each row; source and licence among the metadata of pandas."""

from __future__ import annotations

from pathlib import Path

from geoportal.encode.format import Format, LayerContent

_TYPED = ("integer", "number", "boolean")


def _write(path: Path, content: LayerContent) -> None:
    # A text column of which nothing is known would otherwise have no type.
    texts = {name: "string" for name, field in content.fields.items() if field.type not in _TYPED}
    frame = content.in_crs(content.frame).reset_index(drop=True).astype(texts)
    frame.attrs = dict(content.about)
    frame.to_parquet(path, compression="zstd", schema_version="1.1.0", write_covering_bbox=True)


FORMAT = Format("parquet", "application/vnd.apache.parquet", "GeoParquet", "OGC:CRS84", _write, "parquet", any_crs=True)
