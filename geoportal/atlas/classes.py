"""Classification of values: which class each belongs to, with edges as round as the data allow."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from geoportal.atlas.natural import natural_edges
from geoportal.errors import InvalidParameter, alternatives

SCHEMES = ("quantiles", "natural", "equal", "deviation", "own")
SIDED = ("quantiles", "natural")  # schemes whose classes part at zero
ROUNDING_SHARE = 0.1  # rounding an edge may move at most this part of a class, of its values or its width, across it


@dataclass(frozen=True)
class Scheme:
    """How values are classed: into ``count`` classes, or by ``own`` inner edges, which rise."""

    name: str = "quantiles"
    count: int = 5
    own: tuple[float, ...] = ()


@dataclass(frozen=True)
class Classes:
    """``edges``: the lowest value, then the upper edge of each class, which is in it. ``counts``: values in each.

    ``zeros``: the index of the class that holds zeros alone, where there is one. ``middle``: the value that the classes
    lie around, where they lie around one.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    zeros: int | None = None
    middle: float | None = None

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

    def recounted(self, values: Iterable[float]) -> Classes:
        """The same classes with the counts of other values, so that several periods share them."""
        counts = [0] * len(self.counts)
        for value in values:
            counts[self.index(value)] += 1
        return replace(self, counts=tuple(counts))


def classes_of(values: Iterable[float], scheme: Scheme) -> Classes:
    """Classes of ``values`` (finite numbers) by ``scheme``, parting at zero where the scheme lets them."""
    held = list(values)
    if scheme.name == "own":
        return classify_own(held, scheme.own)
    if scheme.name in SIDED:
        return classify_from_zero(held, scheme.count, scheme.name)
    return classify(held, scheme.name, scheme.count)


def classify_own(values: Iterable[float], inner: Sequence[float]) -> Classes:
    """Classes between ``inner`` edges; an edge beyond the values bounds nothing and is left out."""
    ordered = sorted(values)
    if not ordered:
        return Classes((), ())
    uppers = [*(edge for edge in inner if ordered[0] <= edge < ordered[-1]), ordered[-1]]
    return Classes((ordered[0], *uppers), tuple(_counts(ordered, uppers)))


def classify(values: Iterable[float], scheme: str = "quantiles", count: int = 5) -> Classes:
    """Classes of ``values`` (finite numbers), none when there are none.

    There are fewer than ``count`` where equal values would have to be torn apart. Inner edges are moved to the
    roundest number near them; ``ROUNDING_SHARE`` bounds how many values of quantiles change their class by that. Of
    natural breaks none does. Edges of equal width and of deviations move by a share of the width, and classes may be
    empty there.
    """
    ordered = sorted(values)
    if not ordered:
        return Classes((), ())
    exact = upper_edges(ordered, scheme, count)
    if scheme not in SIDED:
        uppers = _round_by_width(ordered, exact, scheme, count)
        middle = _middle(ordered, uppers, count) if scheme == "deviation" else None
        return Classes((ordered[0], *uppers), tuple(_counts(ordered, uppers)), middle=middle)
    uppers = _round(ordered, exact, int(len(ordered) / count * ROUNDING_SHARE) if scheme == "quantiles" else 0)
    counts = _counts(ordered, uppers)
    filled = [(upper, n) for upper, n in zip(uppers, counts, strict=True) if n]
    return Classes((ordered[0], *(upper for upper, _ in filled)), tuple(n for _, n in filled))


def classify_from_zero(values: Iterable[float], count: int = 5, scheme: str = "quantiles") -> Classes:
    """Classes of ``values`` that part at zero where there are values on both sides of it; otherwise as ``classify``.

    Each side gets classes by its share of the values, at least one. Zeros are neither below nor above and have a class
    of their own, besides ``count``.
    """
    ordered = sorted(values)
    below = [value for value in ordered if value < 0]
    above = [value for value in ordered if value > 0]
    if not below or not above:
        return classify(ordered, scheme, count)
    share = round(count * len(below) / (len(below) + len(above)))
    sides = min(max(share, 1), count - 1)
    low, high = classify(below, scheme, sides), classify(above, scheme, count - sides)
    zeros = len(ordered) - len(below) - len(above)
    if not zeros:
        return Classes((*low.edges[:-1], 0.0, *high.uppers), (*low.counts, *high.counts))
    last = roundest(below[-1], 0.0, below[-1])
    return Classes((*low.edges[:-1], last, 0.0, *high.uppers), (*low.counts, zeros, *high.counts), len(low.counts))


def upper_edges(ordered: Sequence[float], scheme: str = "quantiles", count: int = 5) -> list[float]:
    """Upper edges of the classes of ascending values as the scheme has them, unrounded; the last is the maximum."""
    if scheme == "quantiles":
        edges = np.percentile(ordered, [100 * k / count for k in range(1, count + 1)])
    elif scheme == "natural":
        edges = np.asarray(natural_edges(ordered, count))
    elif scheme == "equal":
        edges = np.linspace(ordered[0], ordered[-1], count + 1)[1:]
    elif scheme == "deviation":
        edges = np.mean(ordered) + _deviation(ordered) * (np.arange(1, count) - count / 2)
        edges = edges[edges >= ordered[0]]
    else:
        raise InvalidParameter(f"scheme='{scheme}' is not a classification; {alternatives(scheme, SCHEMES[:-1])}")
    return [*(float(edge) for edge in np.unique(edges) if edge < ordered[-1]), float(ordered[-1])]


def _middle(ordered: Sequence[float], uppers: Sequence[float], count: int) -> float:
    """The mean, or the edge that stands for it."""
    mean = float(np.mean(ordered))
    return mean if count % 2 else min(uppers, key=lambda upper: abs(upper - mean))


def _deviation(ordered: Sequence[float]) -> float:
    """The standard deviation of a sample; none of a single value."""
    return float(np.std(ordered, ddof=1)) if len(ordered) > 1 else 0.0


def _counts(ordered: Sequence[float], uppers: Sequence[float]) -> list[int]:
    ends = [bisect_right(ordered, upper) for upper in uppers]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _round_by_width(ordered: Sequence[float], uppers: Sequence[float], scheme: str, count: int) -> list[float]:
    width = (ordered[-1] - ordered[0]) / count if scheme == "equal" else _deviation(ordered)
    slack, last = width * ROUNDING_SHARE, ordered[-1]
    rounded = (roundest(max(edge - slack, ordered[0]), min(edge + slack, last), edge) for edge in uppers[:-1])
    return [*rounded, last]


def _round(ordered: Sequence[float], uppers: Sequence[float], slack: int) -> list[float]:
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
