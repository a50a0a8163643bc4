"""FlatGeobuf with its spatial index, for reading parts of a file over HTTP."""

from __future__ import annotations

from pathlib import Path

from geoportal.encode.about import in_words
from geoportal.encode.format import Format, LayerContent
from geoportal.encode.gdal import write_gdal


def _write(path: Path, content: LayerContent) -> None:
    said = "\n".join(f"{word}: {text}" for word, text in in_words(content.about))
    options = {"TITLE": str(content.about["title"]), "DESCRIPTION": said}
    write_gdal(path, content, content.in_crs(content.frame), "FlatGeobuf", layer_options=options)


FORMAT = Format("fgb", "application/flatgeobuf", "FlatGeobuf", "OGC:CRS84", _write, "fgb", any_crs=True)
