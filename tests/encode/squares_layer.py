"""A small layer with what formats stumble over: Czech letters, formulas, markup, nothing and empty text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geoportal.cards import LayerCard
from geoportal.encode import Format, LayerContent, get_format
from tests.squares import box, frame, point

NAMES = ["Žďárek, „u lesa“", None, '=1+1 <script>alert("x")</script>']
FIELDS: dict[str, dict[str, Any]] = {
    "kod": {"title": {"cs": "Kód obce", "en": "Municipality code"}, "type": "code"},
    "nazev": {"title": {"cs": "Název & <značka>"}},
    "podil": {"title": {"cs": "Podíl lesů"}, "type": "number", "unit": "%"},
    "pocet": {"title": {"cs": "Počet"}, "type": "integer"},
    "platne": {"title": {"cs": "Platné"}, "type": "boolean"},
    "den": {"title": {"cs": "Den"}, "type": "date"},
    "okamzik": {"title": {"cs": "Okamžik"}, "type": "datetime"},
    "poznamka": {"title": {"cs": "Poznámka"}},
}
SHAPES: dict[str, list[shapely.Geometry]] = {
    "polygon": [box(0, 0), shapely.MultiPolygon([box(1, 0), box(3, 0)]), box(0, 2, 3, 3).difference(box(1, 3))],
    "line": [shapely.LineString([point(0, 0), point(1, 1)]), shapely.LineString([point(1, 0), point(2, 1)])],
    "point": [point(0.5, 0.5), point(1.5, 0.5), point(0.5, 1.5)],
}


def card(kind: str = "polygon", **changed: Any) -> LayerCard:
    """The layer's card."""
    keys: dict[str, Any] = {
        "id": "ctverce", "title": {"cs": "Čtverce"}, "description": {"cs": "Čtverce na pokus."}, "theme": "pokus",
        "geometry": kind, "id_field": "kod", "label": "nazev", "fields": FIELDS, "from": [{"source": "pokus"}],
    }  # fmt: skip
    return LayerCard.model_validate(keys | changed)


def content(kind: str = "polygon", shapes: Sequence[shapely.Geometry] | None = None, **changed: Any) -> LayerContent:
    """The layer as the build would hand it to a format."""
    geometries = list(SHAPES[kind] if shapes is None else shapes)
    count = len(geometries)
    columns = {
        "kod": ["001", "002", "003"],
        "nazev": NAMES,
        "podil": pd.array([1.5, None, -3.25], dtype="Float64"),
        "pocet": pd.array([7, None, -1], dtype="Int64"),
        "platne": pd.array([True, None, False], dtype="boolean"),
        "den": ["2024-02-29", None, "1850-01-01"],
        "okamzik": ["2024-02-29T12:30:00Z", None, "2000-01-01T00:00:00Z"],
        "poznamka": ["", None, "-5\x0b"],
    }
    measured = frame(geometries, **{name: values[:count] for name, values in columns.items()})
    for name in ("kod", "nazev", "den", "okamzik", "poznamka"):
        measured[name] = pd.Series(columns[name][:count], dtype=object)
    measured.index = pd.Index(columns["kod"][:count], name="id")
    degrees = measured.to_crs("EPSG:4326")
    degrees = degrees.set_geometry(shapely.orient_polygons(degrees.geometry.to_numpy()))
    about = {"title": "Čtverce", "attribution": "© Pokus", "licence": "CC0", "date": "2024"}
    layer = card(kind, **changed)
    return LayerContent("ctverce", gpd.GeoDataFrame(degrees), measured, layer.fields, about, layer)


def written(form: Format | str, folder: Path, layer: LayerContent | None = None) -> Path:
    """The path of the layer written in a format."""
    chosen = get_format(form) if isinstance(form, str) else form
    path = folder / f"ctverce.{chosen.extension}"
    chosen.write(path, content() if layer is None else layer)
    return path
