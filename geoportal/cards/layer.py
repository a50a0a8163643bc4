"""A layer: which features are published, under which names, from which source. One card per layer."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from geoportal.errors import alternatives
from geoportal.schema import Declaration, Text
from geoportal.site import Level

GeometryKind = Literal["point", "line", "polygon"]
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
    each point lies as ``kod_obce`` where the source does not give it. ``kind_field`` tells kinds of service apart.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9_-]+$")]
    title: Text
    description: Text
    theme: str
    geometry: GeometryKind
    id_field: str | None = None
    label: str
    fields: dict[str, FieldCard]
    sources: Annotated[tuple[LayerFrom, ...], Field(alias="from", min_length=1)]
    territory: TerritoryCard | None = None
    locate: bool = False
    service: bool = False
    kind_field: str | None = None
    expected: int | tuple[int, int] | None = None
    region: Literal["all", "within", "clip"] = "all"
    hub: str | None = None
    keywords: tuple[str, ...] = ()
    style: Style = Style()

    @model_validator(mode="after")
    def _names_its_own_fields(self) -> LayerCard:
        named = {"label": self.label, "id_field": self.id_field, "kind_field": self.kind_field}
        for key, field in named.items():
            if field and field not in self.fields:
                raise ValueError(f"{key} = '{field}' is not one of its fields: {', '.join(self.fields)}")
        if self.territory and self.id_field is None:
            raise ValueError("a layer with [territory] needs 'id_field', the field with the unit's code")
        for key, fields in self._fills().items():
            for field in fields:
                if field not in self.fields:
                    raise ValueError(f"{key}: '{field}' is not one of its fields; {alternatives(field, self.fields)}")
        return self

    def _fills(self) -> dict[str, list[str]]:
        """The fields that are written somewhere else in the card, by where."""
        filled = {"territory.parents": list(self.territory.parents.values()) if self.territory else []}
        for entry in self.sources:
            filled.setdefault("from.rename", []).extend(entry.rename.values())
            filled.setdefault("from.values", []).extend(entry.values)
        return filled

    @property
    def expected_range(self) -> tuple[int, int] | None:
        """The lowest and the highest number of features allowed."""
        if isinstance(self.expected, int):
            return self.expected, self.expected
        return self.expected
