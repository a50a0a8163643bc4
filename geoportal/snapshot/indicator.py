"""An indicator as the service sees it: its card, and values by level and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import orjson

from geoportal.cards import IndicatorCard
from geoportal.schema import Text
from geoportal.site import LEVELS

Status = Literal["ok", "missing", "confidential", "incomplete"]
STATUSES: tuple[Status, ...] = ("ok", "missing", "confidential", "incomplete")


@dataclass(frozen=True)
class UnitValue:
    """The value of one territorial unit; ``value`` is None unless ``status`` is ok or incomplete."""

    code: str
    name: str
    value: float | None
    status: Status


class IndicatorTable:
    """Values of one indicator; ``units`` gives code and name of each unit by level, in the order of the values."""

    def __init__(
        self, folder: Path, indicator_id: str, entry: dict[str, Any], units: Mapping[str, list[list[str]]]
    ) -> None:
        self.id = indicator_id
        self.entry = entry
        self.card = IndicatorCard.model_validate(entry["card"])
        self._path = folder / "indicators" / f"{indicator_id}.json"
        self._units = units

    title: Text = property(lambda self: self.card.title)  # type: ignore[assignment]
    description: Text = property(lambda self: self.card.description)  # type: ignore[assignment]
    unit: Text = property(lambda self: self.card.unit)  # type: ignore[assignment]
    theme = property(lambda self: self.card.theme)
    decimals = property(lambda self: self.card.decimals)
    measure = property(lambda self: self.card.measure)
    direction = property(lambda self: self.card.direction)
    aggregate = property(lambda self: self.card.aggregate)
    comparability = property(lambda self: self.card.comparability)
    attribution: str = property(lambda self: self.entry["attribution"])  # type: ignore[assignment]
    licences = property(lambda self: self.entry["licences"])

    @property
    def levels(self) -> list[str]:
        """The levels that have values, from the finest."""
        return [level for level in LEVELS if level in self.entry["periods"]]

    def periods(self, level: str) -> list[str]:
        """The periods of ``level``, in time."""
        periods: list[str] = self.entry["periods"][level]
        return periods

    @cached_property
    def _table(self) -> dict[str, Any]:
        table: dict[str, Any] = orjson.loads(self._path.read_bytes())
        return table

    def values(self, level: str, period: str) -> list[UnitValue]:
        """Value of every unit of ``level`` in ``period``, in the order of codes."""
        row = self.periods(level).index(period)
        held = self._table[level]
        rows = zip(self._units[level], held["values"][row], held["status"][row], strict=True)
        return [UnitValue(code, name, value, STATUSES[status]) for (code, name), value, status in rows]
