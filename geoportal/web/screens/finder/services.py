"""Services that people look for, as cards: what is open, how far, whom to call, and what each source says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geoportal.finder.answer import Nearby, Statement
from geoportal.finder.feature import directions
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Snapshot
from geoportal.web.screens.finder.opening import Clock, Hours, State, opening_state, regular_hours, state_of, week_of
from geoportal.web.screens.visit import Visit

COUNTRY = "+420"
LONGEST_NAME = 80  # characters of a name in a link
METRES_SHOWN = 950  # from here on a distance is told in kilometres


@dataclass(frozen=True)
class Source:
    """What one source says: who it is, of what day, and its hours.

    ``said`` is how it wants to be named, ``name`` what it calls the place where that differs.
    """

    publisher: str
    said: str
    address: str | None
    verified: str
    old: bool
    name: str
    state: State
    regular: tuple[Hours, ...]
    week: tuple[Hours, ...]


@dataclass(frozen=True)
class ServiceCard:
    """One place as the page shows it.

    ``key`` is its id in the document, ``id`` its id in the service, ``number`` the one that its marker bears.
    ``phones``: pairs to dial and to read. ``sources``: the deciding one first. ``where``: floor and pavilion.
    """

    key: str
    id: str
    number: int
    name: str
    kind: str
    colour: str
    lon: float
    lat: float
    place: str
    where: str
    state: State
    travel: str
    distance: str
    phones: tuple[tuple[str, str], ...]
    web: str | None
    routes: dict[str, str]
    sources: tuple[Source, ...]
    disagree: bool
    stale: bool
    feature: str
    feedback: str


def service_card(visit: Visit, nearby: Nearby, number: int, clock: Clock) -> ServiceCard:
    """The card of a place."""
    collection = visit.snapshot.collections[nearby.layer]
    return ServiceCard(
        key="misto-" + re.sub(r"[^A-Za-z0-9]+", "-", nearby.id),
        id=nearby.id,
        number=number,
        name=nearby.name,
        kind=", ".join(visit.into(kind.title) for kind in nearby.kinds) or visit.into(collection.title),
        colour=collection.style.colour,
        lon=nearby.lon,
        lat=nearby.lat,
        place=_place(visit, nearby),
        where=nearby.where,
        state=state_of(visit, nearby, clock),
        travel=_travel(visit, nearby.travel_s),
        distance=_distance(visit, nearby.distance_m),
        phones=tuple(phone(number, abroad=visit.language != "cs") for number in nearby.phones),
        web=nearby.web,
        routes=directions(nearby.lon, nearby.lat),
        sources=tuple(_source(visit, one, nearby, clock) for one in nearby.statements),
        disagree=nearby.disagree,
        stale=nearby.stale,
        feature=visit.link(f"/collections/{nearby.layer}/items/{nearby.fid}") if nearby.fid else "",
        feedback=visit.link("/zpetna-vazba", o="pohotovosti", misto=_named(nearby), stranka=visit.path),
    )


def service_collections(snapshot: Snapshot) -> list[Collection]:
    """The layers of services, the ones drawn on top first."""
    return sorted((c for c in snapshot.collections.values() if c.service), key=lambda c: -c.style.order)


def phone(number: str, abroad: bool = False) -> tuple[str, str]:
    """A phone number to dial (E.164, Czech where no country is given) and to read (in groups of three).

    ``abroad``: who reads it has a phone from another country, so it is read with the code of this one.
    """
    digits = re.sub(r"[^\d+]", "", number)
    dialled = (
        digits if digits.startswith("+") else (f"+{digits[2:]}" if digits.startswith("00") else f"{COUNTRY}{digits}")
    )
    local = dialled.removeprefix(COUNTRY)
    if local == dialled or len(local) != 9:
        return dialled, number.strip()
    groups = [COUNTRY] * abroad + [local[i : i + 3] for i in (0, 3, 6)]
    return dialled, "\u00a0".join(groups)


def _named(nearby: Nearby) -> str:
    """The place as a message about it names it: in Czech, as who reads the message, with the id for their table."""
    told = (nearby.name[:LONGEST_NAME], *[kind.title.cs for kind in nearby.kinds[:1]], nearby.municipality)
    return f"{', '.join(filter(None, told))} ({nearby.id})"


def _place(visit: Visit, nearby: Nearby) -> str:
    """The address; where it is not known the municipality, with its district unless that has the same name."""
    if nearby.address:
        return nearby.address
    other = nearby.district and nearby.district != nearby.municipality
    district = visit.say("finder.district", name=nearby.district) if other else ""
    return ", ".join(filter(None, (nearby.municipality, district)))


def _travel(visit: Visit, seconds: float | None) -> str:
    return "" if seconds is None else visit.say("finder.travel", minutes=visit.say.number(max(1, round(seconds / 60))))


def _distance(visit: Visit, metres: float | None) -> str:
    if metres is None:
        return ""
    if metres < METRES_SHOWN:
        return visit.say("finder.metres", distance=visit.say.number(max(1, round(metres / 50)) * 50))
    return visit.say("finder.distance", distance=visit.say.number(metres / 1000, 1))


def _source(visit: Visit, statement: Statement, nearby: Nearby, clock: Clock) -> Source:
    return Source(
        publisher=statement.publisher,
        said=statement.attribution,
        address=statement.url,
        verified=visit.say.date(statement.verified.isoformat()),
        old=statement.old,
        name=statement.name if statement.name != nearby.name else "",
        state=opening_state(visit, statement.opening, clock),
        regular=tuple(regular_hours(visit, statement.osm)),
        week=tuple(week_of(visit, statement.opening, clock)) if statement.opening else (),
    )
