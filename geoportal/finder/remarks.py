"""What has to be said with an answer: about the position, about what is open, about the roads."""

from __future__ import annotations

from collections.abc import Iterator
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


def about_position(snapshot: Snapshot, site: Site, question: Question) -> Iterator[Remark]:
    """Whether the position is in the region, in the country, or most likely written the wrong way round."""
    lon, lat, region = question.lon, question.lat, site.region.name
    if _within(snapshot, site, lon, lat):
        return
    if _within(snapshot, site, lat, lon):
        yield Remark("swapped", {"region": region, "lon": f"{lat:g}", "lat": f"{lon:g}"})
    elif _in_country(lon, lat):
        yield Remark("outside-region", {"region": region})
    else:
        yield Remark("outside-country", {"region": region})


def about_offer(places: Places, offer: Offer, first: list[tuple[int, float]], near: bool) -> Iterator[Remark]:
    """Whether there is such a place at all, and whether one is open within reach. ``first``: the nearest open one."""
    if not offer.any:
        yield Remark("no-service")
    elif near or not offer.walk_in:
        return
    elif first:
        (number, metres), *_ = first
        service = places.services[number]
        yield Remark("far-open", {"km": metres / 1000, "name": service.name, "obec": service.municipality})
    else:
        yield Remark("nothing-open")


def about_roads(snapshot: Snapshot, travel: Travel | None) -> Iterator[Remark]:
    """Whether travel times are rough, or could not be told."""
    if travel and travel.coarse:
        yield Remark("coarse-roads", {"note": travel.note})
    elif snapshot.roads and travel is None:
        yield Remark("no-road")


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
def _region(snapshot: Snapshot) -> Region | None:
    """The region within its boundary; None where that is only drawn around seats, or not there."""
    levels = {collection.level: collection for collection in snapshot.collections.values() if collection.level}
    coarsest = next((levels[level] for level in reversed(LEVELS) if level in levels), None)
    if coarsest is None or snapshot.schematic:
        return None
    return Region(shapely.union_all(coarsest.columns.geometries))
