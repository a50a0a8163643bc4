"""CSV: UTF-8 with a header, comma, CRLF (RFC 4180); points as ``lon`` and ``lat``, other geometries as ``WKT``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import shapely

from geoportal.encode.format import Format, LayerContent
from geoportal.encode.geojson import DECIMALS
from geoportal.encode.table import are_points


def _write(path: Path, content: LayerContent) -> None:
    geometry = content.frame.geometry
    table = pd.DataFrame(content.frame.drop(columns=geometry.name))
    if are_points(content):
        table["lon"], table["lat"] = geometry.x, geometry.y
    elif content.placed:
        table["WKT"] = shapely.to_wkt(geometry.to_numpy(), rounding_precision=DECIMALS)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.columns)
    for row in table.itertuples(index=False, name=None):
        writer.writerow(["" if pd.isna(value) else value for value in row])
    path.write_bytes(text.getvalue().encode("utf-8"))


FORMAT = Format("csv", "text/csv; charset=utf-8", "CSV", "OGC:CRS84", _write, "csv", placeless=True)
