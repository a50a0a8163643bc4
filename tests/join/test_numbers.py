"""Numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.atlas.numbers import number
from geoportal.join.numbers import evidence, parse, read_numbers, status_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,5", 1.5), ("1.5", 1.5), ("0,125", 0.125), ("1 234,5", 1234.5), ("1\u00a0234\u202f567,25", 1234567.25),
        ("1.234,5", 1234.5), ("1.234.567", 1234567.0), ("1,234,567", 1234567.0), ("1,234.5", 1234.5), ("12 %", 12.0),
        ("3,5%", 3.5), ("−4", -4.0), ("-4,5", -4.5), ("+7", 7.0), ("1 500 Kč", 1500.0), ("1e3", 1000.0), (",5", 0.5),
        ("1'000", 1000.0), ("5,", 5.0), ("1,234", 1.234), ("563889", 563889.0),
    ],
)  # fmt: skip
def test_a_number_is_read_as_czech_has_it(text, value):
    assert parse(text, ",") == value


@pytest.mark.parametrize(
    "text", ["", "a", "1,2,3", "1 23", "12 34,5", "e5", "e353", "1e999", "1,5,", ".", ",", "%", "1-2", "²", "1" * 70]
)
def test_what_is_no_number_is_none(text):
    assert parse(text, ",") is None
    assert parse(text, ".") is None


def test_the_decimal_mark_decides_what_could_be_both():
    assert parse("1,723", ",") == 1.723
    assert parse("1,723", ".") == 1723.0


def test_a_column_shows_its_decimal_mark_itself():
    column = ["1,926,906", "1,723", "875"]
    assert read_numbers(column, own=evidence(column)).values == (1926906.0, 1723.0, 875.0)
    column = ["1,723", "0,5"]
    assert read_numbers(column, own=evidence(column)).values == (1.723, 0.5)


def test_other_columns_decide_where_a_column_shows_nothing():
    assert read_numbers(["1,723"], whole=-3).values == (1723.0,)
    assert read_numbers(["1,723"], whole=3).values == (1.723,)
    assert not read_numbers(["1,723"], whole=3).evident


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", "missing"),
        ("-", "missing"),
        ("x", "missing"),
        ("N/A", "missing"),
        ("i.d.", "confidential"),
        ("5", "ok"),
        ("Liberec", "ok"),
    ],
)
def test_signs_of_no_value_are_known(text, status):
    assert status_of(text) == status


def test_confidential_missing_and_wrong_cells_are_told_apart():
    read = read_numbers(["1", "i.d.", "", "asi 5"])
    assert read.status == ("ok", "confidential", "missing", "missing")
    assert read.wrong == (3,)


@given(st.floats(-1e9, 1e9), st.integers(0, 4), st.sampled_from(["cs", "en"]))
def test_a_number_that_we_write_is_read_back(value, decimals, language):
    text = number(value, decimals, language)
    assert parse(text, "," if language == "cs" else ".") == pytest.approx(round(value, decimals), abs=1e-9)


@given(st.text(max_size=40))
def test_any_text_is_a_finite_number_or_none(text):
    read = read_numbers([text], own=evidence([text]))
    assert read.values[0] is None or abs(read.values[0]) < float("inf")
