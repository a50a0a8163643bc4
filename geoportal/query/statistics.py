"""Statistics over the features that a query to a FeatureServer selects, by groups of equal values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geoportal.query.arrow import numbers
from geoportal.query.attributes import Attributes

# Absent values count for nothing, and of none at all nothing can be said, as in SQL; deviations are of a sample.
_SOME = pc.ScalarAggregateOptions(min_count=1)
_SAMPLE = pc.VarianceOptions(ddof=1)
_FUNCTIONS: Mapping[str, tuple[str, Any]] = {
    "count": ("count", None), "sum": ("sum", _SOME), "min": ("min", _SOME), "max": ("max", _SOME),
    "avg": ("mean", _SOME), "stddev": ("stddev", _SAMPLE), "var": ("variance", _SAMPLE),
}  # fmt: skip
KINDS = tuple(_FUNCTIONS)
OF_NUMBERS = ("sum", "avg", "stddev", "var")


@dataclass(frozen=True)
class Statistic:
    """One of ``KINDS`` over the values of ``field``; the answer calls it ``name``."""

    kind: str
    field: str
    name: str


@dataclass(frozen=True)
class Summary:
    """Statistics for each combination of values of ``groups``; without groups for all features together.

    ``order``: names of groups or statistics with directions. Without statistics the combinations themselves are asked
    for.
    """

    statistics: tuple[Statistic, ...]
    groups: tuple[str, ...]
    order: tuple[tuple[str, str], ...]


def summarize(table: Attributes, found: np.ndarray, summary: Summary) -> pa.Table:
    """A row for each group among the features at ``found``: its values, then its statistics.

    In the order asked for, then by the groups from first to last; words as in a Czech dictionary, absent values last.
    """
    rows = numbers(found.astype(np.int64))
    wanted = _Columns(summary)
    columns = wanted.take(lambda name: table.column(name).take(rows), lambda name: table.sorted_by(name).take(rows))
    grouped = pa.table(columns).group_by(wanted.groups, use_threads=False).aggregate(wanted.aggregates())
    keys = [*summary.order, *((name, "ascending") for name in summary.groups if name not in dict(summary.order))]
    if keys and len(grouped):
        by = pa.table({str(at): grouped.column(wanted.sorted_by(name)) for at, (name, _) in enumerate(keys)})
        sort_keys = [(str(at), direction) for at, (_, direction) in enumerate(keys)]
        grouped = grouped.take(pc.sort_indices(by, sort_keys=sort_keys))
    return pa.table({name: grouped.column(held) for name, held in wanted.answer().items()})


class _Columns:
    """Columns under names of their own, because groups, their ranks and statistics may share one field."""

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self.groups = [f"group {at}" for at in range(len(summary.groups))]

    def take(self, values: Callable[[str], Any], places: Callable[[str], Any]) -> dict[str, Any]:
        """The columns to aggregate."""
        fields = self._summary.groups
        held = {name: values(field) for name, field in zip(self.groups, fields, strict=True)}
        held |= {f"rank {at}": places(field) for at, field in enumerate(fields)}
        return held | {f"value {at}": values(one.field) for at, one in enumerate(self._summary.statistics)}

    def aggregates(self) -> list[tuple[str, str, Any]]:
        """What is made of them in each group; of the ranks, which are all the same there, one."""
        ranked = [(f"rank {at}", "min", None) for at in range(len(self.groups))]
        return [*ranked, *((f"value {at}", *_FUNCTIONS[one.kind]) for at, one in enumerate(self._summary.statistics))]

    def answer(self) -> dict[str, str]:
        """The columns of the answer by the names asked for."""
        statistics = {
            one.name: f"value {at}_{_FUNCTIONS[one.kind][0]}" for at, one in enumerate(self._summary.statistics)
        }
        return {**dict(zip(self._summary.groups, self.groups, strict=True)), **statistics}

    def sorted_by(self, name: str) -> str:
        """The column by which rows are sorted that are to be sorted by ``name``."""
        groups = self._summary.groups
        return f"rank {groups.index(name)}_min" if name in groups else self.answer()[name]
