"""``/rozcestnik``: the other portals and applications of the region, by whom they are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class PortalEntry:
    """A portal; ``host`` is its address as people read it."""

    name: str
    description: str
    url: str
    host: str


def signpost_screen(visit: Visit) -> dict[str, Any]:
    """What the page shows: the hub, and groups of portals in the order in which the site names their audiences."""
    groups: dict[str, list[PortalEntry]] = {}
    for portal in visit.site.portals:
        audience = visit.into(portal.audience) if portal.audience else visit.say("signpost.everybody")
        description = visit.into(portal.description) if portal.description else ""
        entry = PortalEntry(visit.into(portal.name), description, portal.url, _host(portal.url))
        groups.setdefault(audience, []).append(entry)
    return {"hub_host": _host(visit.hub_url), "groups": list(groups.items())}


def _host(url: str) -> str:
    return url.partition("://")[2].rstrip("/").removeprefix("www.")
