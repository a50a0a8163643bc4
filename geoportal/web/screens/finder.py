"""``/mapa/pohotovosti``: services by district, or the nearest to a chosen obec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from geoportal.crs import distances_m
from geoportal.errors import InvalidParameter, NotFound, alternatives
from geoportal.maps.shell import Shell, layers_map
from geoportal.web.screens.canvas import canvas
from geoportal.web.screens.catalogue import outlines
from geoportal.web.screens.services import Service, at_distance, kinds, service_collections, services
from geoportal.web.screens.units import Municipality, collation, municipalities
from geoportal.web.screens.visit import Visit

PARAMETERS = ("obec", "druh")
EVERYTHING = "vse"


@dataclass(frozen=True)
class District:
    """Services of one district."""

    name: str
    services: tuple[Service, ...]


def finder_screen(visit: Visit) -> tuple[dict[str, Any], Shell]:
    """What the page shows, and its map."""
    options = _kind_options(visit)
    kind = visit.args.get("druh", options[0][0])
    shown = _chosen(visit, kind, [value for value, _ in options])
    place = _place(visit)
    content = {
        "kinds": options,
        "kind": kind,
        "place": place,
        "places": list(municipalities(visit.snapshot).values()),
        "nearest": nearest(visit, place, shown) if place else [],
        "districts": [] if place else by_district(visit, shown),
        "count": len(shown),
        "about": _about(visit, shown),
        "emergency": visit.site.finder.emergency,
    }
    return content, layers_map(canvas(visit, visit.say("finder.map")), outlines(visit))


def _kind_options(visit: Visit) -> list[tuple[str, str]]:
    """Values and words of the choice of service: each layer, its kinds, and everything."""
    options: list[tuple[str, str]] = []
    for collection in service_collections(visit.snapshot):
        title = visit.into(collection.title)
        options.append((collection.id, title))
        options += [(f"{collection.id}:{kind}", f"{title}: {kind}") for kind in kinds(collection)]
    if not options:
        raise NotFound("this snapshot has no layer of services; see /o-datech for what is absent and why")
    return [*options, (EVERYTHING, visit.say("finder.everything"))]


def _chosen(visit: Visit, wanted: str, allowed: list[str]) -> list[Service]:
    if wanted not in allowed:
        raise InvalidParameter(f"druh='{wanted}' is not a kind of service; {alternatives(wanted, allowed)}")
    layer, _, kind = wanted.partition(":")
    collections = [c for c in service_collections(visit.snapshot) if wanted == EVERYTHING or c.id == layer]
    return [service for collection in collections for service in services(visit, collection, kind or None)]


def _place(visit: Visit) -> Municipality | None:
    code = visit.args.get("obec")
    if code is None:
        return None
    known = municipalities(visit.snapshot)
    if code not in known:
        raise InvalidParameter(f"obec='{code}' is not the code of an obec of the region; {alternatives(code, known)}")
    return known[code]


def nearest(visit: Visit, place: Municipality, shown: list[Service]) -> list[Service]:
    """The services by distance from the middle of ``place``, the nearest first."""
    lons, lats = np.array([s.lon for s in shown]), np.array([s.lat for s in shown])
    ranked = sorted(zip(distances_m(place.lon, place.lat, lons, lats).tolist(), range(len(shown)), strict=True))
    return [at_distance(shown[position], visit, distance) for distance, position in ranked]


def by_district(visit: Visit, shown: list[Service]) -> list[District]:
    """The services by district and obec, both in alphabetical order."""
    elsewhere = visit.say("finder.elsewhere")
    names = sorted({service.district or elsewhere for service in shown}, key=collation)
    ordered = sorted(shown, key=lambda service: collation(service.municipality))
    return [District(name, tuple(s for s in ordered if (s.district or elsewhere) == name)) for name in names]


def _about(visit: Visit, shown: list[Service]) -> list[dict[str, Any]]:
    """Where the services shown come from, and of what date they are."""
    layers = dict.fromkeys(service.layer for service in shown)
    described = []
    for layer in layers:
        service = next(s for s in shown if s.layer == layer)
        collection = visit.snapshot.collections[layer]
        described.append({
            "title": service.layer_title, "description": visit.into(collection.description), "source": service.source,
            "date": service.date, "old": service.old, "hub": collection.hub,
        })  # fmt: skip
    return described
