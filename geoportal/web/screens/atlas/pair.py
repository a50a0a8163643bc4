"""Two indicators at once: which period stands beside which, the thirds of each, and how the two go together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from geoportal.atlas.classes import classify
from geoportal.atlas.correlation import correlate
from geoportal.atlas.palette import BIVARIATE
from geoportal.web.screens.atlas.choice import Choice
from geoportal.web.screens.atlas.pane import Pane
from geoportal.web.screens.visit import Visit


def pairs_state(first: Pane, second: Pane, asked: str, fixed: bool) -> list[dict[str, Any]]:
    """For each period of the first indicator the second's that stands beside it, and how the two go together.

    That is ``asked`` where it is ``fixed`` or where the second has no values for the same period.
    """
    found = []
    for one in first.periods:
        other = asked if fixed or one not in second.periods else one
        values = [[unit.value for unit in pane.values(at)] for pane, at in ((first, one), (second, other))]
        together = correlate(*values)
        placed = [thirds(known) for known in values]
        found.append({
            "second": second.periods.index(other),
            "thirds": placed,
            "square": square(*placed),
            "correlation": together and [together.count, together.pearson, together.spearman],
            "finding": finding(first, one, square(*placed)),
        })  # fmt: skip
    return found


def thirds(values: Sequence[float | None]) -> str:
    """The third of the units that each belongs to, as a digit."""
    classes = classify((value for value in values if value is not None), count=len(BIVARIATE))
    return digits(None if value is None else classes.index(value) for value in values)


def square(first: str, second: str) -> list[list[int]]:
    """How many units are in each pair of thirds, in the order of the bivariate colours."""
    counted = Counter(zip(second, first, strict=True))
    return [[counted[str(row), str(column)] for column in range(len(BIVARIATE))] for row in range(len(BIVARIATE))]


def finding(pane: Pane, period: str, counts: Sequence[Sequence[int]]) -> str:
    """The sentence above a map of two indicators: how many units are high in both, and low in both."""
    if pane.choice.view != "dvojrozmerna":
        return pane.finding(period)
    say, level = pane.visit.say, pane.choice.level
    high, low = (say(f"atlas.units.{level}", count=counts[end][end]) for end in (-1, 0))
    return say("atlas.finding_two", high=high, low=low)


def heading(visit: Visit, choice: Choice) -> str:
    """What the page shows in one line: indicator and period, or two of them."""
    first = f"{visit.into(choice.table.title)}, {choice.period}"
    if choice.second is None:
        return first
    if choice.second.table.id == choice.table.id:
        return visit.say("atlas_script.both_periods", first=first, second=choice.second.period)
    second = f"{visit.into(choice.second.table.title)}, {choice.second.period}"
    return visit.say("atlas_script.both", first=first, second=second)


def digits(places: Iterable[int | None]) -> str:
    """A digit a unit, ``-`` where there is none."""
    return "".join("-" if place is None else str(place) for place in places)
