from __future__ import annotations

import numpy as np
import pytest

from geoportal.encode.indicators import indicator_columns, properties_at
from geoportal.errors import InvalidParameter
from geoportal.snapshot.reader import Snapshot

ALL = np.arange(10)


def test_column_is_named_by_indicator_and_period_and_says_its_unit(snapshot: Snapshot) -> None:
    table = snapshot.indicators["obyvatel"]
    period = table.periods("okres")[-1]
    okresy = snapshot.collections["okresy"]
    columns = indicator_columns(snapshot, okresy, np.arange(okresy.count), [("obyvatel", period)])
    column = columns[f"obyvatel_{period.replace('-', '_')}"]
    assert column.field.title.cs == f"{table.title.cs}, {period}"
    assert (column.field.type, column.field.unit) == ("integer", table.unit.cs)
    assert column.attribution == table.attribution


def test_values_stand_at_the_units_with_their_code(snapshot: Snapshot) -> None:
    obce, table = snapshot.collections["obce"], snapshot.indicators["obyvatel"]
    period = table.periods("obec")[-1]
    official = {row.code: row.value for row in table.values("obec", period)}
    positions = np.array([5, 3, 8])
    (column,) = indicator_columns(snapshot, obce, positions, [("obyvatel", period)]).values()
    assert list(column.values) == [official[obce.feature(position)["id"]] for position in (5, 3, 8)]
    assert any(value is not None for value in column.values)


def test_dashes_become_underscores_and_rows_become_properties(snapshot: Snapshot) -> None:
    okresy = snapshot.collections["okresy"]
    relative = next(t for t in snapshot.indicators.values() if "-" in t.id and t.decimals and "okres" in t.levels)
    whole = snapshot.indicators["obyvatel"]
    wanted = [(table.id, table.periods("okres")[-1]) for table in (relative, whole)]
    properties = properties_at(indicator_columns(snapshot, okresy, np.arange(okresy.count), wanted), 2)
    assert list(properties) == [f"{name}_{period}".replace("-", "_") for name, period in wanted]
    assert [type(value) for value in properties.values()] == [float, int]


def test_layer_without_units_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(InvalidParameter, match=r"can't be joined to 'zzs', only to .*obce"):
        indicator_columns(snapshot, snapshot.collections["zzs"], ALL, [("obyvatel", "2020")])


def test_unknown_indicator_is_refused_with_the_one_that_was_meant(snapshot: Snapshot) -> None:
    with pytest.raises(InvalidParameter, match=r"'obyvatle' is no indicator by orp; did you mean 'obyvatel'\?"):
        indicator_columns(snapshot, snapshot.collections["orp"], ALL, [("obyvatle", "2020")])


def test_unknown_period_is_refused_with_the_ones_there_are(snapshot: Snapshot) -> None:
    period = snapshot.indicators["obyvatel"].periods("orp")[-1]
    with pytest.raises(InvalidParameter, match=f"'obyvatel' has no values by orp for '1850'; .*{period}"):
        indicator_columns(snapshot, snapshot.collections["orp"], ALL, [("obyvatel", "1850")])
