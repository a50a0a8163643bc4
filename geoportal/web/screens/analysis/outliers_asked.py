"""What is asked of outliers, and what was found, before it is put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geoportal.analyses.contiguity import contiguity
from geoportal.analyses.outliers import CONTROLS, FEWEST, Constant, Kind, Outliers, TooFew, local_outliers
from geoportal.errors import AnalysisRefused
from geoportal.snapshot.indicator import IndicatorTable, UnitValue
from geoportal.web.screens.analysis.asked import Asked
from geoportal.web.screens.analysis.subject import counted
from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class Question:
    """What is asked; ``control`` says how strict the test is."""

    table: IndicatorTable
    level: str
    period: str
    control: str


@dataclass(frozen=True)
class Found:
    """The values that were tested and what came out, in the order of codes."""

    values: Sequence[UnitValue]
    outliers: Outliers

    def of(self, kind: Kind) -> list[UnitValue]:
        """The units of a kind, the least likely to be chance first."""
        held = [at for at, one in enumerate(self.outliers.kinds) if one == kind]
        return [self.values[at] for at in sorted(held, key=lambda at: self.outliers.p[at])]


def any_indicator(table: IndicatorTable) -> bool:
    """Every indicator can be tested."""
    return True


def question(asked: Asked) -> Question:
    """The question. Raises ``InvalidParameter``."""
    table = asked.indicator(any_indicator)
    level = asked.level(table)
    period = asked.period("period", table, level, table.periods(level)[-1])
    return Question(table, level, period, asked.one_of("control", CONTROLS, next(iter(CONTROLS))))


def found_outliers(visit: Visit, asked: Question) -> Found:
    """What the test found. Raises ``AnalysisRefused`` where nothing can be told from chance."""
    values = asked.table.values(asked.level, asked.period)
    touch = contiguity(visit.snapshot, asked.level)
    numbers = np.array([np.nan if one.value is None else one.value for one in values], dtype=float)
    if touch is None:
        raise AnalysisRefused("no_layer", level=visit.say("level." + asked.level))
    try:
        return Found(values, local_outliers(numbers, touch, asked.control))
    except TooFew:
        units = counted(visit, asked.level)(int((~np.isnan(numbers)).sum()))
        raise AnalysisRefused("too_few", units=units, fewest=FEWEST) from None
    except Constant:
        raise AnalysisRefused("constant", indicator=visit.into(asked.table.title), period=asked.period) from None
