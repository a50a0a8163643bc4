from __future__ import annotations

import datetime as dt

import pytest

from geoportal.hours.clock import PRAGUE, as_prague, clock, edge, minutes, moment_at


def text(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="minutes")


def test_a_moment_without_a_zone_is_what_a_clock_in_prague_shows():
    assert text(as_prague(dt.datetime.fromisoformat("2026-11-22T03:05"))) == "2026-11-22T03:05+01:00"
    assert text(as_prague(dt.datetime.fromisoformat("2026-07-01T03:05"))) == "2026-07-01T03:05+02:00"


def test_a_moment_of_another_zone_is_the_same_moment_in_prague():
    assert text(as_prague(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC))) == "2026-07-02T01:30+02:00"


@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2027, 3, 28)])
def test_a_time_that_no_clock_shows_in_march_is_moved_forward(day):
    gap = dt.datetime.combine(day, dt.time(2, 30))
    assert text(as_prague(gap)) == f"{day}T03:30+02:00"
    assert as_prague(gap.replace(tzinfo=PRAGUE)).utctimetuple() == as_prague(gap).utctimetuple()


@pytest.mark.parametrize("day", [dt.date(2026, 10, 25), dt.date(2027, 10, 31)])
def test_a_time_that_clocks_show_twice_in_october_is_the_first_unless_folded(day):
    twice = dt.datetime.combine(day, dt.time(2, 30))
    assert text(as_prague(twice)) == f"{day}T02:30+02:00"
    assert text(as_prague(twice.replace(fold=1))) == f"{day}T02:30+01:00"


@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2027, 3, 28)])
def test_edges_inside_the_gap_are_the_jump_and_stay_in_order(day):
    jump = edge(day, 3 * 60)
    assert edge(day, 2 * 60) == edge(day, 2 * 60 + 59) == jump == edge(day, 119) + 60
    assert text(moment_at(jump)) == f"{day}T03:00+02:00"


@pytest.mark.parametrize("day", [dt.date(2026, 10, 25), dt.date(2027, 10, 31)])
def test_edges_inside_the_repeated_hour_are_the_first_of_the_two(day):
    assert text(moment_at(edge(day, 150))) == f"{day}T02:30+02:00"
    assert edge(day, 180) - edge(day, 179) == 3660


def test_edges_past_midnight_are_on_the_next_day():
    assert text(moment_at(edge(dt.date(2026, 12, 31), 1440 + 450))) == "2027-01-01T07:30+01:00"


def test_minutes_and_clock_times_are_each_others_inverse_within_a_day():
    assert [minutes(clock(minute)) for minute in range(1441)] == list(range(1441))
    assert clock(31 * 60) == "07:00"
