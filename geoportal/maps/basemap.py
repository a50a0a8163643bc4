"""The basemaps of a map: our own, in a style per look of the page, and what the region chose besides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExternalBasemap:
    """Picture tiles of another service: a template of ``{z}``, ``{x}`` and ``{y}``, and who must be named how."""

    title: str
    url: str
    attribution: str
    link: str
    zooms: tuple[int, int]
    logo: str | None = None
    logo_link: str | None = None


@dataclass(frozen=True)
class Basemap:
    """Addresses of the styles for a light, a dark and a high-contrast page, and of the one that lies over areas.

    ``styles`` is empty where the snapshot has no tiles. ``title`` names our own map where there is a choice.
    """

    title: str = ""
    styles: tuple[tuple[str, str], ...] = ()
    external: tuple[ExternalBasemap, ...] = ()
