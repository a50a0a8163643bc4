"""Writing through GDAL, with its clock stopped, so that equal layers give equal files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio

from geoportal.encode.format import LayerContent

# GeoPackage stores when it was last changed; a file's own date is the date of its data, which stands beside it.
EPOCH = "2000-01-01T00:00:00.000Z"
SHAPES = {"point": "Point", "line": "MultiLineString", "polygon": "MultiPolygon"}
# SQLite need not wait for the disk: a file that was cut short is never served.
_OPTIONS = {"OGR_CURRENT_DATE": EPOCH, "OGR_SQLITE_SYNCHRONOUS": "OFF", "OGR_SQLITE_JOURNAL": "MEMORY"}


def write_gdal(path: Path, content: LayerContent, frame: gpd.GeoDataFrame, driver: str, **options: Any) -> None:
    """Writes ``frame`` as layer ``content.id``; title and description go in where the format has a place for them."""
    if not len(frame) and content.card:
        options.setdefault("geometry_type", SHAPES[content.card.geometry])  # no geometry tells
    # The options are the whole process's and stay: taken back, they would be missing to a write in another thread.
    pyogrio.set_gdal_config_options(_OPTIONS)
    pyogrio.write_dataframe(frame.reset_index(drop=True), path, layer=content.id, driver=driver, **options)
