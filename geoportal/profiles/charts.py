"""Small charts as the page draws them: whole coordinates for SVG, nothing of words or colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.profiles.figures import Figure, Series

SPARK = (96, 28)  # width and height
STRIP = (160, 20)
_PAD = 4  # so that dots at the edge are whole


@dataclass(frozen=True)
class Spark:
    """A value over time. ``lines`` are the unit's, broken where a value is missing; ``whole`` those of the kraj.

    Each is a list of points for ``<polyline>``; ``dots`` are the unit's values, the last one at the end.
    """

    lines: tuple[str, ...]
    whole: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Strip:
    """Where a unit stands between the lowest and the highest, as distances from the left.

    ``middle`` bounds the middle half of all units; ``okres`` and ``kraj`` are None where they have no value.
    """

    unit: float
    middle: tuple[float, float]
    okres: float | None
    kraj: float | None


def spark(series: Series) -> Spark | None:
    """The chart over time; None with fewer than two values. Years stand as far apart as they are."""
    own = [figure.unit.value for figure in series.figures]
    if sum(value is not None for value in own) < 2:
        return None
    relative = series.table.measure == "relative"
    whole = [figure.above["kraj"].value if relative and "kraj" in figure.above else None for figure in series.figures]
    numbers = [value for value in (*own, *whole) if value is not None]
    at = _scaled(_times(series.figures), SPARK[0])
    low, high = min(numbers), max(numbers)

    def points(values: Sequence[float | None]) -> list[tuple[float, float] | None]:
        return [
            None if value is None else (x, round(SPARK[1] - _between(value, low, high, SPARK[1]), 1))
            for x, value in zip(at, values, strict=True)
        ]

    placed = points(own)
    return Spark(_lines(placed), _lines(points(whole)), tuple(point for point in placed if point))


def strip(series: Series) -> Strip | None:
    """The place of the latest value among all units; None for counts, and where nothing can be compared."""
    figure = series.latest
    held, value = figure.standing, figure.unit.value
    if series.table.measure == "count" or value is None or len(held.known) < 2 or held.known[0] == held.known[-1]:
        return None
    low, high = held.known[0], held.known[-1]

    def place(number: float | None) -> float | None:
        return None if number is None else _between(number, low, high, STRIP[0])

    def above(level: str) -> float | None:
        return place(figure.above[level].value) if level in figure.above else None  # type: ignore[index]

    lower, upper = (_between(quartile, low, high, STRIP[0]) for quartile in held.quartiles)
    return Strip(_between(value, low, high, STRIP[0]), (lower, upper), above("okres"), above("kraj"))


def _between(value: float, low: float, high: float, length: float) -> float:
    """Where ``value`` lies on a line of ``length``, at its end if beyond; in the middle where all values are equal."""
    share = min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5
    return round(_PAD + share * (length - 2 * _PAD), 1)


def _times(figures: Sequence[Figure]) -> list[float]:
    """Years where all periods are years, otherwise just their order."""
    periods = [figure.period for figure in figures]
    years = all(one.isdigit() for one in periods)
    return [float(period) if years else float(place) for place, period in enumerate(periods)]


def _scaled(times: Sequence[float], length: float) -> list[float]:
    return [_between(time, times[0], times[-1], length) for time in times]


def _lines(points: Sequence[tuple[float, float] | None]) -> tuple[str, ...]:
    """Runs of at least two points that follow each other."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point:
            runs[-1].append(point)
        else:
            runs.append([])
    return tuple(" ".join(f"{x:g},{y:g}" for x, y in run) for run in runs if len(run) > 1)
