"""What has to be said with an answer: about the position, about what is open, about the roads."""

from __future__ import annotations

from functools import lru_cache

import shapely

from geoportal.crs import CZECHIA
from geoportal.finder.answer import Question, Remark
from geoportal.finder.board import Offer
from geoportal.finder.places import Places
from geoportal.finder.region import Region
from geoportal.site import LEVELS, Site
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.road_times import Travel

Remarks = tuple[Remark, ...]


def about_position(snapshot: Snapshot, site: Site, question: Question) -> Remarks:
    """Whether the position is in the region, in the country, or most likely written the wrong way round."""
    lon, lat, region = question.lon, question.lat, site.region.name
    if _within(snapshot, site, lon, lat):
        return ()
    if _within(snapshot, site, lat, lon):
        return (Remark("swapped", {"region": region, "lon": f"{lat:g}", "lat": f"{lon:g}"}),)
    return (Remark("outside-region" if _in_country(lon, lat) else "outside-country", {"region": region}),)


def about_offer(places: Places, offer: Offer, first: tuple[float, int] | None, near: bool) -> Remarks:
    """Whether there is such a place at all, and whether one is open within reach. ``first``: the nearest open one."""
    if not offer.any:
        return (Remark("no-service"),)
    if near or not offer.walk_in:
        return ()
    if first is None:
        return (Remark("nothing-open"),)
    metres, number = first
    service = places.services[number]
    km = round(metres / 1000)
    return (Remark("far-open", {"km": km, "name": service.name, "obec": service.municipality}),)


def about_roads(snapshot: Snapshot, travel: Travel | None) -> Remarks:
    """Whether travel times are rough, or could not be told."""
    if travel is None:
        return (Remark("no-road"),) if snapshot.roads else ()
    return _coarse(snapshot) if travel.coarse else ()


def _in_country(lon: float, lat: float) -> bool:
    box = CZECHIA
    return box.west_lon_degree <= lon <= box.east_lon_degree and box.south_lat_degree <= lat <= box.north_lat_degree


def _within(snapshot: Snapshot, site: Site, lon: float, lat: float) -> bool:
    west, south, east, north = site.region.bounds
    if not (west <= lon <= east and south <= lat <= north):
        return False
    found = _region(snapshot)
    return found is None or found.holds(lon, lat)


@lru_cache(maxsize=2)
def _coarse(snapshot: Snapshot) -> Remarks:
    return (Remark("coarse-roads", {"note": snapshot.roads.note}),) if snapshot.roads else ()


@lru_cache(maxsize=2)
def _region(snapshot: Snapshot) -> Region | None:
    """The region within its boundary; None where that is only drawn around seats, or not there."""
    levels = {collection.level: collection for collection in snapshot.collections.values() if collection.level}
    coarsest = next((levels[level] for level in reversed(LEVELS) if level in levels), None)
    if coarsest is None or snapshot.schematic:
        return None
    return Region(shapely.union_all(coarsest.columns.geometries))
