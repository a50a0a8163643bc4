"""Zipped Shapefile in EPSG:5514: UTF-8 with .cpg, names of ten characters, and a readme that says what they mean."""

from __future__ import annotations

import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geoportal.encode.about import in_words
from geoportal.encode.archive import write_zip
from geoportal.encode.format import Format, LayerContent, heading
from geoportal.encode.gdal import write_gdal
from geoportal.encode.shortnames import short_names

LONGEST_TEXT = 254  # bytes of a DBF field
_PARTS = ("bod", "linie", "plocha")  # by dimension; a Shapefile holds one
_SHAPES = ("Point", "LineString", "Polygon")
_KINDS = ("point", "line", "polygon")


def _write(path: Path, content: LayerContent) -> None:
    names = short_names(content.fields)
    frame, cut = _dbf_frame(content, names)
    groups = _by_dimension(content, frame)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        for stem, (part, shape) in groups.items():
            write_gdal(
                Path(folder) / f"{stem}.shp",
                content,
                part,
                "ESRI Shapefile",
                encoding="UTF-8",
                geometry_type=shape,
                promote_to_multi=shape == "MultiPoint",
                layer_options={"RESIZE": "YES", "DBF_DATE_LAST_UPDATE": "2000-01-01"},
            )
        members = [(member.name, member.read_bytes()) for member in sorted(Path(folder).iterdir())]
    readme = _readme(content, names, cut).encode("utf-8-sig")  # the mark tells Notepad the encoding
    write_zip(path, [("README.txt", readme), *members])


def _dbf_frame(content: LayerContent, names: dict[str, str]) -> tuple[gpd.GeoDataFrame, int]:
    """The layer as a DBF table can hold it, and the number of texts that had to be shortened."""
    source = content.frame_5514
    columns, cut = {}, 0
    for name, field in content.fields.items():
        column = source[name]
        if field.type == "boolean":
            column = column.astype("boolean").astype("Int64")
        elif field.type not in ("integer", "number"):
            short = column.map(_shorten, na_action="ignore").astype(object)
            cut += int((short != column)[column.notna()].sum())
            column = short.where(column.notna(), None)
        columns[names[name]] = column
    return gpd.GeoDataFrame(columns, geometry=source.geometry, crs=source.crs), cut


def _shorten(text: object) -> str:
    return str(text).encode()[:LONGEST_TEXT].decode(errors="ignore")


def _by_dimension(content: LayerContent, frame: gpd.GeoDataFrame) -> dict[str, tuple[gpd.GeoDataFrame, str]]:
    """Rows and geometry type by file name: one file, or one for each dimension where geometries are mixed."""
    geometry = frame.geometry.to_numpy()
    dimensions = shapely.get_dimensions(geometry)
    present = np.unique(dimensions[dimensions >= 0])
    if len(present) <= 1:
        default = _KINDS.index(content.card.geometry) if content.card else 2
        return {content.id: (frame, _shape(geometry, int(present[0]) if len(present) else default))}
    groups = {}
    for dimension in present.tolist():
        part = frame[dimensions == dimension]
        groups[f"{content.id}_{_PARTS[dimension]}"] = (part, _shape(part.geometry.to_numpy(), dimension))
    return groups


def _shape(geometry: np.ndarray, dimension: int) -> str:
    """Of lines and polygons a Shapefile takes single and multiple ones alike; points are all one or the other."""
    multiple = dimension == 0 and (shapely.get_type_id(geometry) == shapely.GeometryType.MULTIPOINT).any()
    return "MultiPoint" if multiple else _SHAPES[dimension]


def _readme(content: LayerContent, names: dict[str, str], cut: int) -> str:
    lines = [f"{word}: {said}" for word, said in in_words(content.about)]
    lines += [
        "",
        "Souřadnicový systém: S-JTSK / Krovak East North (EPSG:5514), metry.",
        "Kódování atributů: UTF-8 (viz soubor .cpg). Ano/ne je zapsáno jako 1/0.",
        "Shapefile nerozlišuje prázdný text a chybějící hodnotu.",
    ]
    if cut:
        lines.append(f"Zkráceno na {LONGEST_TEXT} bajtů: {cut} textů. Celé jsou ve formátu GeoPackage nebo GeoJSON.")
    width = max(map(len, names), default=0)
    lines += ["", "Názvy sloupců (v souboru, celý název, význam):", ""]
    lines += [f"{names[name]:<10}  {name:<{width}}  {heading(field)}" for name, field in content.fields.items()]
    return "\r\n".join([*lines, ""])


FORMAT = Format(
    "shp",
    "application/zip",
    "Shapefile (ZIP)",
    "EPSG:5514",
    _write,
    "shp.zip",
    most=2_000_000,  # a part of the Shapefile ends at 2 GB
    most_fields=255,
)
