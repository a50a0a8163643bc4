from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.cards.source import ReadOptions
from geoportal.intake.numbers import as_numbers


def _number(text: str | None, **options: str) -> float | str:
    values, wrong = as_numbers(pd.Series([text], dtype=object), ReadOptions(**options))  # type: ignore[arg-type]
    return "wrong" if wrong[0] else float(values[0])


@pytest.mark.parametrize(
    ("text", "options", "value"),
    [
        ("1,926,906", {"thousands": ","}, 1926906),
        ("1,926.5", {"thousands": ","}, 1926.5),
        ("1.926,5", {"thousands": ".", "decimal": ","}, 1926.5),
        ("1 926,5", {"decimal": ","}, 1926.5),
        ("1\u00a0926", {}, 1926),
        (" -0.5 ", {}, -0.5),
        ("\N{MINUS SIGN}3", {}, -3),
        ("1e3", {}, 1000),
        ("1,926,906", {}, "wrong"),
        ("1,5", {"thousands": ","}, "wrong"),
        ("1.5", {"decimal": ","}, "wrong"),
        ("i.d.", {}, "wrong"),
        ("nan", {}, "wrong"),
        ("inf", {}, "wrong"),
        (".", {}, "wrong"),
        ("1e999", {}, "wrong"),
    ],
)
def test_a_number_is_read_as_the_card_says(text: str, options: dict[str, str], value: float | str) -> None:
    assert _number(text, **options) == value


def test_an_absent_number_is_neither_zero_nor_wrong() -> None:
    assert math.isnan(float(_number(None)))
    assert math.isnan(float(_number("  ")))


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_what_python_writes_is_read_back(value: float) -> None:
    assert _number(repr(value)) == value


@given(st.integers(min_value=0, max_value=10**12))
def test_groups_of_thousands_are_read_back(value: int) -> None:
    assert _number(f"{value:,}", thousands=",") == value
