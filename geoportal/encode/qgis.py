"""What QGIS finds in a GeoPackage: style with labels and aliases (QML), style for others (SLD), metadata (QMD)."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from geoportal.cards import FieldCard
from geoportal.encode.format import LayerContent, heading
from geoportal.encode.markup import clean_text
from geoportal.encode.style import HALO, INK, Look, rgb

MARKER_MM = 3.2
FONT_PT = 8
_SYMBOLS = {"point": ("marker", "SimpleMarker"), "line": ("line", "SimpleLine"), "polygon": ("fill", "SimpleFill")}
_SE = "http://www.opengis.net/se"
_SLD = {
    "version": "1.1.0",
    "xmlns": "http://www.opengis.net/sld",
    "xmlns:se": _SE,
    "xmlns:ogc": "http://www.opengis.net/ogc",
}


def make_qml(look: Look, fields: Mapping[str, FieldCard]) -> str:
    """A style that QGIS 3 applies when it opens the layer: symbol, labels where the look has one, field aliases."""
    label = look.label if look.label in fields else None
    labelled = {"labelsEnabled": str(int(label is not None))}
    root = ET.Element("qgis", {"version": "3.22.0", "styleCategories": "Symbology|Labeling|Fields", **labelled})
    renderer = ET.SubElement(root, "renderer-v2", {"type": "singleSymbol", "symbollevels": "0", "forceraster": "0"})
    symbols = ET.SubElement(renderer, "symbols")
    kind, layer_class = _SYMBOLS[look.kind]
    symbol = ET.SubElement(symbols, "symbol", {"type": kind, "name": "0", "alpha": "1", "clip_to_extent": "1"})
    layer = ET.SubElement(symbol, "layer", {"class": layer_class, "enabled": "1", "locked": "0", "pass": "0"})
    for key, value in _properties(look).items():
        ET.SubElement(layer, "prop", {"k": key, "v": value})  # read by every QGIS 3; newer ones write <Option>
    if label:
        root.append(_labeling(label))
    aliases = ET.SubElement(root, "aliases")
    for name, field in fields.items():
        ET.SubElement(aliases, "alias", {"field": name, "name": clean_text(heading(field))})
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode")


def _properties(look: Look) -> dict[str, str]:
    width = {"width": str(look.width_mm), "width_unit": "MM"}
    match look.kind:
        case "line":
            round_ends = {"capstyle": "round", "joinstyle": "round"}
            return {"line_color": _rgba(look.colour), "line_style": "solid", **round_ends, **_prefixed("line_", width)}
        case "polygon":
            fill = {"color": _rgba(look.colour, look.fill_opacity), "style": "solid" if look.fill_opacity else "no"}
            outline = {"outline_color": _rgba(look.colour), "outline_style": "solid", "joinstyle": "round"}
            return {**fill, **outline, **_prefixed("outline_", width)}
        case _:
            marker = {"name": "circle", "size": str(MARKER_MM), "size_unit": "MM", "color": _rgba(look.colour)}
            return {**marker, "outline_color": _rgba(HALO), "outline_width": "0.4", "outline_width_unit": "MM"}


def _prefixed(prefix: str, properties: Mapping[str, str]) -> dict[str, str]:
    return {prefix + key: value for key, value in properties.items()}


def _rgba(colour: str, opacity: float = 1.0) -> str:
    return ",".join(map(str, (*rgb(colour), round(opacity * 255))))


def _labeling(field: str) -> ET.Element:
    labeling = ET.Element("labeling", {"type": "simple"})
    settings = ET.SubElement(labeling, "settings", {"calloutType": "simple"})
    text = {"fieldName": field, "isExpression": "0", "fontSize": str(FONT_PT), "fontSizeUnit": "Point"}
    style = ET.SubElement(settings, "text-style", {**text, "textColor": _rgba(INK)})
    buffer = {"bufferDraw": "1", "bufferSize": "0.8", "bufferSizeUnits": "MM", "bufferColor": _rgba(HALO)}
    ET.SubElement(style, "text-buffer", buffer)
    ET.SubElement(settings, "placement", {"placement": "1", "centroidInside": "1"})
    ET.SubElement(settings, "rendering", {"drawLabels": "1", "obstacle": "0"})
    return labeling


def make_sld(layer_id: str, look: Look) -> str:
    """The same symbol as Styled Layer Descriptor 1.1 (OGC 05-078r4, 05-077r4), sizes in px, without labels."""
    root = ET.Element("StyledLayerDescriptor", _SLD)
    named = ET.SubElement(root, "NamedLayer")
    ET.SubElement(named, "se:Name").text = layer_id
    user_style = ET.SubElement(named, "UserStyle")
    rule = ET.SubElement(ET.SubElement(user_style, "se:FeatureTypeStyle"), "se:Rule")
    match look.kind:
        case "line":
            _stroke(ET.SubElement(rule, "se:LineSymbolizer"), look.colour, look.width_px)
        case "polygon":
            symbolizer = ET.SubElement(rule, "se:PolygonSymbolizer")
            if look.fill_opacity:
                _fill(symbolizer, look.colour, look.fill_opacity)
            _stroke(symbolizer, look.colour, look.width_px)
        case _:
            graphic = ET.SubElement(ET.SubElement(rule, "se:PointSymbolizer"), "se:Graphic")
            mark = ET.SubElement(graphic, "se:Mark")
            ET.SubElement(mark, "se:WellKnownName").text = "circle"
            _fill(mark, look.colour, 1.0)
            _stroke(mark, HALO, 1.5)
            ET.SubElement(graphic, "se:Size").text = "12"
    return ET.tostring(root, encoding="unicode", xml_declaration=False)


def _fill(parent: ET.Element, colour: str, opacity: float) -> None:
    _parameters(ET.SubElement(parent, "se:Fill"), {"fill": colour, "fill-opacity": str(opacity)})


def _stroke(parent: ET.Element, colour: str, width: float) -> None:
    _parameters(ET.SubElement(parent, "se:Stroke"), {"stroke": colour, "stroke-width": str(width)})


def _parameters(parent: ET.Element, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        ET.SubElement(parent, "se:SvgParameter", {"name": name}).text = value


def make_metadata(content: LayerContent) -> str:
    """Title, description, licence and source in the schema of QGIS (qgis-layer-metadata)."""
    root = ET.Element("qgis", {"version": "3.22.0"})
    about = content.about
    abstract = content.card.description.cs if content.card else str(about["title"])
    notes = [abstract, f"Stav k {about['date']}.", *([str(about["schematic"])] if "schematic" in about else [])]
    values = {
        "identifier": content.id,
        "language": "cs",
        "type": "dataset",
        "title": str(about["title"]),
        "abstract": " ".join(notes),
        "license": str(about["licence"]),
        "rights": str(about["attribution"]),
    }
    for name, value in values.items():
        ET.SubElement(root, name).text = clean_text(value)
    return ET.tostring(root, encoding="unicode")
