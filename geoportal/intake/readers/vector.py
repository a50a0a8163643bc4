"""Vector files: GeoPackage, FlatGeobuf, GeoJSON, Shapefile (zipped or not), by their content."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd

from geoportal.cards.source import SourceCard
from geoportal.errors import SourceRefused
from geoportal.intake.ogr import layer_names, read_ogr, the_layer
from geoportal.intake.reading import Reading

_HEAD = 1 << 16
_ZIPPED = (".shp", ".gpkg", ".geojson", ".fgb")


def read(path: Path, card: SourceCard, table: str | None) -> Reading:
    """The features of layer ``table`` (which must be named where the file has several), numbers nullable.

    Heeds ``table``, ``encoding`` (of a Shapefile without .cpg) and ``crs`` (of a GeoJSON without a ``crs`` member,
    which is CRS84 otherwise: RFC 7946, 4).
    """
    address = _address(path)
    layer = the_layer(layer_names(address, path.name), table, path.name)
    encoding = card.read.encoding if address.lower().endswith((".shp", "}")) else None
    reading = read_ogr(address, layer, path.name, encoding)
    if card.read.crs and isinstance(reading.frame, gpd.GeoDataFrame) and _says_no_crs(path):
        return reading.noting(frame=reading.frame.set_crs(card.read.crs, allow_override=True))
    return reading


def _address(path: Path) -> str:
    if not zipfile.is_zipfile(path):
        return str(path)
    with zipfile.ZipFile(path) as pack:
        members = [name for name in pack.namelist() if name.lower().endswith(_ZIPPED)]
    if not members:
        raise SourceRefused(f"{path.name}: the zip holds no {', '.join(_ZIPPED)}")
    if len(members) == 1:
        return f"/vsizip/{{{path}}}/{members[0]}"
    folders = {name.rpartition("/")[0] for name in members}
    if len(folders) > 1:
        raise SourceRefused(f"{path.name}: the zip holds files in several folders: {', '.join(sorted(members))}")
    return f"/vsizip/{{{path}}}/{folders.pop()}".rstrip("/")


def _says_no_crs(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
        stream.seek(-min(_HEAD, path.stat().st_size), 2)
        return head.startswith(b"{") and b'"crs"' not in head and b'"crs"' not in stream.read()
