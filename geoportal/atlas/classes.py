"""Classification of values: which class each belongs to, with edges as round as the data allow."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from geoportal.errors import InvalidParameter, alternatives

SCHEMES = ("quantiles", "equal")
ROUNDING_SHARE = 0.1  # rounding an edge may move at most this part of a class across it


@dataclass(frozen=True)
class Classes:
    """``edges``: the lowest value, then the upper edge of each class, which is in it. ``counts``: values in each.

    ``zeros``: the index of the class that holds zeros alone, where there is one.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    zeros: int | None = None

    @property
    def uppers(self) -> tuple[float, ...]:
        """The upper edge of each class."""
        return self.edges[1:]

    @property
    def diverging(self) -> bool:
        """Whether there are values on both sides of zero and the classes part there."""
        return bool(self.edges) and self.edges[0] < 0 < self.edges[-1] and 0.0 in self.uppers

    def index(self, value: float) -> int:
        """The class of ``value``, from 0; values outside belong to the first or the last."""
        return min(bisect_left(self.uppers, value), len(self.counts) - 1)


def classify(values: Iterable[float], scheme: str = "quantiles", count: int = 5) -> Classes:
    """Classes of ``values`` (finite numbers), none when there are none.

    There are fewer than ``count`` where equal values would have to be torn apart. Inner edges are moved to the
    roundest number near them; ``ROUNDING_SHARE`` bounds how many values change their class by that.
    """
    ordered = sorted(values)
    if not ordered:
        return Classes((), ())
    uppers = _round(ordered, upper_edges(ordered, scheme, count), count)
    counts = _counts(ordered, uppers)
    filled = [(upper, n) for upper, n in zip(uppers, counts, strict=True) if n]
    return Classes((ordered[0], *(upper for upper, _ in filled)), tuple(n for _, n in filled))


def classify_from_zero(values: Iterable[float], count: int = 5) -> Classes:
    """Classes of ``values`` that part at zero where there are values on both sides of it; otherwise as ``classify``.

    Each side gets classes by its share of the values, at least one. Zeros are neither below nor above and have a class
    of their own, besides ``count``.
    """
    ordered = sorted(values)
    below = [value for value in ordered if value < 0]
    above = [value for value in ordered if value > 0]
    if not below or not above:
        return classify(ordered, count=count)
    share = round(count * len(below) / (len(below) + len(above)))
    sides = min(max(share, 1), count - 1)
    low, high = classify(below, count=sides), classify(above, count=count - sides)
    zeros = len(ordered) - len(below) - len(above)
    if not zeros:
        return Classes((*low.edges[:-1], 0.0, *high.uppers), (*low.counts, *high.counts))
    last = roundest(below[-1], 0.0, below[-1])
    return Classes((*low.edges[:-1], last, 0.0, *high.uppers), (*low.counts, zeros, *high.counts), len(low.counts))


def upper_edges(ordered: Sequence[float], scheme: str = "quantiles", count: int = 5) -> list[float]:
    """Upper edges of the classes of ascending values as the scheme has them, unrounded; the last is the maximum."""
    if scheme == "quantiles":
        edges = np.percentile(ordered, [100 * k / count for k in range(1, count + 1)])
    elif scheme == "equal":
        edges = np.linspace(ordered[0], ordered[-1], count + 1)[1:]
    else:
        raise InvalidParameter(f"scheme='{scheme}' is not a classification; {alternatives(scheme, SCHEMES)}")
    return [*(float(edge) for edge in np.unique(edges) if edge < ordered[-1]), float(ordered[-1])]


def _counts(ordered: Sequence[float], uppers: Sequence[float]) -> list[int]:
    ends = [bisect_right(ordered, upper) for upper in uppers]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _round(ordered: Sequence[float], uppers: Sequence[float], count: int) -> list[float]:
    slack = int(len(ordered) / count * ROUNDING_SHARE)
    rounded: list[float] = []
    for edge in uppers[:-1]:
        below = bisect_right(ordered, edge)
        low = ordered[max(below - slack, 1) - 1]
        high = ordered[min(below + slack, len(ordered) - 1)]
        edge = roundest(low, high, edge)
        if not rounded or edge > rounded[-1]:
            rounded.append(edge)
    return [*rounded, uppers[-1]]


def roundest(low: float, high: float, near: float) -> float:
    """The multiple of the largest of …, 10, 5, 2, 1, 0.5 … in ``[low, high)`` that is nearest to ``near``."""
    if not low < high:
        return near
    exponent = math.floor(math.log10(max(abs(low), abs(high)))) + 1
    for power in range(exponent, exponent - 12, -1):
        for digit in (10, 5, 2):
            step = Decimal(digit).scaleb(power - 1)
            found = [n for n in _multiples(step, low, high, near) if low <= n < high]
            if found:
                return min(found, key=lambda n: abs(n - near))
    return near


def _multiples(step: Decimal, low: float, high: float, near: float) -> list[float]:
    nearest = (Decimal(near) / step).to_integral_value()
    first = (Decimal(low) / step).to_integral_value(rounding="ROUND_CEILING")
    last = (Decimal(high) / step).to_integral_value(rounding="ROUND_FLOOR")
    return [float(multiple * step) for multiple in (nearest, first, last)]
