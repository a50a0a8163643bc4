from __future__ import annotations

import numpy as np
import pytest

from geoportal.search.rank import Fit, overlap, score, share_met

NOWHERE = np.full((1, 2), np.nan)


def fit(*qualities: int, begins: bool = False, same_count: bool = False) -> Fit:
    return Fit(np.array([0]), np.array([qualities], np.uint8).T, np.array([begins]), np.array([same_count]))


def scored(
    found: Fit, weight: float = 0, points: np.ndarray = NOWHERE, near: tuple[float, float] | None = None
) -> float:
    return float(score(found, np.array([weight]), points, near)[0])


def test_a_whole_name_goes_before_a_heavier_one_that_only_begins_so():
    assert scored(fit(255, begins=True, same_count=True)) > scored(fit(255, begins=True), weight=1)


def test_a_name_that_begins_so_goes_before_one_that_has_the_whole_word_inside():
    assert scored(fit(200, begins=True)) > scored(fit(255))


def test_what_is_near_goes_before_its_equals_but_not_before_what_fits_better():
    here, far = np.array([[15.0, 50.7]]), np.array([[14.3, 50.7]])
    assert scored(fit(255), 0.5, here, (15.0, 50.7)) > scored(fit(255), 0.5, far, (15.0, 50.7))
    assert scored(fit(255, begins=True), 0.5, far, (15.0, 50.7)) > scored(
        fit(200, begins=True), 0.5, here, (15.0, 50.7)
    )


def test_what_has_no_place_is_nowhere_near():
    assert scored(fit(255), 0.5, NOWHERE, (15.0, 50.7)) == scored(fit(255), 0.5)


def test_the_best_possible_score_is_one():
    best = fit(255, begins=True, same_count=True)
    assert scored(best, 1, np.array([[15.0, 50.0]]), (15.0, 50.0)) == pytest.approx(1)


def test_one_word_of_a_name_stands_for_one_typed_word():
    typed = ("jablonec", "n", "j")
    assert overlap(typed)
    assert share_met(typed, {"jablonec", "nad", "jizerou"}) == 1
    assert share_met(typed, {"jablonec", "nad", "nisou"}) == pytest.approx(2 / 3)


def test_a_mistyped_word_is_not_counted_as_missed():
    assert share_met(("jablnec", "n"), {"jablonec", "nad"}) == 1
