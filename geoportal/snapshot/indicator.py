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

    def sources(self, period: str) -> list[str]:
        """The sources that the values of ``period`` stand on; of a formula, whose parts are not told apart, all."""
        joins = self.entry.get("joins", ())
        serving = {join["source"] for join in joins if period in join["periods"]}
        elsewhere = {join["source"] for join in joins} - serving
        return [name for name in self.entry["sources"] if name not in elsewhere]

    @property
    def countries(self) -> dict[str, float]:
        """The whole country's values by period, of those that are known."""
        values: dict[str, float] = self.entry.get("country", {}).get("values", {})
        return values

    def country(self, period: str) -> float | None:
        """The whole country's value, None where it is not known."""
        return self.countries.get(period)

    def country_decimals(self, period: str) -> int:
        """With how many decimals the country's value is shown: with none where it is known as a whole number."""
        value = self.country(period)
        return 0 if value is None or float(value).is_integer() else self.card.decimals

    @property
    def country_sources(self) -> list[str]:
        """The sources that the country's values stand on."""
        sources: list[str] = self.entry.get("country", {}).get("sources", [])
        return sources

    @property
    def country_attribution(self) -> str:
        """How the sources of the country's values want to be named; empty where there are none."""
        said: str = self.entry.get("country", {}).get("attribution", "")
        return said

    @property
    def borrowed(self) -> dict[str, dict[str, str]]:
        """The parts of its formula, and its weight, that are of another period: which one is taken for which, by id."""
        borrowed: dict[str, dict[str, str]] = self.entry.get("borrowed", {})
        return borrowed

    @property
    def gaps(self) -> dict[str, dict[str, int]]:
        """How many units of the finest level have no value or not a whole one, by period and status."""
        gaps: dict[str, dict[str, int]] = self.entry.get("gaps", {})
        return gaps

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
