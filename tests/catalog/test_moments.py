from __future__ import annotations

import pytest

from geoportal.catalog.dataset import Period
from geoportal.catalog.moments import covered, latest


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2024", "2024"), ("2024-06", "2024-06"), ("2020-12-31; 2024", "2024"), ("2024-12-31; 2023", "2024-12-31")],
)
def test_the_latest_date_is_as_exact_as_it_is_given(text: str, expected: str) -> None:
    assert latest(text) == expected


def test_a_text_without_a_date_is_refused() -> None:
    with pytest.raises(ValueError, match="'loni' holds no date"):
        latest("loni")


@pytest.mark.parametrize(
    ("dates", "start", "end"),
    [
        (["2024"], "2024-01-01", "2024-12-31"),
        (["2024-02"], "2024-02-01", "2024-02-29"),
        (["2023-02"], "2023-02-01", "2023-02-28"),
        (["1996", "2013", "2002"], "1996-01-01", "2013-12-31"),
        (["2020-12-31; 2024"], "2020-12-31", "2024-12-31"),
    ],
)
def test_a_period_reaches_from_the_first_to_the_last_day(dates: list[str], start: str, end: str) -> None:
    assert covered(dates) == Period(start, end)


def test_nothing_is_covered_without_a_date() -> None:
    assert covered([]) is None
