"""How values spread: the bars above a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geoportal.atlas.classes import Classes

BARS = 24
FEWEST = 10  # values; of fewer a histogram would tell less than the table


@dataclass(frozen=True)
class Bar:
    """One bar: how many values it stands for, its height as a share of the highest, the class of its middle."""

    count: int
    height: float
    mark: int


def bars(values: Sequence[float], classes: Classes) -> tuple[Bar, ...]:
    """Bars of equal width from the lowest value to the highest; none for few values or equal ones."""
    if len(values) < FEWEST or min(values) == max(values):
        return ()
    counts, edges = np.histogram(values, bins=BARS)
    middles = (edges[:-1] + edges[1:]) / 2
    highest = int(counts.max())
    return tuple(
        Bar(int(count), round(int(count) / highest, 4), classes.index(float(middle)))
        for count, middle in zip(counts, middles, strict=True)
    )
