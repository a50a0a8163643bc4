"""Specifications are read back by the words of schema.org: dates before public holidays before weekdays."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from geoportal.hours.schedule import parse_schedule
from geoportal.hours.schema_org import opening_hours_specification
from geoportal.hours.week import schedule_of
from tests.hours.weeks import HOLIDAYS, PRAGUE, moments, truth, weeks

TODAY = dt.date(2026, 1, 1)
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def deciding(specifications, day):
    """The specifications that decide about ``day``."""

    def named(one, name):
        return f"https://schema.org/{name}" in one["dayOfWeek"]

    dated = [one for one in specifications if "validFrom" in one]
    dated = [one for one in dated if one["validFrom"] <= day.isoformat() <= one["validThrough"]]
    regular = [one for one in specifications if "validFrom" not in one]
    holidays = [one for one in regular if day in HOLIDAYS and named(one, "PublicHolidays")]
    return dated or holidays or [one for one in regular if named(one, NAMES[day.weekday()])]


def is_open(specifications, wall):
    for back in (0, 1):
        for one in deciding(specifications, wall.date() - dt.timedelta(days=back)):
            assert one["@type"] == "OpeningHoursSpecification"
            opens, closes = (int(one[key][:2]) * 60 + int(one[key][3:]) for key in ("opens", "closes"))
            closes += 1440 * (closes < opens)
            if opens <= wall.hour * 60 + wall.minute + 1440 * back < closes:
                return True
    return False


def test_a_week_is_written_in_the_words_of_schema_org():
    evening, weekend = opening_hours_specification(parse_schedule("Mo,We 17:00-20:00; Sa,PH 19:00-07:00"), TODAY)
    assert evening == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": ["https://schema.org/Monday", "https://schema.org/Wednesday"],
        "opens": "17:00",
        "closes": "20:00",
    }
    assert weekend["dayOfWeek"] == ["https://schema.org/Saturday", "https://schema.org/PublicHolidays"]
    assert (weekend["opens"], weekend["closes"]) == ("19:00", "07:00")


@given(weeks, moments)
@settings(max_examples=300)
def test_the_specifications_mean_the_week(week, moment):
    schedule = schedule_of(week)
    wall = moment.astimezone(PRAGUE)
    if schedule is None or (wall.hour, wall.minute) == (23, 59):
        return
    specifications = opening_hours_specification(schedule, TODAY)
    assert is_open(specifications, wall) == (truth(week, moment) == "open")


def test_a_closed_holiday_is_said_and_a_closed_weekday_left_out():
    (weekday, holiday) = opening_hours_specification(parse_schedule("Mo 08:00-12:00; PH off"), TODAY)
    assert len(weekday["dayOfWeek"]) == 1
    assert (holiday["opens"], holiday["closes"]) == ("00:00", "00:00")


def test_a_holiday_of_which_nothing_is_known_does_not_inherit_the_weekday():
    *_, holiday = opening_hours_specification(parse_schedule("Mo-Su 08:00-12:00; PH unknown"), TODAY)
    assert holiday["dayOfWeek"] == ["https://schema.org/PublicHolidays"]
    assert (holiday["opens"], holiday["closes"]) == ("00:00", "00:00")


@pytest.mark.parametrize(
    ("osm", "closes"), [("24/7", "23:59"), ("Mo-Su,PH 07:00-07:00", "06:59"), ("17:00-24:00", "00:00")]
)
def test_twenty_four_hours_end_a_minute_early_so_that_they_are_not_none(osm, closes):
    (one,) = opening_hours_specification(parse_schedule(osm), TODAY)
    assert one["closes"] == closes


def test_exceptions_have_their_dates():
    osm = 'Mo-Su 08:00-12:00; 2026 Dec 24-2026 Dec 26 off "dovolená"; 2026 Dec 31 10:00-11:00'
    specifications = opening_hours_specification(parse_schedule(osm), TODAY)
    _, closed, short = specifications
    assert (closed["validFrom"], closed["validThrough"]) == ("2026-12-24", "2026-12-26")
    assert closed["description"] == "dovolená"
    assert "dayOfWeek" not in short
    assert not is_open(specifications, dt.datetime.fromisoformat("2026-12-25T10:00"))
    assert [is_open(specifications, dt.datetime.fromisoformat(f"2026-12-31T{hour}:30")) for hour in ("09", "10")] == [
        0,
        1,
    ]


def test_dates_may_be_limited_to_weekdays():
    (_, summer) = opening_hours_specification(
        parse_schedule("Mo 08:00-12:00; 2026 Jul 1-2026 Aug 31 Sa,PH 08:00-09:00"), TODAY
    )
    assert summer["dayOfWeek"] == ["https://schema.org/Saturday", "https://schema.org/PublicHolidays"]


def test_a_rota_is_its_duties_alone():
    osm = "24/7 unknown; 2026 Dec 1-2026 Dec 31 off, 2026 Dec 5 08:00-12:00"
    (duty,) = opening_hours_specification(parse_schedule(osm), TODAY)
    assert (duty["validFrom"], duty["opens"]) == ("2026-12-05", "08:00")


@pytest.mark.parametrize("osm", ["sunrise-sunset", "2026 Jan 1 off; Mo-Su 07:00-19:00"])
def test_what_rules_can_not_say_is_listed_by_date_for_two_weeks(osm):
    specifications = opening_hours_specification(parse_schedule(osm), TODAY)
    assert [one["validFrom"] for one in specifications] == [f"2026-01-{day:02}" for day in range(1, 15)]
