"""Whether the links that we give to other portals still lead anywhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import requests

from geoportal.cards import load_inventory
from geoportal.cards.inventory import Inventory
from geoportal.intake.download import Patience, is_unreachable, open_session, reason
from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower
from geoportal.snapshot.store import current_id

State = Literal["alive", "closed", "dead"]

PATIENCE = Patience(connect_s=5, read_s=20, retries=1, retry_after_s=5)
PAUSE_S = 0.5  # between two requests to one host
HOSTS_AT_ONCE = 8
_TURNED_AWAY = (401, 403, 429, 503)  # somebody is there, and wants no programs or is busy


@dataclass(frozen=True)
class Verdict:
    """What became of a link: ``closed`` means that the host answers but lets no program see. ``places`` give it."""

    url: str
    places: tuple[str, ...]
    state: State
    reason: str


def links_of(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The links to other portals, each with the places that give it: the site file, cards, the hub's catalogue.

    The hub's data sets are those of the current snapshot, none before the first build. Raises ``Problems`` when a card
    is wrong.
    """
    inventory = load_inventory(settings.home)
    found: dict[str, list[str]] = {}
    for url, place in (*_given(inventory, settings.hub_url), *_datasets(settings)):
        found.setdefault(url, []).append(place)
    return {url: tuple(places) for url, places in found.items()}


def check_links(
    links: Mapping[str, Sequence[str]], patience: Patience = PATIENCE, pause_s: float = PAUSE_S
) -> list[Verdict]:
    """A verdict on each of ``links``, in their order: hosts at the same time, one host link after link."""
    by_host: dict[str, list[str]] = {}
    for url in links:
        by_host.setdefault(urlsplit(url).netloc, []).append(url)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        checked = pool.map(lambda urls: _check_host(urls, patience, pause_s), by_host.values())
        states = {url: said for found in checked for url, said in found.items()}
    return [Verdict(url, tuple(places), *states[url]) for url, places in links.items()]


def _given(inventory: Inventory, hub_url: str | None) -> Iterable[tuple[str, str]]:
    site = inventory.site
    yield hub_url or site.hub.url, "geoportal.toml: hub.url"
    if site.hub.feedback:
        yield site.hub.feedback, "geoportal.toml: hub.feedback"
    if site.accessibility.enforcement and site.accessibility.enforcement.url:
        yield site.accessibility.enforcement.url, "geoportal.toml: accessibility.enforcement.url"
    for portal in site.portals:
        yield portal.url, f"geoportal.toml: portals '{portal.name.cs}'"
    for layer in inventory.layers.values():
        if layer.hub:
            yield layer.hub, f"layers/{layer.id}.toml: hub"
    for source in inventory.sources.values():
        place = f"data/sources/{source.id}.toml"
        if source.landing:
            yield source.landing, f"{place}: landing"
        if source.licence.url:
            yield source.licence.url, f"{place}: licence"
        for address, _, _ in source.downloads:
            yield address, f"{place}: url"


def _datasets(settings: Settings) -> Iterable[tuple[str, str]]:
    hub = Follower(settings.build)().hub if current_id(settings.build) else None
    for dataset in hub.datasets if hub else ():
        yield dataset.page, f"the hub's catalogue: '{dataset.title}'"


def _check_host(urls: list[str], patience: Patience, pause_s: float) -> dict[str, tuple[State, str]]:
    found: dict[str, tuple[State, str]] = {}
    with open_session(patience) as session:
        session.headers["User-Agent"] = "geoportal (link check)"
        for url in urls:
            if found:
                time.sleep(pause_s)
            try:
                found[url] = _check(session, url, patience)
            except requests.RequestException as error:
                found[url] = ("dead", reason(error).removeprefix(f"{url}: "))
                if is_unreachable(error):
                    return found | {other: found[url] for other in urls if other not in found}
    return found


def _check(session: requests.Session, url: str, patience: Patience) -> tuple[State, str]:
    """By HEAD, and by GET without reading the body where a server doesn't know HEAD or answers it otherwise."""
    timeout = (patience.connect_s, patience.read_s)
    status = 0
    for method in ("HEAD", "GET"):
        with session.request(method, url, timeout=timeout, allow_redirects=True, stream=True) as answer:
            status, said = answer.status_code, f"the server answered {answer.status_code} {answer.reason}".rstrip()
        if status < 400:
            return "alive", said
    return ("closed" if status in _TURNED_AWAY else "dead"), said
