"""The territorial layers: read from the finest level up, their codes translated, their parents agreed."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geoportal.build.layers import BuiltLayer
from geoportal.build.sources import SourceReader
from geoportal.cards import LayerCard, LayerFrom
from geoportal.crs import KROVAK, project_geometries
from geoportal.errors import GeoportalError, Problems
from geoportal.intake.checks import check_layer
from geoportal.intake.reading import Note, Reading
from geoportal.site import LEVELS, Level
from geoportal.territory.schematic import draw_cells, draw_dissolved
from geoportal.territory.units import CODE_FIELD, NAME_FIELD, Territory, add_parents, official_codes


def build_territory(sources: SourceReader) -> tuple[Territory, dict[str, BuiltLayer]]:
    """The territory and its layers. Raises ``Problems`` that lists everything wrong with any of them."""
    cards = {card.territory.level: card for card in sources.inputs.inventory.layers.values() if card.territory}
    problems = [f"layers: no layer card makes level '{level}'" for level in LEVELS[:1] if level not in cards]
    built: dict[Level, BuiltLayer] = {}
    for level in LEVELS:
        if level in cards and not problems:
            try:
                built[level] = _build_level(cards[level], sources, built.get("obec"))
            except GeoportalError as error:
                problems += getattr(error, "problems", None) or [f"layers/{cards[level].id}.toml: {error}"]
    if problems:
        raise Problems(problems)
    territory = _agree(built, sources)
    layers = {built[level].card.id: _with_parents(built[level], territory.levels[level]) for level in built}
    return territory, layers


def _build_level(card: LayerCard, sources: SourceReader, obce: BuiltLayer | None) -> BuiltLayer:
    usable, reason = sources.usable(card.sources)
    if not usable:
        raise Problems([f"layers/{card.id}.toml: from: no source is at hand: {reason}"])
    entry = usable[0]
    source = sources.inputs.source(entry.source)
    reading = sources.read(entry.source, entry.table)
    notes: tuple[Note, ...] = ()
    if entry.schematic:
        reading = _draw(reading, card, entry, obce)
        notes = (Note("schematic", len(reading.frame), "hranice jsou schematické, nakreslené kolem sídel"),)
    reading = check_layer(reading, card, entry, source, sources.inputs.inventory.site.region.bounds)
    frame = official_codes(reading.frame, card, entry.codes, sources.crosswalk)
    frame = frame.sort_values(str(card.id_field), ignore_index=True)
    return BuiltLayer(card, source, frame, (*reading.notes, *notes), schematic=entry.schematic)


def _draw(reading: Reading, card: LayerCard, entry: LayerFrom, obce: BuiltLayer | None) -> Reading:
    """The reading of a table of seats with boundaries drawn: cells for obce, merged cells for coarser levels."""
    frame = reading.frame
    for column, wanted in entry.keep.items():
        frame = frame[frame[column].isin([wanted] if isinstance(wanted, str) else wanted)]
    if obce is None:
        points = project_geometries(frame.geometry.to_numpy(), str(frame.crs), KROVAK)
        return reading.noting(
            frame=draw_cells(frame.set_geometry(gpd.GeoSeries(points, index=frame.index, crs=KROVAK)))
        )
    assert card.territory
    code_column = {field: column for column, field in entry.rename.items()}.get(str(card.id_field), str(card.id_field))
    merged = draw_dissolved(obce.frame, CODE_FIELD[card.territory.level])
    geometry = gpd.GeoSeries(merged.reindex(frame[code_column]).to_numpy(), index=frame.index, crs=KROVAK)
    return reading.noting(frame=gpd.GeoDataFrame(frame.drop(columns=frame.geometry.name), geometry=geometry))


def _agree(built: dict[Level, BuiltLayer], sources: SourceReader) -> Territory:
    frames: dict[Level, gpd.GeoDataFrame] = {}
    for level, layer in built.items():
        frame = layer.frame.set_index(str(layer.card.id_field), drop=False)
        frames[level] = frame.rename_axis(index="code").assign(name=frame[layer.card.label].to_numpy())
    problems = add_parents(frames, {level: frame["name"] for level, frame in frames.items()})
    for level in list(frames)[1:]:
        empty = sorted(set(frames[level].index) - set(frames["obec"][CODE_FIELD[level]].dropna()))
        problems += [f"layers/{built[level].card.id}.toml: unit {code} has no obec" for code in empty]
    if problems:
        raise Problems(problems)
    return Territory(frames, _seats(frames["obec"], sources), schematic=built["obec"].schematic)


def _seats(obce: gpd.GeoDataFrame, sources: SourceReader) -> gpd.GeoSeries:
    """The seat of each obec; where none is known, a point on its surface."""
    fallback = obce.geometry.representative_point()
    source_id = sources.inputs.inventory.site.territory.seats
    if source_id is None or sources.inputs.hindrance(source_id):
        return fallback
    frame = sources.read(source_id).frame
    card = sources.inputs.source(source_id)
    code = card.crosswalk.code if card.crosswalk else "code"
    given = frame[frame[code].isin(obce.index) & ~frame.geometry.is_empty & frame.geometry.notna()]
    points = project_geometries(given.geometry.to_numpy(), str(given.crs), KROVAK)
    known = pd.Series(points, index=given[code])
    known = known[~known.index.duplicated()].reindex(obce.index)
    return gpd.GeoSeries(known.where(known.notna(), fallback).to_numpy(), index=obce.index, crs=KROVAK)


def _with_parents(layer: BuiltLayer, unit: gpd.GeoDataFrame) -> BuiltLayer:
    """The layer with the parents' official codes and names in the fields that its card declares."""
    frame = layer.frame.copy()
    for field in layer.card.fields:
        if field in (*CODE_FIELD.values(), *NAME_FIELD.values()) and field in unit.columns:
            frame[field] = unit[field].reindex(frame[str(layer.card.id_field)]).to_numpy()
    ordered = frame[[*layer.card.fields, frame.geometry.name]]
    return BuiltLayer(layer.card, layer.source, ordered, layer.notes, layer.schematic)
