"""Indicator values as further columns of a territorial layer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geoportal.cards import FieldCard
from geoportal.errors import InvalidParameter, alternatives
from geoportal.query.arrow import numbers
from geoportal.schema import Text
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.snapshot.reader import Snapshot


@dataclass(frozen=True)
class ExtraColumn:
    """A numeric field joined to features: ``values`` in the order of their positions, None where there is none.

    ``attribution`` and ``licence`` are those of the values.
    """

    field: FieldCard
    values: tuple[float | int | None, ...]
    attribution: str
    licence: str


def indicator_columns(
    snapshot: Snapshot, collection: Collection, positions: np.ndarray, indicators: Sequence[tuple[str, str]]
) -> dict[str, ExtraColumn]:
    """A column for each pair of indicator and period, by field name such as ``podil_65_plus_2024``.

    Raises ``InvalidParameter`` for a layer without units, and for an indicator or period that the layer's level lacks.
    """
    if collection.level is None:
        levels = [held.id for held in snapshot.collections.values() if held.level]
        raise InvalidParameter(f"indicators can't be joined to '{collection.id}', only to {', '.join(levels)}")
    codes = _codes(collection, positions)
    columns = {}
    for indicator_id, period in indicators:
        table = _table(snapshot, collection.level, indicator_id, period)
        columns[_free_name(f"{indicator_id}_{period}", collection)] = _column(table, collection.level, period, codes)
    return columns


def _codes(collection: Collection, positions: np.ndarray) -> list[str]:
    assert collection.card.id_field is not None  # a card with [territory] has one
    codes: list[str] = (
        collection.columns.table.column(collection.card.id_field).take(numbers(positions.astype(np.int64))).to_pylist()
    )
    return codes


def _table(snapshot: Snapshot, level: str, indicator_id: str, period: str) -> IndicatorTable:
    tables = {name: table for name, table in snapshot.indicators.items() if level in table.levels}
    if indicator_id not in tables:
        shown = indicator_id[:60]
        raise InvalidParameter(f"indicators: '{shown}' is no indicator by {level}; {alternatives(shown, tables)}")
    table = tables[indicator_id]
    if period not in table.periods(level):
        allowed = alternatives(period[:60], table.periods(level))
        raise InvalidParameter(f"period: '{indicator_id}' has no values by {level} for '{period[:60]}'; {allowed}")
    return table


def _free_name(name: str, collection: Collection) -> str:
    plain = re.sub(r"\W", "_", name)
    return plain if plain not in collection.fields else f"{plain}_"


def _column(table: IndicatorTable, level: str, period: str, codes: Sequence[str]) -> ExtraColumn:
    by_code = {row.code: row.value for row in table.values(level, period)}
    # Decided by all units of the level, so that pages and filtered files agree on the type.
    whole = table.decimals == 0 and all(value is None or float(value).is_integer() for value in by_code.values())
    number = int if whole else float
    titles = {language: f"{words}, {period}" for language, words in table.title.model_dump(exclude_none=True).items()}
    known = (by_code.get(code) for code in codes)
    return ExtraColumn(
        FieldCard(title=Text(**titles), type="integer" if whole else "number", unit=table.unit.cs),
        tuple(None if value is None else number(value) for value in known),
        table.attribution,
        "; ".join(licence.get("url") or licence["name"] for licence in table.licences),
    )


def properties_at(columns: Mapping[str, ExtraColumn], row: int) -> dict[str, float | int | None]:
    """The further properties of the feature that stands at ``row`` of the positions given."""
    return {name: column.values[row] for name, column in columns.items()}
