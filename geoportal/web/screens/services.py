"""Services that people look for: where each is, whom to call, hours as they were published."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from geoportal.schema import Text
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Snapshot
from geoportal.web.screens.units import Municipality, municipalities
from geoportal.web.screens.visit import Visit

HOURS = "ordinacni_hodiny_"
DAYS = ("pondeli", "utery", "streda", "ctvrtek", "patek", "sobota", "nedele", "svatek")
PLACE_FIELDS = ("nazev_obce", "nazev_okresu", "kod_obce")
COUNTRY = "+420"


@dataclass(frozen=True)
class Service:
    """One service. ``hours``: pairs of days and hours as published; ``facts``: pairs of title and value."""

    layer: str
    name: str
    kind: str
    layer_title: str
    letter: str
    colour: str
    lon: float
    lat: float
    municipality: str
    district: str
    phones: tuple[tuple[str, str], ...]
    web: str | None
    hours: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    route: str
    source: str
    date: str
    old: bool
    distance: str = ""


def service_collections(snapshot: Snapshot) -> list[Collection]:
    """The layers of services, the ones drawn on top first."""
    return sorted((c for c in snapshot.collections.values() if c.service), key=lambda c: -c.style.order)


def kinds(collection: Collection) -> list[str]:
    """The kinds that a layer of services tells apart, in alphabetical order."""
    if not collection.kind_field:
        return []
    found = {feature["properties"].get(collection.kind_field) for feature in _features(collection)}
    return sorted(kind for kind in found if kind)


def services(visit: Visit, collection: Collection, kind: str | None = None) -> list[Service]:
    """The services of a layer, or those of one kind, in the layer's order."""
    places = municipalities(visit.snapshot)
    uniform = _uniform(collection)
    features = _features(collection)
    shown = [f for f in features if kind is None or f["properties"].get(collection.kind_field) == kind]
    return [_service(visit, collection, feature, places, uniform) for feature in shown]


def at_distance(service: Service, visit: Visit, distance_m: float) -> Service:
    """The service with its distance in words, labelled as the crow flies."""
    return replace(service, distance=visit.say("finder.distance", distance=visit.say.number(distance_m / 1000, 1)))


@lru_cache(maxsize=16)
def _features(collection: Collection) -> tuple[dict[str, Any], ...]:
    return tuple(collection.features())


@lru_cache(maxsize=16)
def _uniform(collection: Collection) -> frozenset[str]:
    """Fields that are the same in every feature and so tell a reader nothing, such as a mark of validity."""
    features = _features(collection)
    return frozenset(
        name
        for name in collection.fields
        if len(features) > 1 and len({repr(f["properties"].get(name)) for f in features}) == 1
    )


def _service(
    visit: Visit,
    collection: Collection,
    feature: Mapping[str, Any],
    places: Mapping[str, Municipality],
    uniform: frozenset[str],
) -> Service:
    properties = feature["properties"]
    lon, lat = feature["geometry"]["coordinates"][:2]
    place = places.get(str(properties.get("kod_obce")))
    phones = _of_type(collection, properties, "phone")
    web = _of_type(collection, properties, "url")
    return Service(
        layer=collection.id,
        name=properties[collection.label],
        kind=properties.get(collection.kind_field) or "" if collection.kind_field else "",
        layer_title=visit.into(collection.title),
        letter=collection.style.letter or "",
        colour=collection.style.colour,
        lon=lon,
        lat=lat,
        municipality=place.name if place else properties.get("nazev_obce") or "",
        district=place.district if place else properties.get("nazev_okresu") or "",
        phones=tuple(phone(number) for text in phones for number in re.split(r"[,;]", text) if number.strip()),
        web=next((address for address in web if address.startswith(("https://", "http://"))), None),
        hours=_hours(visit, collection, properties),
        facts=_facts(visit, collection, properties, uniform),
        route=f"https://mapy.com/fnc/v1/route?mapset=traffic&end={lon},{lat}&routeType=car_fast_traffic&navigate=true",
        source=collection.attribution,
        date=visit.say.date(collection.date),
        old=is_old(collection.date, visit.site.finder.stale_after_days, dt.datetime.now(tz=dt.UTC).date()),
    )


def _of_type(collection: Collection, properties: Mapping[str, Any], wanted: str) -> list[str]:
    return [
        str(properties[name])
        for name, field in collection.fields.items()
        if field.type == wanted and properties.get(name)
    ]


def phone(number: str) -> tuple[str, str]:
    """A phone number to dial (E.164, Czech where no country is given) and to read (in groups of three)."""
    digits = re.sub(r"[^\d+]", "", number)
    dialled = (
        digits if digits.startswith("+") else (f"+{digits[2:]}" if digits.startswith("00") else f"{COUNTRY}{digits}")
    )
    local = dialled.removeprefix(COUNTRY)
    if local == dialled or len(local) != 9:
        return dialled, number.strip()
    return dialled, "\u00a0".join(local[i : i + 3] for i in (0, 3, 6))


def _hours(visit: Visit, collection: Collection, properties: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    names = [HOURS + day for day in DAYS if properties.get(HOURS + day)]
    return tuple(join_days((_day(visit, collection.fields[name].title), str(properties[name])) for name in names))


def _day(visit: Visit, title: Text) -> str:
    return visit.into(title).rpartition(": ")[2]


def join_days(days: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Days with their hours, neighbours with equal hours joined: ``pondělí–pátek``. The hours stay as published."""
    runs: list[list[str]] = []
    for day, hours in days:
        if runs and runs[-1][2] == hours:
            runs[-1][1] = day
        else:
            runs.append([day, day, hours])
    return [(first if first == last else f"{first} – {last}", hours) for first, last, hours in runs]


def _facts(
    visit: Visit, collection: Collection, properties: Mapping[str, Any], uniform: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    told = {collection.label, collection.kind_field, collection.card.id_field, *PLACE_FIELDS, *uniform}
    return tuple(
        (visit.into(field.title), str(properties[name]))
        for name, field in collection.fields.items()
        if name not in told
        and properties.get(name) not in (None, "")
        and field.type in ("text", "integer", "date")
        and not name.startswith(HOURS)
        and not str(properties[name]).startswith("POINT")
    )


def is_old(date: str, days: int, today: dt.date) -> bool:
    """Whether a state of ``date`` (ISO; a year or month counts from its end) is older than ``days`` on ``today``."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    if not found:
        return True
    year, month, day = (int(part) if part else None for part in found.groups())
    if day is not None and month is not None and year is not None:
        since = dt.date(year, month, day)
    else:
        since = dt.date((year or 0) + (month or 12) // 12, (month or 12) % 12 + 1, 1) - dt.timedelta(days=1)
    return (today - since).days > days
