"""Units among their neighbours, on real data against shapely, numpy and the values of coarser units."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geoportal.analyses.neighbours import neighbourhood
from geoportal.analyses.together import together
from geoportal.profiles.unit import units_of
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.store import current_id


@pytest.fixture(scope="module")
def snapshot(built_settings):
    held = current_id(built_settings.build)
    assert held
    return Snapshot(built_settings.build, held)


def test_neighbours_are_those_whose_border_has_a_length(snapshot):
    units, table = units_of(snapshot), snapshot.indicators["obyvatel"]
    for code in ("563889", "577081", "564028"):
        unit = units.by_level["obec"][code]
        own = units.shape(unit)
        beside = {
            other.code
            for other in units.by_level["obec"].values()
            if other.code != code and shapely.length(shapely.intersection(own, units.shape(other))) > 0
        }
        found = neighbourhood(snapshot, table, table.periods("obec")[-1], unit)
        assert {one.code for one in found.others} == beside


@pytest.mark.parametrize("name", ["nezamestnanost", "obyvatel", "pocet-pohotovosti"])
def test_median_and_rank_are_those_of_the_values(snapshot, name):
    table, units = snapshot.indicators[name], units_of(snapshot)
    period = table.periods("obec")[-1]
    values = {one.code: one.value for one in table.values("obec", period)}
    for unit in list(units.by_level["obec"].values())[::5]:
        found = neighbourhood(snapshot, table, period, unit)
        known = [values[one.code] for one in found.others if values[one.code] is not None]
        assert found.median == (pytest.approx(np.median(known)) if known else None)
        if values[unit.code] is None:
            assert found.rank is None
        else:
            ordered = sorted([*known, values[unit.code]], reverse=True)
            assert found.rank == ordered.index(values[unit.code]) + 1
            assert found.ranked == len(ordered)


def test_neighbours_without_a_value_stand_last_and_are_not_ranked(snapshot):
    table, units = snapshot.indicators["nezamestnanost"], units_of(snapshot)
    lost = next(one for one in table.values("obec", table.periods("obec")[-1]) if one.value is None)
    beside = units.neighbours(units.by_level["obec"][lost.code])[0]
    found = neighbourhood(snapshot, table, table.periods("obec")[-1], beside)
    unknown = [one for one in found.others if one.value is None]
    assert lost.code in {one.code for one in unknown}
    assert list(found.others[-len(unknown) :]) == unknown
    assert found.ranked == 1 + len(found.others) - len(unknown)
    own = neighbourhood(snapshot, table, table.periods("obec")[-1], units.by_level["obec"][lost.code])
    assert own.rank is None


def test_the_obce_of_a_unit_together_have_its_value(snapshot):
    """Sums, formulas and weighted means alike, in every period: the build computed the values of coarser units."""
    units, tried = units_of(snapshot), set()
    for table in snapshot.indicators.values():
        for level in ("orp", "okres"):
            if level not in table.levels or "obec" not in table.levels:
                continue
            period = table.periods(level)[-1]
            for one in table.values(level, period):
                inside = [unit.code for unit in units.by_level["obec"].values() if unit.parents.get(level) == one.code]
                found = together(snapshot, table, period, "obec", inside)
                told = f"{table.id} {one.name} {period}"
                assert found.value == (None if one.value is None else pytest.approx(one.value, rel=1e-9, abs=1e-9)), (
                    told
                )
                assert bool(found.unknown) == (one.status != "ok"), told
                tried.add(found.how)
    assert tried == {"sum", "ratio", "mean"}


def test_coarser_units_together_are_their_obce_together(snapshot):
    units, table = units_of(snapshot), snapshot.indicators["podil-65-plus"]
    period = table.periods("okres")[-1]
    whole = together(snapshot, table, period, "okres", list(units.by_level["okres"]))
    assert whole.value == pytest.approx(table.values("kraj", period)[0].value)
