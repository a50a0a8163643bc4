from __future__ import annotations

import pytest

from geoportal.atlas.numbers import date, needed_decimals, number


@pytest.mark.parametrize(
    ("value", "decimals", "language", "expected"),
    [
        (1234.5, 1, "cs", "1\u00a0234,5"),
        (1234.5, 1, "en", "1,234.5"),
        (449377, 0, "cs", "449\u00a0377"),
        (-3, 0, "cs", "−3"),
        (-0.04, 1, "cs", "0,0"),
        (2, 2, "cs", "2,00"),
    ],
)
def test_numbers_are_written_as_the_language_does(value, decimals, language, expected):
    assert number(value, decimals, language) == expected


@pytest.mark.parametrize(
    ("iso", "language", "expected"),
    [
        ("2026-09-12", "cs", "12.\u00a09.\u00a02026"),
        ("2026-09-12", "en", "12\u00a0September\u00a02026"),
        ("2024-06", "cs", "6/2024"),
        ("2024", "cs", "2024"),
        ("přibližně 2022", "cs", "přibližně 2022"),
        ("2006; 2020-12-31; 2024", "cs", "2006; 31.\u00a012.\u00a02020; 2024"),
    ],
)
def test_dates_are_written_as_the_language_does(iso, language, expected):
    assert date(iso, language) == expected


def test_needed_decimals_are_the_fewest_that_are_exact():
    assert needed_decimals((1.0, 2.5)) == 1
    assert needed_decimals((0.25, 3.0)) == 2
    assert needed_decimals(()) == 0
