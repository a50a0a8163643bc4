"""Travel by road: the network of a layer card, times from every obec to every service, areas in reach."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoportal.build.content import prepare_content
from geoportal.build.layers import BuiltLayer
from geoportal.build.sources import SourceReader
from geoportal.cards import LayerCard, LayerFrom, NetworkCard, ReachFrom, SourceCard
from geoportal.crs import KROVAK
from geoportal.errors import GeoportalError, Problems
from geoportal.intake.checks import check_layer
from geoportal.intake.reading import Note
from geoportal.roads.engine import journeys_to, seconds_between
from geoportal.roads.network import KMH, Network, build_network
from geoportal.roads.places import OffRoad, Places, place
from geoportal.roads.reach import areas_in_reach
from geoportal.snapshot.journeys import Journeys
from geoportal.territory.spatial import keep_rows
from geoportal.territory.units import Territory


@dataclass(frozen=True)
class BuiltRoads:
    """A network with the services on it.

    ``layer`` and ``source``: the cards that it was made from. ``services``: layer id -> its features in the order in
    which they are written; ``origins``: their sources; ``places``: all of them, layer after layer. ``from_units``:
    seconds from the seat of each obec to each service (obce x services, float32), inf where there is no way;
    ``unit_metres``: the same for the shortest way, which need not be the fastest.
    """

    layer: LayerCard
    source: SourceCard
    network: Network
    services: Mapping[str, gpd.GeoDataFrame]
    origins: Mapping[str, SourceCard]
    places: Places
    journeys: Journeys
    from_units: np.ndarray
    unit_metres: np.ndarray
    notes: tuple[Note, ...]

    @property
    def card(self) -> NetworkCard:
        """How the network is driven on."""
        assert self.layer.network
        return self.layer.network

    @property
    def off_road(self) -> OffRoad:
        """How people get to it."""
        return OffRoad(self.card.access.kmh, self.card.access_limit_m)

    @cached_property
    def columns(self) -> Mapping[str, slice]:
        """Where the services of each layer stand among all."""
        ends = np.cumsum([len(frame) for frame in self.services.values()]).tolist()
        return {name: slice(a, b) for name, a, b in zip(self.services, [0, *ends], ends, strict=False)}

    def chosen(self, layer: str, keep: Mapping[str, str | tuple[str, ...]]) -> np.ndarray:
        """Positions among all services of those of ``layer`` whose fields have the wanted values."""
        return self.columns[layer].start + keep_rows(self.services[layer], keep, layer).index.to_numpy()

    def minutes_from_units(self, services: np.ndarray) -> np.ndarray:
        """Minutes from each obec to the nearest of ``services``, NaN where there is no way."""
        seconds = self.from_units[:, services].min(axis=1, initial=np.inf).astype(float)
        return np.where(np.isfinite(seconds), seconds / 60, np.nan)


def build_roads(sources: SourceReader, territory: Territory, layers: Mapping[str, BuiltLayer],
                problems: list[str]) -> BuiltRoads | str:  # fmt: skip
    """The first network at hand that is not coarse, else the first; or why there is none."""
    cards = [card for card in sources.inputs.inventory.layers.values() if card.network]
    reasons = []
    for card in sorted(cards, key=lambda card: bool(card.network and card.network.coarse)):
        usable, reason = sources.usable(card.sources)
        if not usable:
            reasons.append(reason)
            continue
        try:
            return _with_services(card, usable[0], sources, territory, layers)
        except GeoportalError as error:
            problems += getattr(error, "problems", None) or [f"layers/{card.id}.toml: {error}"]
            return "síť silnic má chyby"
    return f"chybí síť silnic: {'; '.join(reasons) or 'žádná vrstva nemá [network]'}"


def add_reach(roads: BuiltRoads | str, sources: SourceReader, territory: Territory, layers: dict[str, BuiltLayer],
              absent: dict[str, str]) -> None:  # fmt: skip
    """Adds each layer of areas in reach to ``layers``, or to ``absent`` with the reason."""
    for card in sources.inputs.inventory.layers.values():
        if card.reach is None:
            continue
        missing = [] if isinstance(roads, str) else [e.layer for e in card.reach.services if e.layer not in layers]
        if isinstance(roads, str):
            absent[card.id] = roads
        elif missing:
            absent[card.id] = f"chybí vrstva {', '.join(dict.fromkeys(missing))}"
        else:
            layers[card.id] = _reach_layer(card, roads, territory)


def _with_services(card: LayerCard, entry: LayerFrom, sources: SourceReader, territory: Territory,
                   layers: Mapping[str, BuiltLayer]) -> BuiltRoads:  # fmt: skip
    assert card.network
    source = sources.inputs.source(entry.source)
    bounds = sources.inputs.inventory.site.region.bounds
    # The layer itself may be cut at the boundary of the region, and a way need not stay within it.
    frame = check_layer(sources.read(entry.source, entry.table), card, entry, source, bounds).frame
    network, notes = _network(frame, card.network, f"layers/{card.id}.toml")
    held = {name: layer for name, layer in sorted(layers.items()) if layer.card.service}
    services = {name: prepare_content(layer)[0].frame_5514.reset_index(drop=True) for name, layer in held.items()}
    off_road = OffRoad(card.network.access.kmh, card.network.access_limit_m)
    places = place(network, _points(services), off_road)
    journeys = journeys_to(network, places, off_road)
    seats = place(network, shapely.get_coordinates(territory.seats.to_numpy()), off_road)
    from_units = seconds_between(journeys, seats, places, off_road)
    flat, on_foot = network.in_metres(), OffRoad(KMH, off_road.limit_m)  # a metre in a second, so seconds are metres
    unit_metres = seconds_between(journeys_to(flat, places, on_foot), seats, places, on_foot)
    notes += [
        Note("far-service", int(np.isinf(places.access_m).sum()), "služby dál od silnice, než se počítá"),
        Note("far-unit", int(np.isinf(seats.access_m).sum()), "obce dál od silnice, než se počítá"),
    ]
    origins = {name: layer.source for name, layer in held.items()}
    kept = tuple(note for note in notes if note.count)
    return BuiltRoads(card, source, network, services, origins, places, journeys, from_units, unit_metres, kept)


def _points(services: Mapping[str, gpd.GeoDataFrame]) -> np.ndarray:
    held = [shapely.get_coordinates(shapely.centroid(frame.geometry.to_numpy())) for frame in services.values()]
    return np.concatenate([np.empty((0, 2)), *held])


def _network(frame: gpd.GeoDataFrame, card: NetworkCard, shown: str) -> tuple[Network, list[Note]]:
    """The graph of the lines that are driven on, and notes on what is left out or apart."""
    classes = frame[card.class_field].astype(object)
    driven = classes.isin(card.speeds).to_numpy()
    if not driven.any():
        there = ", ".join(sorted({str(name) for name in classes.dropna()})[:12])
        raise Problems([f"{shown}: network.speeds: no road is of a class with a speed; there are {there}"])
    lines, row = shapely.get_parts(frame.geometry.to_numpy()[driven], return_index=True)
    classes = classes[driven].iloc[row]
    kmh = classes.map({name: speed.kmh for name, speed in card.speeds.items()}).to_numpy(dtype=float)
    direction = np.zeros(len(lines), dtype=np.int64)
    if card.oneway_field:
        said = frame.loc[driven, card.oneway_field].iloc[row].astype(object)
        direction = said.isin(card.oneway_along).to_numpy() * 1 - said.isin(card.oneway_against).to_numpy() * 1
    network = build_network(lines, kmh, direction, classes.isin(card.closed).to_numpy(), card.snap_m)
    apart = network.lengths_by_component()[1:]
    length = f"{apart.sum() / 1000:.1f}".replace(".", ",")
    notes = [
        Note("not-driven", int((~driven).sum()), "silnice třídy, pro kterou není rychlost, vynechány ze sítě"),
        Note("apart", len(apart), f"části sítě bez spojení s hlavní, celkem {length} km"),
    ]
    return network, notes


def _reach_layer(card: LayerCard, roads: BuiltRoads, territory: Territory) -> BuiltLayer:
    assert card.reach
    with ThreadPoolExecutor(max_workers=2) as pool:  # unions take most of the time and run outside Python
        areas = list(pool.map(lambda entry: _areas(card, entry, roads, territory), card.reach.services))
    rows = [
        (f"{entry.id}-{minutes}", entry.kind, minutes, area)
        for entry, found in zip(card.reach.services, areas, strict=True)
        for minutes, area in zip(card.reach.minutes, found, strict=True)
    ]
    fields = (card.id_field, card.reach.kind_field, card.reach.minutes_field)
    frame = pd.DataFrame({field: [row[at] for row in rows] for at, field in enumerate(fields)})
    frame = frame.reindex(columns=[*card.fields])
    held = gpd.GeoDataFrame(frame, geometry=[row[3] for row in rows], crs=KROVAK)
    origins = [roads.source, *(roads.origins[entry.layer] for entry in card.reach.services)]
    attribution = "; ".join(dict.fromkeys(origin.attribution for origin in origins))
    date = max(origin.date for origin in origins)
    return BuiltLayer(
        card, roads.source.model_copy(update={"attribution": attribution, "date": date}), held, roads.notes
    )


def _areas(card: LayerCard, entry: ReachFrom, roads: BuiltRoads, territory: Territory) -> list[shapely.Geometry]:
    assert card.reach
    chosen = roads.chosen(entry.layer, entry.keep)
    to_nearest = roads.journeys.to_service[:, chosen].min(axis=1, initial=np.inf).astype(float)
    areas = areas_in_reach(roads.network, to_nearest, roads.places[chosen], card.reach.minutes, roads.off_road)
    if card.region == "all" or territory.schematic:
        return areas
    return list(shapely.intersection(areas, territory.region()))
