"""Local Moran's I on a chessboard that can be checked in the head, and on real values against esda."""

from __future__ import annotations

import warnings
from functools import cache

import numpy as np
import pytest
import shapely

from geoportal.analyses.contiguity import contiguity, touching
from geoportal.analyses.outliers import (
    CONTROLS,
    Constant,
    TooFew,
    false_discovery,
    local_outliers,
)
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.store import current_id

SIDE = 7
DRAWS = 4999
SQUARES = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(SIDE) for x in range(SIDE)])
MIDDLE = SIDE * SIDE // 2
QUADRANTS = {1: "high-high", 2: "low-high", 3: "low-low", 4: "high-low"}


@cache
def board():
    return touching(SQUARES)


def slope():
    """Values that fall from the left to the right, no two alike."""
    return np.array([100.0 - 10 * (at % SIDE) + at / 100 for at in range(SIDE * SIDE)])


@pytest.fixture(scope="module")
def snapshot(built_settings):
    held = current_id(built_settings.build)
    assert held
    return Snapshot(built_settings.build, held)


def test_a_peak_amid_lows_is_high_low():
    values = slope()
    values[SIDE * 3 + 5] = 500.0  # amid the low right side
    found = local_outliers(values, board())
    assert found.kinds[SIDE * 3 + 5] == "high-low"
    assert found.statistic[SIDE * 3 + 5] < 0


def test_the_sides_of_a_slope_are_areas_of_high_and_of_low():
    found = local_outliers(slope(), board())
    rows = [found.kinds[at * SIDE : (at + 1) * SIDE] for at in range(1, SIDE - 1)]
    assert {row[0] for row in rows} == {"high-high"}
    assert {row[-1] for row in rows} == {"low-low"}


def test_the_mean_of_the_neighbours_is_in_the_unit_of_the_values():
    values = slope()
    around = [at for at in range(SIDE * SIDE) if at in board().other[board().one == MIDDLE]]
    assert local_outliers(values, board()).around[MIDDLE] == pytest.approx(values[around].mean())


def test_a_unit_without_a_value_takes_no_part():
    values = slope()
    values[MIDDLE] = np.nan
    found = local_outliers(values, board())
    assert found.kinds[MIDDLE] == "unknown"
    assert np.isnan([found.p[MIDDLE], found.statistic[MIDDLE], found.around[MIDDLE]]).all()
    held = np.flatnonzero(~np.isnan(values))
    alone = touching(SQUARES[held])
    assert local_outliers(values[held], alone).p.tolist() == found.p[held].tolist()


def test_a_unit_whose_neighbours_are_unknown_is_alone():
    values = slope()
    values[[1, SIDE, SIDE + 1]] = np.nan  # all around the first corner
    found = local_outliers(values, board())
    assert found.kinds[0] == "alone"
    assert np.isnan(found.p[0])
    assert found.tested == SIDE * SIDE - 4


def test_few_units_are_refused():
    values = np.full(SIDE * SIDE, np.nan)
    values[:9] = np.arange(9)
    with pytest.raises(TooFew):
        local_outliers(values, board())


def test_equal_values_are_refused():
    with pytest.raises(Constant):
        local_outliers(np.full(SIDE * SIDE, 0.1), board())


def test_equal_values_give_an_equal_answer():
    assert local_outliers(slope(), board()).p.tolist() == local_outliers(slope(), board()).p.tolist()


def test_a_unit_amid_the_commonest_value_is_not_called_rare():
    values = np.zeros(SIDE * SIDE)
    values[MIDDLE] = 1.0
    found = local_outliers(values, board())
    assert found.p[MIDDLE] == 1.0
    assert set(found.kinds) == {"insignificant"}


def test_false_discoveries_are_bounded_step_by_step():
    assert false_discovery(np.array([0.001, 0.02, 0.03, 0.9])) == 0.03  # 0.03 <= 0.05 * 3 / 4
    assert false_discovery(np.array([0.02, 0.5, 0.6, 0.9])) == 0.0  # 0.02 > 0.05 / 4


def test_a_stricter_test_finds_no_more(snapshot):
    values, touch = real(snapshot, "vzdalenost-pohotovosti", "obec")
    found = {name: sum(p <= held.threshold for p in held.p if not np.isnan(p))
             for name in CONTROLS if (held := local_outliers(values, touch, name))}  # fmt: skip
    assert found["p05"] > found["p01"] > 0
    assert found["p05"] > found["fdr"]


def real(snapshot, name, level):
    table = snapshot.indicators[name]
    held = table.values(level, table.periods(level)[-1])
    return np.array([np.nan if one.value is None else one.value for one in held]), contiguity(snapshot, level)


@pytest.mark.parametrize("name", ["nezamestnanost", "hustota-obyvatel", "podil-65-plus", "saldo-migrace"])
@pytest.mark.parametrize("level", ["obec", "pou"])
def test_real_values_agree_with_esda(snapshot, name, level):
    """I to 1e-9, quadrants exactly, p within five standard errors of the difference of two draws."""
    from esda.moran import Moran_Local
    from libpysal.weights import W

    if name not in snapshot.indicators:
        pytest.skip(f"this snapshot has no indicator {name}")
    values, touch = real(snapshot, name, level)
    known = ~np.isnan(values)
    part = touch.among(known)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weights = W({at: part.other[part.one == at].tolist() for at in range(part.count)}, silence_warnings=True)
        theirs = Moran_Local(values[known], weights, permutations=DRAWS, seed=1)
    ours = local_outliers(values, touch, permutations=DRAWS)
    assert ours.statistic[known] == pytest.approx(theirs.Is, abs=1e-9)
    assert [ours.quadrants[at] for at in np.flatnonzero(known)] == [QUADRANTS[one] for one in theirs.q]
    drawn, at = theirs.rlisas, theirs.Is[:, None]
    rarer = np.minimum((drawn >= at - 1e-9).sum(axis=1), (drawn <= at + 1e-9).sum(axis=1))
    expected = np.minimum(1, 2 * (rarer + 1) / (DRAWS + 1))
    share = np.clip(expected / 2, 1 / DRAWS, 0.5)
    error = 5 * 2 * np.sqrt(2 * share * (1 - share) / DRAWS)
    assert (np.abs(ours.p[known] - expected) <= error).all()
    assert np.abs(local_outliers(values, touch).p[known] - expected).mean() < 0.06  # with as many as a page draws
