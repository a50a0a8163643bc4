from __future__ import annotations

import numpy as np

from geoportal.formula import parse
from geoportal.formula.evaluate import evaluate


def test_arrays_are_computed_place_by_place() -> None:
    found = evaluate(parse("(a - b) / c"), {"a": np.array([5, 7]), "b": np.array([1, 1]), "c": np.array([2, 3])})
    assert found.tolist() == [2, 2]


def test_what_is_divided_by_zero_has_no_value_and_neither_has_what_comes_of_it() -> None:
    values = {"a": np.array([1.0, 0.0, 6.0]), "b": np.array([0.0, 0.0, 2.0])}
    assert np.isnan(evaluate(parse("a / b"), values)).tolist() == [True, True, False]
    assert np.isnan(evaluate(parse("1 / (1 / b)"), values)).tolist() == [True, True, False]
    assert np.isnan(evaluate(parse("a + b / (b - b)"), values)).all()


def test_what_is_unknown_stays_unknown() -> None:
    assert np.isnan(evaluate(parse("a + b"), {"a": np.nan, "b": 1}))


def test_what_is_too_large_has_no_value() -> None:
    assert np.isnan(evaluate(parse("a * a"), {"a": 1e200}))
