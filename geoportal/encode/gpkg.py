"""GeoPackage in EPSG:5514, the CRS in which the region's offices work."""

from __future__ import annotations

from pathlib import Path

from geoportal.encode.format import Format, LayerContent
from geoportal.encode.gdal import write_gdal


def _write(path: Path, content: LayerContent) -> None:
    about = content.about
    write_gdal(
        path,
        content,
        content.frame_5514,
        "GPKG",
        layer_options={"IDENTIFIER": str(about["title"]), "DESCRIPTION": f"{about['attribution']}; {about['date']}"},
    )


FORMAT = Format("gpkg", "application/geopackage+sqlite3", "GeoPackage", "EPSG:5514", _write)
