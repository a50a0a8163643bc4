from __future__ import annotations

import math

import numpy as np
import pytest

from geoportal.formula import parse
from geoportal.territory.series import (
    CONFIDENTIAL,
    INCOMPLETE,
    MISSING,
    OK,
    Series,
    aggregate_formula,
    aggregate_mean,
    aggregate_sum,
    nearest_period,
)
from tests.squares import territory

LAND = territory()


def series(*values: float, status: list[int] | None = None) -> Series:
    return Series(("2024",), np.array([values], dtype=float), np.array([status or [OK] * 4], dtype=np.uint8))


def test_sums_of_okresy_and_of_the_kraj_agree() -> None:
    base = series(1, 2, 4, 8)
    okresy, kraj = aggregate_sum(base, LAND, "okres"), aggregate_sum(base, LAND, "kraj")
    assert okresy.values.tolist() == [[10, 5]]  # E: B + D, W: A + C
    assert kraj.values.sum() == okresy.values.sum() == 15


def test_sums_are_exact_where_floats_are_not() -> None:
    assert aggregate_sum(series(0.1, 0.2, 0.3, 1e16), LAND, "kraj").values[0, 0] == math.fsum([0.1, 0.2, 0.3, 1e16])


def test_a_sum_that_lacks_an_obec_says_it_is_incomplete() -> None:
    okresy = aggregate_sum(series(1, math.nan, 4, 8, status=[OK, MISSING, OK, OK]), LAND, "okres")
    assert okresy.values.tolist() == [[8, 5]]
    assert okresy.status.tolist() == [[INCOMPLETE, OK]]


def test_a_unit_of_which_nothing_is_known_is_confidential_if_any_of_it_is() -> None:
    nan = math.nan
    status = [MISSING, CONFIDENTIAL, MISSING, MISSING]
    okresy = aggregate_sum(series(nan, nan, nan, nan, status=status), LAND, "okres")
    assert okresy.status.tolist() == [[CONFIDENTIAL, MISSING]]
    assert np.isnan(okresy.values).all()


def formula(text: str, level: str, **parts: Series) -> Series:
    return aggregate_formula(parse(text), parts, LAND, level)


def test_a_formula_is_of_sums_and_not_the_mean_of_ratios() -> None:
    kraj = formula("100 * a / b", "kraj", a=series(1, 1, 1, 97), b=series(100, 100, 100, 100))
    assert kraj.values[0, 0] == 25


def test_a_formula_uses_only_obce_where_all_its_parts_are_known() -> None:
    top = series(10, 10, math.nan, 10, status=[OK, OK, MISSING, OK])
    okresy = formula("a / b", "okres", a=top, b=series(20, 20, 1000, 20))
    assert okresy.values.tolist() == [[0.5, 0.5]]
    assert okresy.status.tolist() == [[OK, INCOMPLETE]]


def test_what_is_divided_by_nothing_is_missing() -> None:
    obce = formula("a / b", "obec", a=series(1, 1, 1, 1), b=series(0, 2, 2, 2))
    assert obce.status.tolist() == [[MISSING, OK, OK, OK]]


def test_a_formula_of_something_confidential_is_confidential_where_nothing_else_is_known() -> None:
    secret = series(math.nan, 1, math.nan, 1, status=[CONFIDENTIAL, OK, CONFIDENTIAL, OK])
    held = formula("a - b", "okres", a=secret, b=series(1, 1, 1, 1))
    assert held.status.tolist() == [[OK, CONFIDENTIAL]]
    assert formula("a - b", "kraj", a=secret, b=series(1, 1, 1, 1)).status.tolist() == [[INCOMPLETE]]


def test_a_series_is_taken_under_the_names_of_other_periods() -> None:
    held = Series(("2020", "2024"), np.array([[1.0], [2.0]]), np.array([[OK], [MISSING]], dtype=np.uint8))
    taken = held.taken({"2019": "2020", "2024": "2024", "2025": "2024"})
    assert taken.periods == ("2019", "2024", "2025")
    assert taken.values.tolist() == [[1], [2], [2]]
    assert taken.status.tolist() == [[OK], [MISSING], [MISSING]]


def test_a_mean_is_weighted() -> None:
    okresy = aggregate_mean(series(10, 1, 20, 1), series(300, 1, 100, 1), LAND, "okres")
    assert okresy.values.tolist() == [[1, 12.5]]


def test_a_mean_without_weight_is_missing() -> None:
    assert aggregate_mean(series(1, 2, 3, 4), series(0, 0, 0, 0), LAND, "kraj").status.tolist() == [[MISSING]]


@pytest.mark.parametrize(("wanted", "chosen"), [("2019", "2020"), ("2022", "2024"), ("2023", "2024"), ("1990", "2020")])
def test_the_nearest_period_is_taken_and_of_two_the_later(wanted: str, chosen: str) -> None:
    assert nearest_period(wanted, ("2020", "2024")) == chosen


def test_gaps_are_counted_by_period_and_status_and_only_where_there_are_any() -> None:
    status = np.array([[OK] * 3, [MISSING, MISSING, CONFIDENTIAL], [OK, INCOMPLETE, OK]], dtype=np.uint8)
    held = Series(("2019", "2020", "2024"), np.ones((3, 3)), status)
    assert held.gaps() == {"2020": {"missing": 2, "confidential": 1}, "2024": {"incomplete": 1}}
