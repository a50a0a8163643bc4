from __future__ import annotations

import datetime as dt

import pytest
from dateutil.easter import easter
from opening_hours import OpeningHours

from geoportal.hours.holidays import YEARS, easter_sunday, holiday
from tests.hours.weeks import FIXED_HOLIDAYS

ALL_DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=step) for step in range(2 * 365)]


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12))


def test_the_holidays_are_those_of_the_law():
    for year in (2026, 2027):
        lawful = {dt.date(year, *map(int, day.split("-"))) for day in FIXED_HOLIDAYS.split()}
        lawful |= {easter(year) - dt.timedelta(days=2), easter(year) + dt.timedelta(days=1)}
        assert {day for day in ALL_DAYS if day.year == year and holiday(day)} == lawful


def test_easter_agrees_with_another_computation_for_three_centuries():
    assert [easter_sunday(year) for year in range(1900, 2200)] == [easter(year) for year in range(1900, 2200)]


@pytest.mark.parametrize("year", YEARS)
def test_the_calendar_behind_ph_has_the_same_days(year):
    calendar = OpeningHours("PH", country="CZ")
    noons = [noon(dt.date(year, 1, 1) + dt.timedelta(days=step)) for step in range(365)]
    assert [n.date() for n in noons if calendar.is_open(n)] == [n.date() for n in noons if holiday(n.date())]


def test_the_calendar_behind_ph_ends_where_we_stop_telling():
    calendar = OpeningHours("PH", country="CZ")
    assert not calendar.is_open(noon(dt.date(YEARS.stop, 12, 25)))


def test_good_friday_is_a_holiday_since_2016():
    assert holiday(dt.date(2015, 4, 3)) is None
    assert holiday(dt.date(2016, 3, 25)).cs == "Velký pátek"


def test_each_holiday_has_a_name_in_four_languages():
    names = {holiday(day) for day in ALL_DAYS} - {None}
    assert len(names) == 13
    assert all(name.cs and name.en and name.de and name.pl for name in names)
