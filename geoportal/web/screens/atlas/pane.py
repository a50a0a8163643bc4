"""One indicator of the atlas over the units of a level: its classes, its legend and what is found, period by period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from geoportal.atlas.classes import Classes, classes_of
from geoportal.atlas.histogram import Bar, bars
from geoportal.atlas.legend import CircleEntry, ClassEntry, circle_entries, class_entries, largest
from geoportal.atlas.palette import class_colours
from geoportal.snapshot.indicator import IndicatorTable, UnitValue
from geoportal.web.screens.atlas.choice import Choice
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class AtlasLegend:
    """Either classes or circles; how many units have no value is in ``states``, pairs of status and count.

    ``low`` and ``high`` are the ends of the histogram in words.
    """

    classes: Sequence[ClassEntry]
    circles: Sequence[CircleEntry]
    below_zero: bool
    states: tuple[tuple[str, int], ...]
    bars: tuple[Bar, ...]
    low: str
    high: str


class Pane:
    """``table`` as ``choice`` has it classed; for the second of two indicators the method is the same."""

    def __init__(self, visit: Visit, choice: Choice, table: IndicatorTable) -> None:
        self.visit, self.choice, self.table = visit, choice, table
        self.periods = table.periods(choice.level)
        self.names = unit_names(visit.snapshot, choice.level)
        self._classes: dict[str, Classes] = {}

    def values(self, period: str) -> list[UnitValue]:
        """Value of every unit in ``period``."""
        return self.table.values(self.choice.level, period)

    def numbers(self, period: str) -> list[float]:
        """The values that are known in ``period``."""
        return [unit.value for unit in self.values(period) if unit.value is not None]

    @cached_property
    def _all(self) -> list[float]:
        return [number for period in self.periods for number in self.numbers(period)]

    @cached_property
    def _shared(self) -> Classes:
        return classes_of(self._all, self.choice.scheme)

    def classes(self, period: str) -> Classes:
        """The classes of ``period``; none where circles are drawn."""
        if period not in self._classes:
            self._classes[period] = self._classified(period)
        return self._classes[period]

    def _classified(self, period: str) -> Classes:
        if self.table.measure == "count":
            return Classes((), ())
        if self.choice.shared:
            return self._shared.recounted(self.numbers(period)) if self._shared.counts else self._shared
        return classes_of(self.numbers(period), self.choice.scheme)

    def colours(self, period: str) -> tuple[str, ...]:
        """The colour of each class."""
        return class_colours(self.classes(period), self.choice.palette)

    def largest(self, period: str) -> float:
        """The magnitude that gets the largest circle."""
        return largest(self._all if self.choice.shared else self.numbers(period))

    def legend(self, period: str) -> AtlasLegend:
        """What the legend of ``period`` says."""
        table, language = self.table, self.visit.language
        numbers, classes = self.numbers(period), self.classes(period)
        counted = Counter(unit.status for unit in self.values(period) if unit.status != "ok")
        circles = (
            circle_entries(self._all if self.choice.shared else numbers, language) if table.measure == "count" else []
        )
        low, high = (min(numbers), max(numbers)) if numbers else (0.0, 0.0)
        return AtlasLegend(
            classes=class_entries(classes, table.decimals, language, self.choice.palette),
            circles=circles,
            below_zero=any(number < 0 for number in numbers),
            states=tuple(sorted(counted.items())),
            bars=bars(numbers, classes) if classes.counts else (),
            low=self.visit.say.number(low, table.decimals),
            high=self.visit.say.number(high, table.decimals),
        )

    def finding(self, period: str) -> str:
        """The sentence above the map: where most, where least, and the region as a whole."""
        say, values = self.visit.say, self.values(period)
        known = sorted((v for v in values if v.value is not None), key=lambda v: (v.value, v.code))
        if not known:
            return say("atlas.no_values")

        def told(unit: UnitValue) -> str:
            return f"{self.names[unit.code]} ({self.amount(unit.value or 0.0)})"

        if len(known) == 1:
            return told(known[0])
        ends = say("atlas.finding", highest=_tops(self.visit, known[::-1], told), lowest=_tops(self.visit, known, told))
        wholes = [say("atlas.whole", name=name, value=self.amount(value)) for name, value in self._wholes(period)]
        return f"{ends} {', '.join(wholes)}." if wholes else ends

    def _wholes(self, period: str) -> list[tuple[str, float]]:
        """The region and the country, as far as their values are known, with their names."""
        held = []
        if (whole := self._whole(period)) is not None and whole.value is not None:
            held.append((whole.name, whole.value))
        if (value := self.table.country(period)) is not None:
            held.append((self.visit.into(self.visit.site.region.country), value))
        return held

    def coverage(self, period: str) -> str:
        """How many units there are, and how many of them lack a whole value."""
        say, values = self.visit.say, self.values(period)
        counted = Counter(unit.status for unit in values if unit.status != "ok")
        units = say(f"atlas.units.{self.choice.level}", count=len(values))
        lacking = (say("atlas.lacking." + status, count=say.number(count)) for status, count in sorted(counted.items()))
        return ", ".join((units, *lacking))

    @property
    def state(self) -> str:
        """As of when all sources are, in words: the page shows other periods without a new answer."""
        held, say = self.visit.snapshot.manifest["sources"], self.visit.say
        dates = sorted({held[name]["date"] for name in self.table.entry["sources"]})
        return say("profile.state", date=" – ".join(say.date(date) for date in dict.fromkeys((dates[0], dates[-1]))))

    def _whole(self, period: str) -> UnitValue | None:
        table = self.table
        if self.choice.level == "kraj" or "kraj" not in table.levels or period not in table.periods("kraj"):
            return None
        return next((unit for unit in table.values("kraj", period) if unit.value is not None), None)

    def amount(self, value: float) -> str:
        """A value in words, with its unit."""
        return f"{self.visit.say.number(value, self.table.decimals)}\u00a0{self.visit.into(self.table.unit)}"

    def title(self, period: str) -> str:
        """The indicator and the period."""
        return f"{self.visit.into(self.table.title)}, {period}"


def _tops(visit: Visit, ordered: Sequence[UnitValue], told: Callable[[UnitValue], str]) -> str:
    """The first unit in words, with how many others share its value."""
    same = sum(unit.value == ordered[0].value for unit in ordered)
    return told(ordered[0]) + (visit.say("atlas.more", count=same - 1) if same > 1 else "")
