"""A layer: which features are published, under which names, from which source. One card per layer."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from geoportal.cards.network import NetworkCard, ReachCard
from geoportal.cards.search import SearchCard
from geoportal.cards.service import HoursCard, KindCard, PlaceCard, StatementCard, wrong_kinds
from geoportal.errors import alternatives
from geoportal.schema import Declaration, Text
from geoportal.site import Level

GeometryKind = Literal["point", "line", "polygon"]
HighValue = Literal["companies", "environment", "geospatial", "meteorological", "mobility", "statistics"]
InspireTheme = Literal["au", "hh", "hy", "lc", "ps", "tn", "us"]
FieldType = Literal["text", "code", "integer", "number", "boolean", "date", "datetime", "url", "phone"]


class FieldCard(Declaration):
    """A published property: its title for people, its type, its unit."""

    title: Text
    type: FieldType = "text"
    unit: str | None = None


class LayerFrom(Declaration):
    """One way to fill a layer. The first entry whose source is at hand is used.

    ``table``: layer or member of the file. ``rename``: source column -> field. ``keep``: only rows whose column has
    one of the values. ``match``: only rows whose column matches the regular expression. ``values``: constants for
    fields the source lacks. ``codes``: which code system parents and ids are in (a column of the crosswalk, or
    ``code``). ``schematic``: the source has seats only and the boundaries are drawn around them.
    """

    source: str
    table: str | None = None
    rename: dict[str, str] = {}
    keep: dict[str, str | tuple[str, ...]] = {}
    match: dict[str, str] = {}
    values: dict[str, str] = {}
    codes: str = "code"
    schematic: bool = False

    @field_validator("match")
    @classmethod
    def _are_expressions(cls, match: dict[str, str]) -> dict[str, str]:
        for column, expression in match.items():
            try:
                re.compile(expression)
            except re.error as error:
                raise ValueError(f"{column} = '{expression}' is not a regular expression: {error}") from None
        return match


class TerritoryCard(Declaration):
    """Makes a layer a level of the territory. ``parents``: level -> field with the parent's code."""

    level: Level
    parents: dict[Level, str] = {}


class Style(Declaration):
    """How the layer looks on a map: one colour (a CSS custom property of the stylesheet), line width in px."""

    colour: Annotated[str, Field(pattern="^[a-z-]+$")] = "layer"
    width: float = 1.5
    letter: str | None = None
    order: int = 50


class LayerCard(Declaration):
    """``layers/<id>.toml``.

    ``id_field`` gives the feature id (without it features are numbered in their spatial order). ``label`` is the
    field shown as a feature's name. ``expected`` is the exact count, or the lowest and the highest. ``region``: keep
    features as they are, keep those within the region, or cut them at its boundary. ``locate`` adds the obec in which
    each point lies as ``kod_obce`` where the source does not give it. ``kind_field`` tells kinds of service apart;
    ``kinds``, ``hours``, ``place`` and ``statements`` tell the finder of a ``service`` what they are. ``network`` makes
    lines the roads to travel on, ``reach`` stands in place of ``from``: areas from which services are reached in time.
    ``search`` makes its features something that is found by name, which needs ``id_field``. ``high_value`` is the
    category of a high-value dataset (Regulation (EU) 2023/138), ``inspire`` the code of an INSPIRE theme, ``concepts``
    what it is about besides what its theme is, by names that ``[catalog.concepts]`` of the site has.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9_-]+$")]
    title: Text
    description: Text
    theme: str
    geometry: GeometryKind
    id_field: str | None = None
    label: str
    fields: dict[str, FieldCard]
    sources: Annotated[tuple[LayerFrom, ...], Field(alias="from")] = ()
    territory: TerritoryCard | None = None
    network: NetworkCard | None = None
    reach: ReachCard | None = None
    locate: bool = False
    service: bool = False
    kind_field: str | None = None
    kinds: tuple[KindCard, ...] = ()
    hours: HoursCard | None = None
    place: PlaceCard = PlaceCard()
    statements: tuple[StatementCard, ...] = ()
    search: SearchCard | None = None
    expected: int | tuple[int, int] | None = None
    region: Literal["all", "within", "clip"] = "all"
    hub: str | None = None
    keywords: tuple[str, ...] = ()
    high_value: HighValue | None = None
    inspire: InspireTheme | None = None
    concepts: tuple[str, ...] = ()
    style: Style = Style()

    @model_validator(mode="after")
    def _names_its_own_fields(self) -> LayerCard:
        named = {"label": self.label, "id_field": self.id_field, "kind_field": self.kind_field}
        for key, field in named.items():
            if field and field not in self.fields:
                raise ValueError(f"{key} = '{field}' is not one of its fields: {', '.join(self.fields)}")
        if self.territory and self.id_field is None:
            raise ValueError("a layer with [territory] needs 'id_field', the field with the unit's code")
        if self.service and self.id_field is None:
            raise ValueError("a layer with service = true needs 'id_field', by which the finder names each place")
        if self.search and self.id_field is None:
            raise ValueError("a layer with [search] needs 'id_field', by which what was found is opened")
        for key, fields in self._fills().items():
            for field in fields:
                if field not in self.fields:
                    raise ValueError(f"{key}: '{field}' is not one of its fields; {alternatives(field, self.fields)}")
        for offence in wrong_kinds(self.kinds, self.kind_field, self.statements):
            raise ValueError(offence)
        return self

    @model_validator(mode="after")
    def _has_an_origin(self) -> LayerCard:
        if bool(self.sources) == (self.reach is not None):
            raise ValueError("needs either [[from]], where its features come from, or [reach], areas in reach by road")
        if self.network and self.geometry != "line":
            raise ValueError(f"[network] needs geometry = 'line', not '{self.geometry}'")
        if self.reach and (self.geometry != "polygon" or self.id_field is None):
            raise ValueError("[reach] needs geometry = 'polygon' and an 'id_field'")
        return self

    def _fills(self) -> dict[str, list[str]]:
        """The fields that are written somewhere else in the card, by where."""
        filled = {"territory.parents": list(self.territory.parents.values()) if self.territory else []}
        for entry in self.sources:
            filled.setdefault("from.rename", []).extend(entry.rename.values())
            filled.setdefault("from.values", []).extend(entry.values)
        filled["hours"] = list(self.hours.columns) if self.hours else []
        filled["place"] = list(self.place.fields)
        filled["search"] = list(self.search.fields) if self.search else []
        filled["network"] = list(self.network.fields) if self.network else []
        filled["reach"] = list(self.reach.fields) if self.reach else []
        return filled

    @property
    def expected_range(self) -> tuple[int, int] | None:
        """The lowest and the highest number of features allowed."""
        if isinstance(self.expected, int):
            return self.expected, self.expected
        return self.expected
