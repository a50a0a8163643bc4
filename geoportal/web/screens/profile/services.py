"""Services in and around a unit: of an obec the nearest of each kind, of larger units how many of each kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geoportal.finder.answer import Nearby, Question
from geoportal.finder.find import Search
from geoportal.finder.places import Places, places_of
from geoportal.profiles.unit import Unit, units_of
from geoportal.web.screens.finder.opening import Clock
from geoportal.web.screens.finder.services import ServiceCard, service_card
from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class NearService:
    """The nearest service of some kinds."""

    kinds: str
    card: ServiceCard


@dataclass(frozen=True)
class ServicesNear:
    """``nearest`` for an obec, ``counts`` (kind and number inside) for larger units. ``finder`` leads to more."""

    nearest: tuple[NearService, ...]
    counts: tuple[tuple[str, str], ...]
    by_road: bool
    coarse: bool
    finder: str


def nearby_services(visit: Visit, unit: Unit, now: dt.datetime) -> ServicesNear | None:
    """The services; None where the snapshot has none."""
    places = places_of(visit.snapshot, visit.site.finder.stale_after_days)
    if not places.services:
        return None
    if unit.level != "obec":
        counts = tuple(_counts(visit, unit, places).items())
        return ServicesNear((), counts, False, False, visit.link("/mapa/pohotovosti"))
    search = Search(places, visit.snapshot, Question(*units_of(visit.snapshot).point(unit), at=now))
    nearest: dict[str, tuple[list[str], Nearby]] = {}
    for name, kind in places.book.kinds.items():
        for found in search.dressed(search.nearest((name,), 1)):
            nearest.setdefault(found.id, ([], found))[0].append(visit.into(kind.title))
    clock = Clock(now, live=True)
    ordered = sorted(nearest.values(), key=lambda one: one[1].distance_m or 0.0)
    return ServicesNear(
        tuple(NearService(", ".join(kinds), service_card(visit, found, 0, clock)) for kinds, found in ordered),
        (),
        search.travel is not None,
        search.travel is not None and search.travel.coarse,
        visit.link("/mapa/pohotovosti", obec=unit.code),
    )


def _counts(visit: Visit, unit: Unit, places: Places) -> Mapping[str, str]:
    """How many services of each kind lie inside, those of no kind left out."""
    at = np.array([(one.lon, one.lat) for one in places.services])
    inside = units_of(visit.snapshot).inside(unit, at[:, 0], at[:, 1])
    held = [service for service, within in zip(places.services, inside.tolist(), strict=True) if within]
    return {
        visit.into(kind.title): visit.say.number(sum(name in one.kinds for one in held))
        for name, kind in places.book.kinds.items()
    }
