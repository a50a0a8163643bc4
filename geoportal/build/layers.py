"""Layers: from the first usable source of a card to features in EPSG:5514 with their fields, checked and located."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoportal.build.sources import SourceReader
from geoportal.cards import LayerCard, LayerFrom, SourceCard
from geoportal.errors import GeoportalError, Problems
from geoportal.intake.checks import check_layer
from geoportal.intake.reading import Note, Reading, examples
from geoportal.territory.joins import points_in_units
from geoportal.territory.units import CODE_FIELD, NAME_FIELD, Territory

_KINDS = {"point": (0, shapely.MultiPoint), "line": (1, shapely.MultiLineString), "polygon": (2, shapely.MultiPolygon)}


@dataclass(frozen=True)
class BuiltLayer:
    """A layer ready to be written: ``frame`` in EPSG:5514 holds the card's fields in their order."""

    card: LayerCard
    source: SourceCard
    frame: gpd.GeoDataFrame
    notes: tuple[Note, ...]
    schematic: bool = False


def build_layer(card: LayerCard, entry: LayerFrom, sources: SourceReader, territory: Territory) -> BuiltLayer:
    """One layer that is not itself a level of the territory. Raises ``Problems`` or ``SourceRefused``."""
    source = sources.inputs.source(entry.source)
    bounds = sources.inputs.inventory.site.region.bounds
    reading = check_layer(sources.read(entry.source, entry.table), card, entry, source, bounds)
    if card.region != "all" and not territory.schematic:
        reading = _cut(reading, card, territory)
    if card.geometry == "point" and CODE_FIELD["obec"] in card.fields:
        reading = _locate(reading, card, territory)
    if not len(reading.frame):
        raise Problems([f"layers/{card.id}.toml: no feature of source '{source.id}' lies in the region"])
    return BuiltLayer(card, source, reading.frame, reading.notes)


def build_layers(
    sources: SourceReader, territory: Territory, built: dict[str, BuiltLayer], problems: list[str]
) -> dict[str, str]:
    """Adds every other layer to ``built``; returns, for those that can't be built, the reason."""
    absent: dict[str, str] = {}
    for card in sources.inputs.inventory.layers.values():
        if card.territory or card.reach:
            continue
        usable, reason = sources.usable(card.sources)
        if not usable:
            absent[card.id] = reason
            continue
        try:
            built[card.id] = build_layer(card, usable[0], sources, territory)
        except GeoportalError as error:
            problems += getattr(error, "problems", None) or [f"layers/{card.id}.toml: {error}"]
    return absent


def settle_notes(layer: BuiltLayer) -> BuiltLayer:
    """The layer without the remark on fields that its source lacks, as far as the build has filled them."""
    notes = []
    for note in layer.notes:
        if note.code == "no-column":
            empty = tuple(field for field in note.examples if layer.frame[field].isna().all())
            note = replace(note, count=len(empty), examples=empty)
        if note.count:
            notes.append(note)
    return replace(layer, notes=tuple(notes))


def _cut(reading: Reading, card: LayerCard, territory: Territory) -> Reading:
    """The features within the region, or the parts of them that lie in it."""
    frame, region = reading.frame, territory.region()
    shapely.prepare(region)
    geometry = frame.geometry.to_numpy()
    inside = shapely.contains_properly(region, geometry)
    if card.region == "within":
        held = inside | shapely.intersects(region, shapely.point_on_surface(geometry))
        note = Note(
            "outside-region", int((~held).sum()), "mimo území kraje, vynecháno", examples(frame.loc[~held, card.label])
        )
        return reading.noting(*[note] * bool(note.count), frame=frame[held].reset_index(drop=True))
    pieces = geometry.copy()
    pieces[~inside] = shapely.intersection(geometry[~inside], region)
    pieces = np.array([_of_kind(piece, card.geometry) for piece in pieces], dtype=object)
    held = ~shapely.is_empty(pieces)
    # Half a metre: data cut at a generalised or an older boundary touch ours without being changed by it.
    changed = held & (np.abs(_size(pieces) - _size(geometry)) > 0.5)
    notes = [
        Note("clipped", int(changed.sum()), "oříznuto na hranici kraje"),
        Note(
            "outside-region", int((~held).sum()), "mimo území kraje, vynecháno", examples(frame.loc[~held, card.label])
        ),
    ]
    cut = frame.set_geometry(gpd.GeoSeries(pieces, index=frame.index, crs=frame.crs))[held].reset_index(drop=True)
    return reading.noting(*[note for note in notes if note.count], frame=cut)


def _size(geometry: np.ndarray) -> np.ndarray:
    return shapely.area(geometry) + shapely.length(geometry)


def _of_kind(geometry: shapely.Geometry, kind: str) -> shapely.Geometry:
    """The parts of ``geometry`` that have the dimension of ``kind``; empty where there are none."""
    dimension, multi = _KINDS[kind]
    parts = shapely.get_parts(shapely.get_parts(geometry))  # twice: a collection may hold multi-part geometries
    parts = parts[shapely.get_dimensions(parts) == dimension]
    return parts[0] if len(parts) == 1 else multi(parts.tolist())


def _locate(reading: Reading, card: LayerCard, territory: Territory) -> Reading:
    """Fills in the obec in which each point lies; an obec that the source gives is kept, and compared."""
    frame = reading.frame.copy()
    code_field, name_field = CODE_FIELD["obec"], NAME_FIELD["obec"]
    names = territory.base["name"]
    given = frame[code_field].astype(object).where(frame[code_field].notna(), None)
    notes: list[Note] = []
    if territory.schematic:
        found = given
    else:
        position = points_in_units(frame, territory.base)
        codes = np.array([*territory.base.index, None], dtype=object)
        found = pd.Series(codes[position], index=frame.index)
        outside = frame.loc[position < 0, card.label]
        differs = given.notna() & found.notna() & (given != found)
        notes = [
            Note("outside-units", len(outside), "body mimo všechny obce", examples(outside)),
            Note(
                "other-unit",
                int(differs.sum()),
                "bod leží v jiné obci, než uvádí zdroj",
                examples(frame.loc[differs, card.label]),
            ),
        ]
    frame[code_field] = given.where(given.notna(), found)
    if name_field in card.fields:
        known = frame[name_field]
        frame[name_field] = known.where(known.notna(), frame[code_field].map(names))
    unknown = sorted({code for code in frame[code_field].dropna() if code not in names.index})
    notes.append(Note("unknown-code", len(unknown), "kód obce, který území nezná", examples(unknown)))
    return replace(reading, frame=frame, notes=(*reading.notes, *(note for note in notes if note.count)))
