"""Ranks, shares and comparisons of every obec against pandas, which the service does not use."""

from __future__ import annotations

import numpy as np
import orjson
import pandas as pd
import pytest

from geoportal.profiles.figures import series_of, standing_out
from geoportal.profiles.similar import alike
from geoportal.profiles.standing import Standing
from geoportal.profiles.unit import units_of
from geoportal.site import Likeness, load_site
from geoportal.snapshot.indicator import UnitValue
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.store import current_id


@pytest.fixture(scope="module")
def snapshot(built_settings):
    return Snapshot(built_settings.build, current_id(built_settings.build) or "")


@pytest.fixture(scope="module")
def profiles(built_settings):
    return load_site(built_settings.home).profiles


def frame(snapshot, name, level, period):
    """Values by code, read past the classes of the service."""
    held = orjson.loads((snapshot.folder / "indicators" / f"{name}.json").read_bytes())[level]
    row = snapshot.indicators[name].entry["periods"][level].index(period)
    codes = [code for code, _ in snapshot.units[level]]
    return pd.Series(held["values"][row], index=codes, dtype=float)


@pytest.mark.parametrize("level", ["obec", "pou", "orp", "okres"])
def test_values_ranks_and_comparisons_of_every_unit_are_those_of_pandas(snapshot, level):
    held = {code: series_of(snapshot, unit) for code, unit in units_of(snapshot).by_level[level].items()}
    parents = units_of(snapshot).by_level[level]
    shown = next(iter(held.values()))
    assert {one.table.id for one in shown} == {n for n, t in snapshot.indicators.items() if level in t.levels}
    for at, series in enumerate(shown):
        for then, figure in enumerate(series.figures):
            values = frame(snapshot, series.table.id, level, figure.period)
            ranks = values.rank(ascending=False, method="min")
            above = {
                one: frame(snapshot, series.table.id, one, figure.period)
                for one in ("okres", "kraj")
                if level != one and one in series.table.levels
            }
            for code, mine in held.items():
                found = mine[at].figures[then]
                assert (found.unit.value is None) == np.isnan(values[code])
                if found.unit.value is None:
                    assert found.rank is None
                    continue
                assert found.unit.value == values[code]
                assert found.rank in (ranks[code], None if values.count() < 2 else ranks[code])
                for one, whole in above.items():
                    if one in parents[code].parents:
                        value = whole[parents[code].parents[one]]
                        assert found.above[one].value == (None if np.isnan(value) else value)


def test_the_shares_of_all_obce_make_the_whole(snapshot):
    units = units_of(snapshot).by_level["obec"].values()
    shares = [next(s for s in series_of(snapshot, unit) if s.table.id == "obyvatel") for unit in units]
    assert sum(one.latest.share_of("kraj") for one in shares) == pytest.approx(100)
    assert all(one.adds_up for one in shares)


def test_what_may_be_negative_has_no_shares(snapshot):
    unit = units_of(snapshot).find("obec", "563889")
    migration = next(one for one in series_of(snapshot, unit) if one.table.id == "saldo-migrace")
    assert not migration.adds_up


def test_equal_values_share_a_rank_from_either_end():
    held = Standing({}, (1.0, 2.0, 2.0, 3.0), (1.0, 3.0))
    assert [held.rank(value) for value in held.known] == [4, 2, 2, 1]
    assert [held.rank_from_below(value) for value in held.known] == [1, 2, 2, 4]
    assert held.quantile(2.0) == 0.5


def test_what_stands_out_is_in_the_highest_or_lowest_tenth_and_of_different_themes(snapshot, built_settings):
    themes = [theme.id for theme in load_site(built_settings.home).themes]
    for unit in units_of(snapshot).by_level["obec"].values():
        found = standing_out(series_of(snapshot, unit), themes)
        assert len({one.table.theme for one in found}) == len(found) <= 3
        for one in found:
            values = frame(snapshot, one.table.id, "obec", one.latest.period).dropna()
            mine = values[unit.code]
            assert ((values > mine).sum() + (values == mine).sum() / 2) / len(values) <= 0.1 + 1e-9 or (
                (values < mine).sum() + (values == mine).sum() / 2
            ) / len(values) <= 0.1 + 1e-9
            assert one.table.measure == "relative"


@pytest.mark.parametrize("level", ["obec", "orp"])
def test_similar_units_are_the_nearest_by_standardised_values(snapshot, profiles, level):
    measures = [m for m in profiles.similar if m.indicator in snapshot.indicators]
    table = pd.DataFrame({m.indicator: _latest(snapshot, m, level) for m in measures}).dropna()
    scaled = (table - table.mean()) / table.std(ddof=0)
    for code, unit in units_of(snapshot).by_level[level].items():
        found = alike(snapshot, unit, profiles.similar)
        if code not in scaled.index:
            assert found.units == ()
            continue
        apart = np.sqrt(((scaled - scaled.loc[code]) ** 2).mean(axis=1)).drop(code).sort_values().head(5)
        assert [distance for _, distance in found.units] == pytest.approx(apart.tolist())
        assert {one for one, _ in found.units} == set(apart.index)


def _latest(snapshot, measure, level):
    values = frame(snapshot, measure.indicator, level, snapshot.indicators[measure.indicator].periods(level)[-1])
    return np.log(values.where(values > 0)) if measure.logarithm else values


def test_too_few_units_and_unknown_indicators_have_no_similar_ones(snapshot):
    okres = units_of(snapshot).find("okres", "CZ0513")
    obec = units_of(snapshot).find("obec", "563889")
    assert alike(snapshot, okres, [Likeness(indicator="obyvatel")]).units == ()
    assert alike(snapshot, obec, [Likeness(indicator="nic")]).units == ()


def test_a_unit_value_of_the_snapshot_is_what_a_figure_holds(snapshot):
    unit = units_of(snapshot).find("obec", "544604")
    without = next(one for one in series_of(snapshot, unit) if one.table.id == "nezamestnanost").latest
    assert without.unit == UnitValue("544604", "Žďárek", None, "missing")
    assert (without.rank, without.share_of("kraj")) == (None, None)
