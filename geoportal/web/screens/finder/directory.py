"""``/pohotovosti``: printable lists of services, one for each district and each kind, with schema.org beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import orjson

from geoportal.errors import NotFound, alternatives
from geoportal.finder.answer import Nearby
from geoportal.hours.schedule import parse_schedule
from geoportal.hours.schema_org import opening_hours_specification
from geoportal.search.folding import words
from geoportal.web.screens.finder.kinds import known_kinds
from geoportal.web.screens.finder.opening import Clock, moment_words
from geoportal.web.screens.finder.screen import Group, districts, listed
from geoportal.web.screens.finder.services import service_card
from geoportal.web.screens.visit import Visit

ROOT = "/pohotovosti"


def slug(name: str) -> str:
    """A name as it stands in an address: ``Česká Lípa`` is ``ceska-lipa``."""
    return "-".join(words(name))


def list_paths(visit: Visit) -> list[str]:
    """The path of every list that has something in it, for a sitemap."""
    known = known_kinds(visit)
    at = dt.datetime.now(dt.UTC)
    found = listed(visit, tuple(known), at)
    pairs = {(slug(one.district), kind.id) for one in found if one.district for kind in one.kinds}
    kinds = {kind for _, kind in pairs}
    paths = [ROOT, *(f"{ROOT}/{name}" for name in sorted({name for name, _ in pairs} | kinds))]
    return paths + [f"{ROOT}/{name}/{kind}" for name, kind in sorted(pairs)]


def directory_screen(visit: Visit, steps: tuple[str, ...], now: dt.datetime, base_url: str) -> dict[str, Any]:
    """What the list at ``/pohotovosti/<steps>`` shows at ``now``. Raises ``NotFound`` for steps that name nothing."""
    district, kind = read_steps(visit, steps, now)
    known = known_kinds(visit)
    found = listed(visit, (kind,) if kind else (), now, district)
    clock = Clock(now, live=True)
    title = known[kind][0] if kind else visit.say("lists.title")
    return {
        "title": visit.say("lists.in_district", title=title, name=district) if district else title,
        "groups": _groups(visit, found, clock, kind),
        "when": moment_words(visit, clock),
        "address": base_url + visit.translated(visit.language).removeprefix(visit.root),
        "links": _links(visit, district, kind),
        "finder": visit.link("/mapa/pohotovosti", druh=kind),
        "emergency": visit.site.finder.emergency,
        "stale": any(one.stale for one in found),
        "count": len(found),
        "attributions": list(dict.fromkeys(said.attribution for one in found for said in one.statements)),
        "structured": structured(found, now.date(), base_url + visit.path),
    }


def read_steps(visit: Visit, steps: tuple[str, ...], now: dt.datetime) -> tuple[str | None, str | None]:
    """The district and the kind that ``steps`` of a path name, either or both. Raises ``NotFound``."""
    named = {slug(name): name for name in districts(listed(visit, tuple(known_kinds(visit)), now)) if name}
    kinds = known_kinds(visit)
    if not steps:
        return None, None
    first, *rest = steps
    if first not in named and (first not in kinds or rest):
        raise NotFound(f"there is no list '{first[:80]}'; {alternatives(first[:80], [*named, *kinds])}")
    if rest and rest[0] not in kinds:
        raise NotFound(f"there is no kind of service '{rest[0][:80]}'; {alternatives(rest[0][:80], kinds)}")
    return named.get(first), rest[0] if rest else (first if first not in named else None)


def _groups(visit: Visit, found: list[Nearby], clock: Clock, kind: str | None) -> list[Group]:
    """The places by kind; those of one kind by district."""
    groups: list[tuple[str, list[Nearby]]] = []
    if kind:
        groups = [(name, [one for one in found if one.district == name]) for name in districts(found)]
    else:
        for name, (title, _) in known_kinds(visit).items():
            groups.append((title, [one for one in found if name in [kind.id for kind in one.kinds]]))
    return [
        Group(title or visit.say("finder.elsewhere"), tuple(service_card(visit, one, 0, clock) for one in held))
        for title, held in groups
        if held
    ]


def _links(visit: Visit, district: str | None, kind: str | None) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Other lists: by district and by kind, as title, address, and whether it is this one."""
    known = known_kinds(visit)
    found = listed(visit, tuple(known), dt.datetime.now(dt.UTC))
    there = {(one.district, kind.id) for one in found for kind in one.kinds}
    near = [name for name in districts(found) if name and (kind is None or (name, kind) in there)]
    offered = [name for name in known if district is None or (district, name) in there]
    everywhere = (visit.say("lists.everywhere"), list_address(visit, None, kind), district is None)
    of_all = (visit.say("lists.all_kinds"), list_address(visit, district, None), kind is None)
    return [
        (visit.say("lists.districts"), [everywhere, *((n, list_address(visit, n, kind), n == district) for n in near)]),
        (
            visit.say("lists.kinds"),
            [of_all, *((known[n][0], list_address(visit, district, n), n == kind) for n in offered)],
        ),
    ]


def list_address(visit: Visit, district: str | None, kind: str | None) -> str:
    """The address of the list of a district and a kind."""
    return visit.link("/".join(filter(None, (ROOT, slug(district) if district else None, kind))))


def structured(found: Iterable[Nearby], today: dt.date, address: str) -> str:
    """The places as JSON-LD of schema.org, safe inside a script element."""
    items = [
        {"@type": "ListItem", "position": number, "item": _place(one, today, address)}
        for number, one in enumerate(found, start=1)
    ]
    content = {"@context": "https://schema.org", "@type": "ItemList", "url": address, "itemListElement": items}
    return orjson.dumps(content).decode().replace("<", "\\u003c")


def _place(nearby: Nearby, today: dt.date, address: str) -> dict[str, Any]:
    hours = next((one.osm for one in nearby.statements if one.osm), None)
    held = {
        "@type": _type(nearby),
        "@id": f"{address}#{nearby.id}",
        "name": nearby.name,
        "geo": {"@type": "GeoCoordinates", "longitude": nearby.lon, "latitude": nearby.lat},
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "CZ",
            "addressLocality": nearby.municipality,
            **({"streetAddress": nearby.address} if nearby.address else {}),
        },
        "telephone": nearby.phones[0] if nearby.phones else None,
        "url": nearby.web,
        "openingHoursSpecification": opening_hours_specification(parse_schedule(hours), today) if hours else None,
    }
    return {name: value for name, value in held.items() if value}


def _type(nearby: Nearby) -> str | list[str]:
    if any(kind.urgent for kind in nearby.kinds):
        return ["Hospital", "EmergencyService"]
    return "MedicalClinic" if nearby.walk_in else "EmergencyService"
