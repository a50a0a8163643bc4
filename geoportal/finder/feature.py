"""A service as a GeoJSON feature: the same for every asker but for the distance, which is put in last."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

import orjson

from geoportal.finder.answer import Nearby, Opening, Statement
from geoportal.finder.board import Halves
from geoportal.hours.schedule import Day

_PROPERTIES = b'"properties":{'


def encode_halves(nearby: Nearby, base_url: str) -> Halves:
    """The feature as JSON in two parts; what ``encode_way`` gives belongs between them.

    ``base_url``: the public address of the service, to which links lead.
    """
    before, mark, behind = orjson.dumps(as_feature(nearby, base_url)).partition(_PROPERTIES)
    return before + mark + b'"distance_m":', behind


def encode_way(distance_m: float, travel_s: float | None) -> bytes:
    """What belongs between the halves: the distance and, where there is one, the travel time."""
    return b"%.1f," % distance_m if travel_s is None else b'%.1f,"travel_s":%.0f,' % (distance_m, travel_s)


def as_feature(nearby: Nearby, base_url: str) -> dict[str, Any]:
    """The feature without distance and travel time; times are ISO 8601 in Europe/Prague."""
    deciding, opening = nearby.statements[0], nearby.opening
    return {
        "type": "Feature",
        "id": nearby.id,
        "geometry": {"type": "Point", "coordinates": [nearby.lon, nearby.lat]},
        "properties": {
            "layer": nearby.layer,
            "fid": nearby.fid,
            "kind": nearby.kinds[0].id if nearby.kinds else None,
            "kinds": [{"id": kind.id, "title": kind.title.model_dump(exclude_none=True)} for kind in nearby.kinds],
            "name": nearby.name,
            "municipality": nearby.municipality,
            "district": nearby.district,
            "address": nearby.address or None,
            "where": nearby.where or None,
            "phones": nearby.phones,
            "web": nearby.web,
            "walk_in": nearby.walk_in,
            "state": nearby.state,
            **_opening(opening),
            "hours": deciding.osm,
            "week": [_day(day) for day in opening.week] if opening else [],
            "disagree": nearby.disagree,
            "disputed": nearby.disputed,
            "source": "; ".join(dict.fromkeys(one.attribution for one in nearby.statements)),
            "date": deciding.verified.isoformat(),
            "stale": nearby.stale,
            "statements": [_statement(one) for one in nearby.statements],
            "directions": directions(nearby.lon, nearby.lat),
            "links": _links(nearby, base_url),
        },
    }


def directions(lon: float, lat: float) -> dict[str, str]:
    """Addresses that open a route to a place in a map application."""
    return {
        "mapy": f"https://mapy.com/fnc/v1/route?mapset=traffic&end={lon},{lat}&routeType=car_fast_traffic&navigate=true",
        "google": f"https://www.google.com/maps/dir/?api=1&destination={lat},{lon}",
        "geo": f"geo:{lat},{lon}",
    }


def _opening(opening: Opening | None) -> dict[str, Any]:
    if opening is None:
        return {"until": None, "opens": None, "note": None}
    return {"until": _time(opening.until), "opens": _time(opening.opens), "note": opening.comment or None}


def _day(day: Day) -> dict[str, Any]:
    shown = {"date": day.date.isoformat(), "kind": day.kind, "spans": [list(span) for span in day.spans]}
    holiday = {"holiday": day.holiday.model_dump(exclude_none=True)} if day.holiday else {}
    return {**shown, **holiday, **({"note": day.note} if day.note else {})}


def _statement(statement: Statement) -> dict[str, Any]:
    opening = statement.opening
    return {
        "source": statement.source,
        "publisher": statement.publisher,
        "attribution": statement.attribution,
        "url": statement.url,
        "verified": statement.verified.isoformat(),
        "old": statement.old,
        "name": statement.name,
        "phones": statement.phones,
        "hours": statement.osm,
        "state": opening.state if opening else "unknown",
        **_opening(opening),
    }


def _links(nearby: Nearby, base_url: str) -> list[dict[str, str]]:
    if nearby.fid is None:
        return []
    address = f"{base_url}/collections/{nearby.layer}/items/{quote(nearby.fid, safe='')}"
    return [{"rel": "canonical", "href": address, "type": "application/geo+json"}]


def _time(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None
