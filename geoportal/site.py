"""``geoportal.toml``: whose portal this is, which themes it has, where the region lies. Configuration, never code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from geoportal.languages import WHOLE, Language, Spoken, whole
from geoportal.look import Look
from geoportal.public import Accessibility, BasemapChoice, Embed, Feedback
from geoportal.schema import Declaration, Text, load_toml

Level = Literal["obec", "pou", "orp", "okres", "kraj"]
LEVELS: tuple[Level, ...] = ("obec", "pou", "orp", "okres", "kraj")  # from the finest to the coarsest

EuTheme = Literal[
    "AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN"
]  # fmt: skip

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees


class Publisher(Declaration):
    """Who publishes the layers."""

    name: str
    ico: str
    iri: str
    email: str | None = None


class Region(Declaration):
    """The territory served. ``bounds`` is a box in degrees that holds all of it; what lies outside is foreign.

    ``country`` is what the whole is called beside whose values its own are shown.
    """

    name: Text
    country: Text = Text(cs="Česko", en="Czechia", de="Tschechien", pl="Czechy")
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
    """The portal that the maps belong to; every page leads back there.

    ``catalogue`` names sources with the list of its data sets; the first that is at hand is used.
    """

    name: Text
    url: Annotated[str, Field(pattern="^https?://")]
    feedback: str | None = None
    catalogue: tuple[str, ...] = ()


class Theme(Declaration):
    """One of the portal's themes; ``eu`` are codes of the EU data-theme authority table.

    ``concepts``: what every data set on the theme is about, by names that ``[catalog.concepts]`` has.
    ``hub``: a data set of the hub is on the theme when its catalogue files it under one of these themes or keywords.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    title: Text
    eu: tuple[EuTheme, ...] = ()
    concepts: tuple[str, ...] = ()
    hub: tuple[str, ...] = ()


class Portal(Declaration):
    """Another portal of the region, for the signpost."""

    name: Text
    url: Annotated[str, Field(pattern="^https?://")]
    description: Text | None = None
    audience: Text | None = None


class OpenData(Declaration):
    """The catalogue of open data. ``names``: the address that identifiers begin with; by default the service's own.

    ``concepts``: IRI of a concept of a thesaurus such as EuroVoc -> what it is called, in English as there.
    """

    names: Annotated[str, Field(pattern="^https?://[^?#]*[^/?#]$")] | None = None
    concepts: Mapping[Annotated[str, Field(pattern="^https?://")], Text] = {}


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
    """Emergency numbers shown first, the age at which hours are called old, and what is then said besides.

    ``far_km``: where the nearest open service is farther than this, what opens next is offered too. ``exceptions``
    names the source with dated exceptions from opening hours.
    """

    emergency: tuple[str, ...] = ("155", "112")
    stale_after_days: int = 180
    far_km: float = 30
    exceptions: str | None = None
    notice: Text | None = None


class Atlas(Declaration):
    """The indicators that the atlas opens with: the first of them that the snapshot has."""

    default: tuple[str, ...] = ()


class Likeness(Declaration):
    """An indicator by which units are alike; by its ``logarithm`` where a few units are many times larger than most."""

    indicator: str
    logarithm: bool = False


class Profiles(Declaration):
    """Pages of units. ``lead``: indicators told in their first sentences; ``similar``: by what units are alike.

    Indicators that a snapshot lacks are passed over.
    """

    lead: tuple[str, ...] = ()
    similar: tuple[Likeness, ...] = ()


class Search(Declaration):
    """What can be found by name besides units, services, layers and indicators.

    ``parts`` names the source with the parts of obce (``kod nazev kod_obce``, and ``lon lat`` where known),
    ``postcodes`` the one with the postcodes of each obec (``psc kod_obce``), ``population`` the indicator by which
    obce that fit alike are ranked.
    """

    parts: str | None = None
    postcodes: str | None = None
    population: str | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that are named."""
        return tuple(name for name in (self.parts, self.postcodes) if name)


class Site(Declaration):
    """The whole of ``geoportal.toml``. ``spoken`` are all its languages, also those that only some pages are in."""

    title: Text
    spoken: Spoken = Field(WHOLE, alias="languages")
    publisher: Publisher
    region: Region
    hub: Hub
    look: Look = Look()
    catalog: OpenData = OpenData()
    territory: Territory
    publication: Publication = Publication()
    finder: Finder = Finder()
    atlas: Atlas = Atlas()
    profiles: Profiles = Profiles()
    search: Search = Search()
    basemap: BasemapChoice = BasemapChoice()
    feedback: Feedback = Feedback()
    embed: Embed = Embed()
    accessibility: Accessibility = Accessibility()
    themes: tuple[Theme, ...]
    portals: tuple[Portal, ...] = ()

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that every page is in, the site's own first."""
        return whole(self.spoken)

    def theme(self, theme_id: str) -> Theme:
        """The theme called ``theme_id``; the inventory has checked that it exists."""
        return next(theme for theme in self.themes if theme.id == theme_id)


def load_site(home: Path) -> Site:
    """The site file of ``home``. Raises ``Problems``."""
    return load_toml(Site, home / "geoportal.toml", "geoportal.toml")
