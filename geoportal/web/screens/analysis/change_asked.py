"""What is asked of a change: an indicator with two periods, and which measure of the change is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from geoportal.analyses.change import Change, has_ratio
from geoportal.errors import AnalysisRefused
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.web.screens.analysis.asked import Asked
from geoportal.web.screens.visit import Visit

SHOWN = ("absolutne", "relativne")
RELATIVE_DECIMALS = 1


@dataclass(frozen=True)
class Question:
    """What is asked; ``shown`` is the measure on the map, ``ratio`` whether percent can be spoken of."""

    table: IndicatorTable
    level: str
    start: str
    end: str
    shown: str
    ratio: bool

    def measured(self, change: Change) -> float | None:
        """What the map shows of a change."""
        return change.relative if self.shown == SHOWN[1] else change.absolute


def usable(table: IndicatorTable) -> bool:
    """Whether an indicator has two periods to compare."""
    return any(len(table.periods(level)) > 1 for level in table.levels)


def periods_of(table: IndicatorTable) -> int:
    """How many periods there are to choose from; of equally many a relative indicator tells more."""
    return 2 * max(len(table.periods(level)) for level in table.levels) + (table.measure == "relative")


def question(asked: Asked) -> Question:
    """The question. Raises ``InvalidParameter``, and ``AnalysisRefused`` where there is nothing to compare."""
    table = asked.indicator(usable, periods_of)
    level = asked.level(table)
    periods = table.periods(level)
    if len(periods) < 2:
        raise AnalysisRefused("one_period", indicator=asked.visit.into(table.title), period=periods[-1])
    end = asked.period("to", table, level, periods[-1])
    start = asked.period("from", table, level, periods[0])
    if start == end:
        raise AnalysisRefused("same_period", period=start)
    if periods.index(start) > periods.index(end):
        if asked.strict:
            raise AnalysisRefused("backwards", start=start, end=end)
        start, end = end, start
        asked.notices.append(asked.visit.say("analysis.swapped", start=start, end=end))
    ratio = has_ratio(*(table.values(level, period) for period in (start, end)))
    return Question(table, level, start, end, _shown(asked, table, ratio), ratio)


def _shown(asked: Asked, table: IndicatorTable, ratio: bool) -> str:
    """The measure on the map: as asked; otherwise percent of counts, so that they may be filled areas."""
    if asked.strict and not ratio:
        return asked.one_of("show", SHOWN[:1], SHOWN[0])
    shown = asked.one_of("show", SHOWN, SHOWN[table.measure == "count" and ratio])
    return shown if ratio else SHOWN[0]


def change_unit(visit: Visit, table: IndicatorTable) -> str:
    """The unit of a difference: of two shares it is percentage points."""
    unit = visit.into(table.unit)
    return visit.say("analysis.change.points") if unit == "%" else unit


def shown_unit(visit: Visit, asked: Question) -> str:
    """The unit of what the map shows."""
    return change_unit(visit, asked.table) if asked.shown == SHOWN[0] else "%"
