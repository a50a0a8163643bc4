"""An indicator: one value per territorial unit and period, with a unit of measure. One card per indicator.

Values are kept by obec; ``aggregate`` says how they become values of POU, ORP, okres and kraj.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from geoportal.errors import alternatives
from geoportal.formula import Tree, names, parse
from geoportal.schema import Declaration, Text

Aggregate = Literal["sum", "ratio", "mean"]


class IndicatorFrom(Declaration):
    """One source of values. Of several, each period is taken from the first that has it.

    ``select``: only rows whose column has one of the values. ``code``: column with the obec's code, in code system
    ``codes``; ``name``: column with its name, for the join report. ``value``: column with the number. ``period``:
    column with the period, or ``period_value`` fixed.
    ``confidential``: texts in ``value`` that mean "known and not published" (empty text included where listed).
    """

    source: str
    table: str | None = None
    select: dict[str, str | tuple[str, ...]] = {}
    code: str
    codes: str = "code"
    name: str | None = None
    value: str
    period: str | None = None
    period_value: str | None = None
    confidential: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_one_period(self) -> IndicatorFrom:
        if (self.period is None) == (self.period_value is None):
            raise ValueError("needs either 'period' (a column) or 'period_value' (fixed)")
        return self


class Spatial(Declaration):
    """A value computed from a layer's features in EPSG:5514.

    ``area``: area of the obec in km2 (needs no layer). ``count``: points in the obec. ``overlap``: km2 of the obec
    covered by the layer's polygons, each place once. ``length``: km of the layer's lines in the obec. ``nearest``: km
    as the crow flies from the obec's seat to the nearest point. ``weighted``: sum of the polygons' numeric ``field``,
    each shared out by area. ``keep`` limits the layer's features.
    """

    operation: Literal["area", "count", "overlap", "length", "nearest", "weighted"]
    layer: str | None = None
    field: str | None = None
    keep: dict[str, str | tuple[str, ...]] = {}
    period: str

    @model_validator(mode="after")
    def _names_a_layer(self) -> Spatial:
        if (self.operation == "area") != (self.layer is None):
            raise ValueError(f"operation '{self.operation}' " + ("takes no" if self.layer else "needs a") + " 'layer'")
        if (self.operation == "weighted") != (self.field is not None):
            raise ValueError("operation = 'weighted' and 'field' go together")
        return self


class TravelTime(Declaration):
    """Minutes by road from the obec's seat to the nearest service of ``layer``, of those that ``keep`` leaves.

    The roads are those of the layer card with ``[network]``.
    """

    layer: str
    keep: dict[str, str | tuple[str, ...]] = {}
    period: str


class IndicatorCard(Declaration):
    """``layers/indicators/<id>.toml``.

    Exactly one of ``from`` (values from sources), ``formula`` (of other indicators), ``spatial`` (from a layer) and
    ``travel`` (by road).
    ``formula``: numbers, ids of indicators with ``_`` in place of ``-``, ``+ - * /`` and parentheses. Of a "ratio"
    it is applied at every level to the sums of its parts over the obce where all of them are known; otherwise
    in each obec, and what it gives is added or averaged. ``nearest`` names the parts that may be of the nearest other
    period (which the manifest then tells); of the others all periods that they share are computed.
    ``country``: where the whole country's values are, as in ``from`` with the rows of one territory; without it those
    of a ratio are computed from the country's values of its parts.
    ``measure``: a count is never drawn as filled areas; anything relative may be. ``weight`` is the indicator that
    weighs a mean. ``direction``: which end is better. ``comparability`` warns where periods or units differ in kind.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    title: Text
    description: Text
    theme: str
    unit: Text
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    measure: Literal["count", "relative"]
    direction: Literal["higher", "lower", "neither"] = "neither"
    aggregate: Aggregate
    weight: str | None = None
    levels: tuple[Literal["obec", "pou", "orp", "okres", "kraj"], ...] = ("obec", "pou", "orp", "okres", "kraj")
    comparability: Text | None = None
    sources: Annotated[tuple[IndicatorFrom, ...], Field(alias="from")] = ()
    formula: str | None = None
    nearest: tuple[str, ...] = ()
    country: IndicatorFrom | None = None
    spatial: Spatial | None = None
    travel: TravelTime | None = None

    @field_validator("formula")
    @classmethod
    def _can_be_read(cls, formula: str | None) -> str | None:
        if formula is not None:
            parse(formula)
        return formula

    @model_validator(mode="after")
    def _has_one_origin(self) -> IndicatorCard:
        if sum(map(bool, (self.sources, self.formula, self.spatial, self.travel))) != 1:
            raise ValueError("needs exactly one of [[from]], formula, [spatial] and [travel]")
        if self.aggregate == "ratio" and not self.formula:
            raise ValueError("aggregate = 'ratio' needs a 'formula'")
        if (self.aggregate == "mean") != (self.weight is not None):
            raise ValueError("aggregate = 'mean' and 'weight' go together")
        return self

    @model_validator(mode="after")
    def _has_parts_that_say_the_periods(self) -> IndicatorCard:
        parts = names(self.tree) if self.tree else ()
        for name in self.nearest:
            if name not in parts:
                raise ValueError(f"nearest: '{name}' is not in the formula; {alternatives(name, parts)}")
        if parts and set(parts) == set(self.nearest):
            raise ValueError("nearest: names every part of the formula; one must say of which periods it is")
        return self

    @cached_property
    def tree(self) -> Tree | None:
        """The formula as it is written, or None."""
        return parse(self.formula) if self.formula else None

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The indicators whose values this one needs."""
        parts = names(self.tree) if self.tree else ()
        return (*parts, *((self.weight,) if self.weight else ()))
