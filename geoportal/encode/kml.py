"""KML 2.2 (OGC 07-147r2): names, attributes with their titles, the layer's colours; CRS84."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import shapely

from geoportal.encode.about import in_words
from geoportal.encode.format import Format, LayerContent, heading
from geoportal.encode.markup import xml_text
from geoportal.encode.style import look_of, rgb
from geoportal.encode.table import rows

_TYPES = {"integer": "int", "number": "double", "boolean": "bool"}


def _write(path: Path, content: LayerContent) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_document(content))


def _document(content: LayerContent) -> Iterator[str]:
    about = "\n".join(f"{word}: {said}" for word, said in in_words(content.about))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
    yield f"<name>{xml_text(content.about['title'])}</name>\n<description>{xml_text(about)}</description>\n"
    yield _style(content)
    yield from _schema(content)
    yield f"<Folder>\n<name>{xml_text(content.about['title'])}</name>\n"
    yield from _placemarks(content)
    yield "</Folder>\n</Document>\n</kml>\n"


def _style(content: LayerContent) -> str:
    if content.card is None:
        return ""
    look = look_of(content.card)
    red, green, blue = rgb(look.colour)
    colour = f"{blue:02x}{green:02x}{red:02x}"  # KML puts blue first, behind the opacity
    return (
        f'<Style id="layer">\n<IconStyle><color>ff{colour}</color></IconStyle>\n'
        f"<LineStyle><color>ff{colour}</color><width>{look.width_px}</width></LineStyle>\n"
        f"<PolyStyle><color>{round(look.fill_opacity * 255):02x}{colour}</color></PolyStyle>\n</Style>\n"
    )


def _schema(content: LayerContent) -> Iterator[str]:
    yield f'<Schema name="{xml_text(content.id)}" id="fields">\n'
    for name, field in content.fields.items():
        kind = _TYPES.get(field.type, "string")
        title = xml_text(heading(field))
        yield f'<SimpleField type="{kind}" name="{xml_text(name)}"><displayName>{title}</displayName></SimpleField>\n'
    yield "</Schema>\n"


def _placemarks(content: LayerContent) -> Iterator[str]:
    names = list(content.fields)
    label = names.index(content.card.label) if content.card and content.card.label in names else None
    style = "<styleUrl>#layer</styleUrl>" if content.card else ""
    geometries = content.frame.geometry.to_numpy()
    for fid, geometry, row in zip(content.frame.index.tolist(), geometries, rows(content), strict=True):
        shown = row[label] if label is not None else None
        yield f'<Placemark id="{_identifier(content.id, fid)}">'
        yield f"<name>{xml_text(fid if shown is None else shown)}</name>{style}"
        yield '<ExtendedData><SchemaData schemaUrl="#fields">'
        for name, value in zip(names, row, strict=True):
            if value is not None:
                yield f'<SimpleData name="{xml_text(name)}">{_text(value)}</SimpleData>'
        yield f"</SchemaData></ExtendedData>{_geometry(geometry)}</Placemark>\n"


def _identifier(layer_id: str, fid: object) -> str:
    """A distinct ``xsd:ID``: it can't begin with a digit, and of signs it holds few."""
    name = re.sub(r"[^A-Za-z0-9.-]", lambda sign: f"_{ord(sign[0]):x}_", f"{layer_id}.{fid}")
    return name if name[0].isalpha() else f"_{name}"


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else xml_text(value)


def _geometry(geometry: shapely.Geometry) -> str:
    match geometry.geom_type:
        case "Point":
            return f"<Point>{_coordinates(geometry)}</Point>"
        case "LineString":
            return f"<LineString>{_coordinates(geometry)}</LineString>"
        case "Polygon":
            holes = "".join(f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in geometry.interiors)
            return f"<Polygon><outerBoundaryIs>{_ring(geometry.exterior)}</outerBoundaryIs>{holes}</Polygon>"
        case _:
            parts = "".join(map(_geometry, geometry.geoms))
            return f"<MultiGeometry>{parts}</MultiGeometry>"


def _ring(ring: shapely.Geometry) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(geometry: shapely.Geometry) -> str:
    pairs = shapely.get_coordinates(geometry).tolist()
    return "<coordinates>" + " ".join([f"{lon},{lat}" for lon, lat in pairs]) + "</coordinates>"


FORMAT = Format("kml", "application/vnd.google-earth.kml+xml", "KML", "OGC:CRS84", _write, "kml")
