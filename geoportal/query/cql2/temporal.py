"""The relations of instants and intervals, both ends included (OGC 21-065r2, 7.8; OWL-Time)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from geoportal.query import arrow
from geoportal.query.cql2.compare import Datum

_OPEN_START, _OPEN_END = -(2**63), 2**63 - 1
_REST_OF_DAY = 86_400_000_000 - 1


@dataclass(frozen=True)
class Span:
    """First and last moment, in microseconds since 1970.

    ``dates`` when the granularity is a day, ``is_open`` when there is no end.
    """

    start: Datum
    end: Datum
    dates: bool
    is_open: bool

    def as_moments(self) -> Span:
        """A span of days until its last microsecond, so that it compares with timestamps."""
        if not self.dates or self.is_open:
            return self
        return replace(self, end=pc.add(self.end, arrow.scalar(_REST_OF_DAY)))


Relation: TypeAlias = Callable[[Span, Span], Datum]


def _disjoint(a: Span, b: Span) -> Datum:
    return pc.or_(pc.less(a.end, b.start), pc.greater(a.start, b.end))


def _overlaps(a: Span, b: Span) -> Datum:
    return pc.and_(pc.less(a.start, b.start), pc.and_(pc.greater(a.end, b.start), pc.less(a.end, b.end)))


def _during(a: Span, b: Span) -> Datum:
    return pc.and_(pc.greater(a.start, b.start), pc.less(a.end, b.end))


def _finishes(a: Span, b: Span) -> Datum:
    return pc.and_(pc.greater(a.start, b.start), pc.equal(a.end, b.end))


def _starts(a: Span, b: Span) -> Datum:
    return pc.and_(pc.equal(a.start, b.start), pc.less(a.end, b.end))


_RELATIONS: dict[str, Relation] = {
    "t_after": lambda a, b: pc.greater(a.start, b.end),
    "t_before": lambda a, b: pc.less(a.end, b.start),
    "t_contains": lambda a, b: _during(b, a),
    "t_disjoint": _disjoint,
    "t_during": _during,
    "t_equals": lambda a, b: pc.and_(pc.equal(a.start, b.start), pc.equal(a.end, b.end)),
    "t_finishedby": lambda a, b: _finishes(b, a),
    "t_finishes": _finishes,
    "t_intersects": lambda a, b: pc.invert(_disjoint(a, b)),
    "t_meets": lambda a, b: pc.equal(a.end, b.start),
    "t_metby": lambda a, b: pc.equal(a.start, b.end),
    "t_overlappedby": lambda a, b: _overlaps(b, a),
    "t_overlaps": _overlaps,
    "t_startedby": lambda a, b: _starts(b, a),
    "t_starts": _starts,
}


def relate(op: str, left: Span, right: Span) -> Datum:
    """Whether the spans are in the relation ``op``; unknown where a bound is null.

    A date beside a timestamp is the whole day in UTC.
    """
    if left.dates != right.dates:
        left, right = left.as_moments(), right.as_moments()
    return _RELATIONS[op](left, right)


def span(start: Datum | None, end: Datum | None) -> Span:
    """The span between two instants of one type; ``None`` is an open end."""
    dates = any(value is not None and pa.types.is_date(value.type) for value in (start, end))
    first = arrow.scalar(_OPEN_START) if start is None else _microseconds(start)
    last = arrow.scalar(_OPEN_END) if end is None else _microseconds(end)
    return Span(first, last, dates, is_open=end is None)


def _microseconds(value: Datum) -> Datum:
    zone = None if pa.types.is_date(value.type) else value.type.tz
    return value.cast(pa.timestamp("us", zone)).cast(pa.int64())
