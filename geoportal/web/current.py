"""What a request works with: the snapshot, the site, the settings."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g, request

from geoportal.settings import Settings
from geoportal.site import Site
from geoportal.snapshot.reader import Follower, Snapshot


@dataclass(frozen=True)
class Service:
    """What the app holds for all requests."""

    settings: Settings
    site: Site
    snapshot: Follower


def service() -> Service:
    """The service that the current app runs."""
    held: Service = current_app.extensions["geoportal"]
    return held


def snapshot() -> Snapshot:
    """The snapshot, the same one for the whole of a request."""
    if "snapshot" not in g:
        g.snapshot = service().snapshot()
    held: Snapshot = g.snapshot
    return held


def site() -> Site:
    """The site file."""
    return service().site


def settings() -> Settings:
    """The settings."""
    return service().settings


def hub_url() -> str:
    """The hub's address; the environment overrides the site file."""
    return settings().hub_url or site().hub.url


def base_url() -> str:
    """The public address of the service without a slash at its end.

    Forwarded headers are not heeded, since anyone can send them: behind a proxy set GEOPORTAL_BASE_URL.
    """
    if "base_url" not in g:
        g.base_url = settings().base_url or request.host_url.rstrip("/")
    address: str = g.base_url
    return address
