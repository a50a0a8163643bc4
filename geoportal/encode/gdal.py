"""Writing through GDAL, with its clock stopped, so that equal layers give equal files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio

from geoportal.encode.format import LayerContent

# GeoPackage stores when it was last changed; a file's own date is the date of its data, which stands beside it.
_EPOCH = {"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"}


def write_gdal(path: Path, content: LayerContent, frame: gpd.GeoDataFrame, driver: str, **options: Any) -> None:
    """Writes ``frame`` as layer ``content.id``; title and description go in where the format has a place for them."""
    frame = frame.reset_index(drop=True)
    pyogrio.set_gdal_config_options(_EPOCH)
    try:
        pyogrio.write_dataframe(frame, path, layer=content.id, driver=driver, **options)
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(_EPOCH))
