"""``geoportal.toml``: whose portal this is, which themes it has, where the region lies. Configuration, never code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from geoportal.schema import Declaration, Text, load_toml

Level = Literal["obec", "pou", "orp", "okres", "kraj"]
LEVELS: tuple[Level, ...] = ("obec", "pou", "orp", "okres", "kraj")  # from the finest to the coarsest

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees


class Publisher(Declaration):
    """Who publishes the layers."""

    name: str
    ico: str
    iri: str
    email: str | None = None


class Region(Declaration):
    """The territory served. ``bounds`` is a box in degrees that holds all of it; what lies outside is foreign."""

    name: Text
    code: str
    iri: str
    bounds: Bounds

    @model_validator(mode="after")
    def _is_a_box(self) -> Region:
        west, south, east, north = self.bounds
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise ValueError(f"bounds {list(self.bounds)} must be [west, south, east, north] in degrees")
        return self


class Hub(Declaration):
    """The portal that the maps belong to; every page leads back there."""

    name: Text
    url: Annotated[str, Field(pattern="^https?://")]
    feedback: str | None = None


class Theme(Declaration):
    """One of the portal's themes; ``eu`` are codes of the EU data-theme authority table."""

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    title: Text
    eu: tuple[str, ...] = ()


class Portal(Declaration):
    """Another portal of the region, for the signpost."""

    name: Text
    url: Annotated[str, Field(pattern="^https?://")]
    description: Text | None = None
    audience: Text | None = None


class Territory(Declaration):
    """How codes are translated and where seats are.

    ``crosswalk`` names the sources, the earlier ones first; ``seats`` the source with a point for each obec.
    """

    crosswalk: tuple[str, ...]
    seats: str | None = None


class Publication(Declaration):
    """``allow`` names sources whose licence is not cleared and that the region took upon itself to publish."""

    allow: tuple[str, ...] = ()


class Finder(Declaration):
    """Emergency numbers shown first, the age at which hours are called old, and what is then said besides."""

    emergency: tuple[str, ...] = ("155", "112")
    stale_after_days: int = 180
    notice: Text | None = None


class Atlas(Declaration):
    """The indicators that the atlas opens with: the first of them that the snapshot has."""

    default: tuple[str, ...] = ()


class Site(Declaration):
    """The whole of ``geoportal.toml``."""

    title: Text
    languages: tuple[Literal["cs", "en"], ...] = ("cs", "en")
    publisher: Publisher
    region: Region
    hub: Hub
    territory: Territory
    publication: Publication = Publication()
    finder: Finder = Finder()
    atlas: Atlas = Atlas()
    themes: tuple[Theme, ...]
    portals: tuple[Portal, ...] = ()

    def theme(self, theme_id: str) -> Theme:
        """The theme called ``theme_id``; the inventory has checked that it exists."""
        return next(theme for theme in self.themes if theme.id == theme_id)


def load_site(home: Path) -> Site:
    """The site file of ``home``. Raises ``Problems``."""
    return load_toml(Site, home / "geoportal.toml", "geoportal.toml")
