from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.errors import InvalidParameter
from geoportal.finder.moment import read_moment
from geoportal.hours.clock import PRAGUE

NOW = dt.datetime(2026, 3, 10, 8, 0, tzinfo=dt.UTC)


def read(text: str | None) -> tuple[str, list[str]]:
    moment = read_moment(text, NOW)
    return moment.at.isoformat(), [remark.code for remark in moment.remarks]


def test_without_a_moment_it_is_now_in_prague() -> None:
    assert read(None) == ("2026-03-10T09:00:00+01:00", [])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-12T18:30", "2026-03-12T18:30:00+01:00"),
        ("2026-03-12 18:30", "2026-03-12T18:30:00+01:00"),
        ("2026-03-12T18:30:15", "2026-03-12T18:30:15+01:00"),
        ("2026-03-12", "2026-03-12T12:00:00+01:00"),
        ("2026-07-12T16:30:00Z", "2026-07-12T18:30:00+02:00"),
        ("2026-07-12t16:30z", "2026-07-12T18:30:00+02:00"),
        ("2026-07-12T16:30:00+00:00", "2026-07-12T18:30:00+02:00"),
        ("2026-07-12T16:30:00 00:00", "2026-07-12T18:30:00+02:00"),
        ("2026-07-12T11:30:00-0500", "2026-07-12T18:30:00+02:00"),
        ("2026-07-12T18:30:00.250", "2026-07-12T18:30:00.250000+02:00"),
    ],
)
def test_iso_8601_is_read_with_and_without_a_zone(text: str, moment: str) -> None:
    assert read(text) == (moment, [])


@pytest.mark.parametrize(
    ("text", "moment", "code"),
    [
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00", "clock-gap"),
        ("2027-03-28T02:00", "2027-03-28T03:00:00+02:00", "clock-gap"),
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00", "clock-twice"),
        ("2027-10-31T02:59", "2027-10-31T02:59:00+02:00", "clock-twice"),
    ],
)
def test_the_hour_of_a_clock_change_is_remarked(text: str, moment: str, code: str) -> None:
    found, codes = read(text)
    assert (found, codes[0]) == (moment, code)


def test_with_a_zone_the_repeated_hour_is_clear() -> None:
    assert read_moment("2026-10-25T02:30+01:00", NOW).at.fold == 1
    assert "clock-twice" not in read("2026-10-25T02:30+01:00")[1]


def test_past_and_far_future_are_remarked() -> None:
    assert read("2026-03-10T07:30")[1] == ["past"]
    assert read("2026-03-10T08:30")[1] == []
    assert read("2026-12-24T18:00")[1] == ["far-future"]


@pytest.mark.parametrize(
    "text",
    ["", "teď", "18:30", "2026-13-01", "2026-02-30T10:00", "2026-03-12T25:00", "2026-W11-4", "20260312", "nan",
     "2026-03-12T18:30+99:99", "2026-03-12T18:30:00Europe/Prague", "٢٠٢٦-٠٣-١٢"],
)  # fmt: skip
def test_what_is_no_moment_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidParameter, match="is not a moment in ISO 8601 such as"):
        read_moment(text, NOW)


@pytest.mark.parametrize("text", ["2015-01-01", "1900-01-01T00:00", "2076-12-31", "9999-12-31T23:59:59-12:00"])
def test_years_without_known_holidays_are_refused(text: str) -> None:
    with pytest.raises(InvalidParameter, match="out of the years 2016 to 2075"):
        read_moment(text, NOW)


@given(st.dates(dt.date(2016, 1, 2), dt.date(2075, 12, 30)), st.times())
def test_what_is_written_is_read_back(day: dt.date, time: dt.time) -> None:
    at = dt.datetime.combine(day, time, dt.UTC)
    # As numbers: in the hour that clocks show twice, moments of different zones are never equal (PEP 495).
    assert read_moment(at.isoformat(), NOW).at.timestamp() == at.timestamp()
    assert read_moment(at.astimezone(PRAGUE).isoformat(), NOW).at.timestamp() == at.timestamp()


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    with suppress(InvalidParameter):
        assert read_moment(text, NOW).at.tzinfo is PRAGUE
