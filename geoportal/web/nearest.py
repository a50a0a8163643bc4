"""The nearest services to a position, as GeoJSON."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Blueprint, Response

from geoportal.finder.nearest import Found, NearestIndex
from geoportal.snapshot.reader import Snapshot
from geoportal.web.current import site, snapshot
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice_parameter, number_parameter, whole_parameter
from geoportal.web.respond import json_response

blueprint = Blueprint("nearest", __name__)

DEFAULT_LIMIT, MAX_LIMIT = 3, 50


def _parameters() -> list[Parameter]:
    return [
        number_parameter("lon", "Longitude in degrees.", -180, 180, required=True),
        number_parameter("lat", "Latitude in degrees.", -90, 90, required=True),
        choice_parameter("kind", "A service layer; by default all.", service_layers(snapshot())),
        whole_parameter("limit", "How many services.", 1, MAX_LIMIT, default=DEFAULT_LIMIT),
    ]


@blueprint.get("/nearest")
@operation("The nearest services.", "Finder", {"application/geo+json": "featureCollection"}, _parameters)
def nearest(given: dict[str, Any]) -> Response:
    """The nearest services, the nearest first; ``kind`` is a service layer, by default all of them.

    A position is not logged or stored, and the answer is not kept by shared caches.
    """
    held = snapshot()
    chosen = (given["kind"],) if given["kind"] else tuple(service_layers(held))
    found = find_nearest(held, given["lon"], given["lat"], chosen, given["limit"] or DEFAULT_LIMIT)
    west, south, east, north = site().region.bounds
    outside = not (west <= given["lon"] <= east and south <= given["lat"] <= north)
    response = json_response(
        {
            "type": "FeatureCollection",
            "features": [as_feature(one) for one in found],
            "distance": "vzdušnou čarou",
            **({"remark": f"Poloha leží mimo {site().region.name.cs}."} if outside else {}),
        },
        "application/geo+json",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def service_layers(held: Snapshot) -> list[str]:
    """The layers that are services."""
    return [name for name, collection in held.collections.items() if collection.service]


def find_nearest(held: Snapshot, lon: float, lat: float, kinds: tuple[str, ...], limit: int) -> list[Found]:
    """The nearest services of ``kinds``."""
    return _index(held, kinds).nearest(lon, lat, limit)


def as_feature(found: Found) -> dict[str, Any]:
    """The service as a GeoJSON feature with its layer, distance, source and date."""
    collection = found.collection
    feature = collection.feature(found.position)
    feature["properties"] |= {
        "kind": collection.id,
        "distance_m": round(found.distance_m, 1),
        "source": collection.attribution,
        "date": collection.date,
    }
    return feature


@lru_cache(maxsize=32)
def _index(held: Snapshot, kinds: tuple[str, ...]) -> NearestIndex:
    return NearestIndex(held.collections[kind] for kind in kinds)
