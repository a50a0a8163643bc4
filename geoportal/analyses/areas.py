"""What lies in an area: indicators summed over shares of obce, and points of layers counted one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import shapely

from geoportal.analyses.drawn import Area
from geoportal.analyses.parts import formula_of, parts_of
from geoportal.analyses.shares import M2_PER_KM2, Obce, obce_of
from geoportal.analyses.values import ObecValues, obec_values
from geoportal.cards import Spatial
from geoportal.crs import CRS84, KROVAK, project
from geoportal.formula.evaluate import evaluate
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.indicator import IndicatorTable, Status
from geoportal.snapshot.reader import Snapshot

Method = Literal["weighted", "seats", "counted", "ratio", "mean"]
_SLIVER = 1e-3  # of an area: what the simplified boundary of the region makes no difference to


@dataclass(frozen=True)
class AreaFigure:
    """An indicator in an area. ``value`` is None unless ``status`` is ok or incomplete.

    ``method``: ``weighted`` and ``seats`` are sums over shares of obce, by area or by the seat; ``counted`` are points
    counted one by one; ``ratio`` and ``mean`` are computed of such sums. ``unknown``: obce in the area without a value.
    ``estimated``: what of a sum comes from obce that lie in the area only in part. ``negative``: some obec has a value
    below zero, so that the sum is no part of a whole.
    """

    table: IndicatorTable
    period: str
    value: float | None
    status: Status
    method: Method
    unknown: int
    estimated: float = 0.0
    negative: bool = False


@dataclass(frozen=True)
class Content:
    """What lies in an area. ``km2`` is its part within the region, None where boundaries have no area.

    ``shares``: of each obec, in the order of codes. ``whole`` and ``partly``: how many obce lie in it entirely and in
    part. ``beyond``: a part of it lies outside the region. ``counts``: points of each layer of points.
    """

    km2: float | None
    beyond: bool
    shares: np.ndarray
    whole: int
    partly: int
    figures: tuple[AreaFigure, ...]
    counts: tuple[tuple[Collection, int], ...]

    @property
    def empty(self) -> bool:
        """Whether no obec is touched."""
        return not (self.whole or self.partly)


def content_of(snapshot: Snapshot, area: Area) -> Content:
    """What lies in ``area``, indicators in the order of the snapshot. Raises ``NotFound`` without a layer of obce."""
    obce = obce_of(snapshot)
    shares = obce.shares(area)
    summing = Summing(snapshot, area, shares)
    km2 = float(shares @ obce.km2)
    points = (layer for layer in snapshot.collections.values() if layer.geometry == "point")
    return Content(
        km2=None if obce.schematic else km2,
        beyond="cut" in area.remarks or (not obce.schematic and km2 < area.metres.area / M2_PER_KM2 * (1 - _SLIVER)),
        shares=shares,
        whole=int((shares >= 1).sum()),
        partly=int(((shares > 0) & (shares < 1)).sum()),
        figures=tuple(summing.figures()),
        counts=tuple((layer, len(positions_in(layer, area))) for layer in points),
    )


def positions_in(layer: Collection, area: Area) -> np.ndarray:
    """Positions of the points of ``layer`` in ``area``, those on its edge included."""
    if area.degrees.is_empty:
        return np.empty(0, dtype=np.int64)
    near = layer.within(area.degrees.bounds)
    shapely.prepare(area.degrees)
    held: np.ndarray = near[shapely.intersects_xy(area.degrees, *layer.points[near].T)]
    return held


class Summing:
    """Sums over ``shares`` of obce. Every figure is made of values by obec, never of those of coarser units."""

    def __init__(self, snapshot: Snapshot, area: Area, shares: np.ndarray) -> None:
        self._snapshot = snapshot
        self._area = area
        self._shares = shares
        self._touched = shares > 0

    def figures(self) -> Iterator[AreaFigure]:
        """A figure of the latest period of each indicator that can be summed here."""
        for table in self._snapshot.indicators.values():
            period = table.periods(table.levels[0])[-1]
            match table.aggregate:
                case "sum" if "obec" in table.levels:
                    yield self._sum(table, period)
                case "ratio":
                    yield from self._ratio(table, period)
                case "mean" if "obec" in table.levels:
                    yield from self._mean(table, period)

    @cached_property
    def _obce(self) -> Obce:
        return obce_of(self._snapshot)

    def _sum(self, table: IndicatorTable, period: str) -> AreaFigure:
        spatial = table.card.spatial
        if spatial and spatial.operation == "count":
            return AreaFigure(table, period, float(self._counted(spatial)), "ok", "counted", 0)
        held = obec_values(self._snapshot, table.id, period)
        method: Method = "seats" if self._obce.schematic else "weighted"
        figure = self._figure(table, period, self._added(held, held.known), method, held.known, held.confidential)
        estimated = self._added(held, held.known & (self._shares < 1))
        return replace(figure, estimated=estimated, negative=bool((held.values < 0).any()))

    def _ratio(self, table: IndicatorTable, period: str) -> Iterator[AreaFigure]:
        """The formula of the sums of its parts over the obce where all parts are known."""
        held = parts_of(self._snapshot, table, period)
        if not held:
            return
        known = np.logical_and.reduce([part.known for part in held.values()])
        secret = np.logical_or.reduce([part.confidential for part in held.values()])
        sums = {name: self._part(name, part, known) for name, part in held.items()}
        value = float(evaluate(formula_of(self._snapshot, table).tree, sums))
        yield self._figure(table, period, value, "ratio", known, secret)

    def _mean(self, table: IndicatorTable, period: str) -> Iterator[AreaFigure]:
        """The mean of the obce where value and weight are known, by the share of each weight."""
        held = parts_of(self._snapshot, table, period)
        if not held:
            return
        own, weights = held[table.id], held[str(table.card.weight)]
        known = own.known & weights.known
        total = self._added(weights, known)
        products = ObecValues(own.values * weights.values, own.confidential)
        value = self._added(products, known) / total if total else np.nan
        yield self._figure(table, period, value, "mean", known, own.confidential | weights.confidential)

    def _part(self, name: str, held: ObecValues, known: np.ndarray) -> float:
        spatial = self._snapshot.indicators[name].card.spatial
        if spatial and spatial.operation == "count":
            return float(self._counted(spatial))
        return self._added(held, known)

    def _added(self, held: ObecValues, known: np.ndarray) -> float:
        chosen = self._touched & known
        return float(self._shares[chosen] @ held.values[chosen])

    def _counted(self, spatial: Spatial) -> int:
        """Points in the area that count: those that the card keeps and that lie in the region."""
        layer = self._snapshot.collections[str(spatial.layer)]
        positions = positions_in(layer, self._area)
        for field, wanted in spatial.keep.items():
            texts = {wanted} if isinstance(wanted, str) else set(wanted)
            column = layer.columns.table.column(field)
            positions = positions[[str(column[at].as_py()) in texts for at in positions.tolist()]]
        if self._obce.schematic or not len(positions):
            return len(positions)
        return int(self._obce.inside_any(project(layer.points[positions], CRS84, KROVAK)).sum())

    def _figure(
        self, table: IndicatorTable, period: str, value: float, method: Method, known: np.ndarray, secret: np.ndarray
    ) -> AreaFigure:
        unknown = int((self._touched & ~known).sum())
        status: Status = "incomplete" if unknown else "ok"
        if np.isnan(value) or (unknown and not (self._touched & known).any()):
            status = "confidential" if (self._touched & secret).any() else "missing"
        shown = value if status in ("ok", "incomplete") else None
        return AreaFigure(table, period, shown, status, method, unknown)
