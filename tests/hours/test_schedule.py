from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from geoportal.errors import HoursRefused
from geoportal.hours.clock import PRAGUE
from geoportal.hours.schedule import Span, parse_schedule
from geoportal.hours.week import schedule_of
from tests.hours.weeks import DAYS, HOLIDAYS, moments, truth, weeks

EMERGENCY = "Mo-Th 17:00-20:00; Fr 17:00-21:00; Sa,Su,PH 09:00-18:00"
NIGHTLY = "Mo-Su 19:00-07:00; PH off"


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def told(osm: str, moment: str) -> tuple[str, ...]:
    """Kind, and since, until and opens to the minute with their offset, ``-`` for none."""
    state = parse_schedule(osm).state(at(moment))
    times = (state.since, state.until, state.opens)
    return (state.kind, *(time.isoformat(" ", "minutes") if time else "-" for time in times))


def test_an_open_place_says_until_when():
    assert told(EMERGENCY, "2026-11-20 18:30") == (
        "open", "2026-11-20 17:00+01:00", "2026-11-20 21:00+01:00", "2026-11-20 18:30+01:00",
    )  # fmt: skip


def test_a_closed_place_says_when_it_opens():
    assert told(EMERGENCY, "2026-11-20 21:00") == (
        "closed", "2026-11-20 21:00+01:00", "2026-11-21 09:00+01:00", "2026-11-21 09:00+01:00",
    )  # fmt: skip


@pytest.mark.parametrize("day", sorted(day for day in HOLIDAYS if day.year in (2026, 2027)))
def test_public_holidays_have_their_own_hours(day):
    today = parse_schedule(EMERGENCY).day(day)
    assert today.spans == (Span("09:00", "18:00"),)
    assert today.holiday
    assert told(EMERGENCY, f"{day} 09:00")[0] == "open"
    assert told(EMERGENCY, f"{day} 18:00")[0] == "closed"


def test_a_night_goes_on_into_a_holiday_that_is_closed():
    assert told(NIGHTLY, "2026-11-17 03:00")[:3] == ("open", "2026-11-16 19:00+01:00", "2026-11-17 07:00+01:00")
    assert told(NIGHTLY, "2026-11-17 20:00")[0] == "closed"
    assert told(NIGHTLY, "2026-11-18 03:00")[0] == "closed"


def test_a_night_goes_on_into_a_weekday_with_a_rule_of_its_own():
    osm = "Fr 19:00-07:00; Sa 09:00-12:00"
    assert told(osm, "2026-11-21 06:59")[0] == "open"
    assert told(osm, "2026-11-21 07:00") == ("closed", *["2026-11-21 07:00+01:00"], *["2026-11-21 09:00+01:00"] * 2)


def test_a_night_that_is_known_goes_on_into_a_day_that_is_not():
    osm = "Mo 19:00-07:00; Tu unknown"
    assert told(osm, "2026-11-24 06:59")[0] == "open"
    assert told(osm, "2026-11-24 07:00")[0] == "unknown"


def test_nonstop_has_neither_begin_nor_end():
    assert told("24/7", "2026-12-24 03:00") == ("open", "-", "-", "2026-12-24 03:00+01:00")
    assert told("24/7 off", "2026-12-24 03:00") == ("closed", "-", "-", "-")


def test_the_same_hours_each_day_have_an_end_each_day():
    assert told("08:00-18:00", "2026-11-17 09:00")[1:3] == ("2026-11-17 08:00+01:00", "2026-11-17 18:00+01:00")


def test_an_evening_that_is_not_known_does_not_hide_the_night():
    osm = 'Mo 19:00-02:00, Mo 20:00-24:00 unknown "zkrácený provoz?"'
    assert [told(osm, f"2026-11-{time}")[0] for time in ("23 19:30", "23 21:00", "24 01:00")] == [
        "open",
        "unknown",
        "open",
    ]


def test_what_changes_later_than_in_a_year_has_no_end():
    assert told("2030 Jan 1-2030 Jan 2", "2026-11-22 03:00") == ("closed", "-", "-", "-")


def test_it_opens_when_that_is_certain_not_when_it_may():
    osm = "Mo unknown; Tu 08:00-12:00"
    assert told(osm, "2026-11-22 12:00")[2:] == ("2026-11-23 00:00+01:00", "2026-11-24 08:00+01:00")
    assert told(osm, "2026-11-23 12:00") == (
        "unknown",
        "2026-11-23 00:00+01:00",
        *["2026-11-24 00:00+01:00"],
        *["2026-11-24 08:00+01:00"],
    )


@pytest.mark.parametrize("day", ["2026-03-29", "2027-03-28"])
def test_the_night_of_the_change_in_march_is_an_hour_shorter(day):
    state = parse_schedule(NIGHTLY).state(at(f"{day} 01:30"))
    assert state.until.astimezone(dt.UTC) - state.since.astimezone(dt.UTC) == dt.timedelta(hours=11)
    assert told("Mo-Su 02:15-02:45", f"{day} 03:00")[0] == "closed"
    assert told("Mo-Su 02:30-06:00", f"{day} 01:59")[2] == f"{day} 03:00+02:00"
    assert told("Mo-Su 22:00-02:30", f"{day} 01:59")[2] == f"{day} 03:00+02:00"


@pytest.mark.parametrize("day", ["2026-10-25", "2027-10-31"])
def test_the_night_of_the_change_in_october_is_an_hour_longer(day):
    state = parse_schedule(NIGHTLY).state(at(f"{day} 01:30"))
    assert state.until.astimezone(dt.UTC) - state.since.astimezone(dt.UTC) == dt.timedelta(hours=13)
    assert told("Mo-Su 22:00-02:30", f"{day} 02:15+02:00")[:1] == ("open",)
    assert told("Mo-Su 22:00-02:30", f"{day} 02:15+01:00")[:2] == ("closed", f"{day} 02:30+02:00")
    assert told("Mo-Su 02:30-06:00", f"{day} 02:15+01:00")[:2] == ("open", f"{day} 02:30+02:00")


def test_a_moment_may_come_in_any_zone():
    assert told(EMERGENCY, "2026-11-20 16:00+00:00") == told(EMERGENCY, "2026-11-20 17:00")
    assert told(EMERGENCY, "2026-11-20 16:00+00:00")[3] == "2026-11-20 17:00+01:00"


def test_comments_are_told_with_the_time_that_they_are_about():
    schedule = parse_schedule('Mo-Su 17:00-21:00; 2026 Dec 24 off "nemocný lékař"')
    assert schedule.state(at("2026-12-24 18:00")).comment == "nemocný lékař"
    assert schedule.state(at("2026-12-25 00:00")).comment == ""
    assert (schedule.day(dt.date(2026, 12, 24)).note, schedule.day(dt.date(2026, 12, 25)).note) == ("nemocný lékař", "")


def test_a_comment_does_not_spread_over_the_day_after():
    schedule = parse_schedule('Mo-Su 19:00-07:00; 2026 Dec 24 off "nemocný lékař"')
    assert schedule.state(at("2026-12-25 08:00")).comment == ""
    assert schedule.day(dt.date(2026, 12, 25)).note == ""


def test_a_week_has_seven_days_from_the_one_given():
    week = parse_schedule("Mo-Su 08:00-12:00,19:00-07:00; Th unknown; Sa off").week(dt.date(2026, 12, 23))
    assert [day.date.day for day in week] == [23, 24, 25, 26, 27, 28, 29]
    assert [day.kind for day in week] == ["open", "unknown", "open", "closed", "open", "open", "open"]
    assert week[0].spans == (Span("08:00", "12:00"), Span("19:00", "07:00"))
    assert week[1].unknown == (Span("00:00", "24:00"),)
    assert [day.holiday and day.holiday.cs for day in week][:2] == [None, "Štědrý den"]


def test_spans_that_differ_in_their_comment_alone_are_one():
    assert parse_schedule('Mo 08:00-10:00 "a", Mo 10:00-12:00 "b"').day(dt.date(2026, 11, 23)).spans == (
        Span("08:00", "12:00"),
    )


@pytest.mark.parametrize("year", [1900, 2015, 2077, 9999])
def test_years_whose_holidays_are_not_known_are_not_known(year):
    assert told("24/7", f"{year}-06-01 12:00") == ("unknown", "-", "-", "-")
    assert parse_schedule("24/7").day(dt.date(year, 6, 1)).kind == "unknown"


def test_years_at_the_edge_are_known():
    assert told(EMERGENCY, "2016-01-01 10:00")[0] == "open"
    assert told(EMERGENCY, "2076-12-31 23:00")[:1] == ("closed",)


def test_a_text_is_refused_with_the_place_and_what_was_expected():
    with pytest.raises(
        HoursRefused, match=r"hours 'Mo-Fr 8-16': character 7 is not in the syntax .* expected .*timespan"
    ):
        parse_schedule("Mo-Fr 8-16")
    with pytest.raises(HoursRefused, match="hours ''"):
        parse_schedule("  ")


def test_equal_texts_are_equal_schedules():
    assert parse_schedule("Mo-Fr  9:00-12:00") == parse_schedule("Mo-Fr 09:00-12:00")
    assert parse_schedule("Mo 09:00-12:00") != parse_schedule("Tu 09:00-12:00")


@given(weeks, moments)
@settings(max_examples=300)
def test_the_state_is_that_of_an_independent_reading(week, moment):
    schedule = schedule_of(week)
    if schedule is None:
        assert all(hours is None for hours in week.values())
        return
    state = schedule.state(moment)
    assert state.kind == truth(week, moment)
    assert state.since is None or state.since <= moment
    assert state.until is None or state.until > moment
    if state.until:
        assert schedule.state(state.until).kind != state.kind
        assert schedule.state(state.until.astimezone(dt.UTC) - dt.timedelta(seconds=1)).kind == state.kind


@given(weeks, moments)
def test_the_state_agrees_with_the_spans_of_the_days(week, moment):
    schedule = schedule_of(week)
    if schedule is None:
        return
    wall = moment.astimezone(PRAGUE)
    minute, today = wall.hour * 60 + wall.minute, schedule.day(wall.date())
    before = schedule.day(wall.date() - dt.timedelta(days=1))
    spans = [span.minutes for span in today.spans] + [(s.minutes[0] - 1440, s.minutes[1] - 1440) for s in before.spans]
    assert any(start <= minute < end for start, end in spans) == (schedule.state(moment).kind == "open")


@given(weeks, moments)
@settings(max_examples=40)
def test_it_opens_in_the_first_minute_in_which_it_is_open(week, moment):
    schedule = schedule_of(week)
    if schedule is None:
        return
    moment = moment.replace(second=0, microsecond=0)
    minutes = (moment + dt.timedelta(minutes=step) for step in range(36 * 60))
    first = next((minute for minute in minutes if truth(week, minute) == "open"), None)
    opens = schedule.state(moment).opens
    if first and first.date() not in CHANGED:
        assert opens == first
    elif not first:
        assert opens is None or opens >= moment + dt.timedelta(hours=36)


CHANGED = {dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2027, 3, 28), dt.date(2027, 10, 31)}


@given(weeks.filter(lambda week: all(end <= 1440 for hours in week.values() for _, end in hours or ())), moments)
def test_hours_that_end_by_midnight_are_what_the_library_says(week, moment):
    schedule = schedule_of(week)
    if schedule is None:
        return
    library = OpeningHours(schedule.osm, timezone=PRAGUE, country="CZ")
    assert schedule.state(moment).kind == str(library.state(moment.astimezone(PRAGUE))[0])


SELECTORS = [*DAYS, "Sa-Mo", "2026 Dec 24", "Jan-Mar", "week 10", "Mo[1]", "easter", "SH", "2026", "PH -1 day", "/2"]
TIMES = ["08:00-12:00", "19:00-07:00", "22:00-26:00", "24/7", "sunset", "sunrise-12:00", "08:00+"]
REST = ["off", "unknown", "closed", "open", '"x; y"', "; ", ", ", " || ", " ", ",", "-", "+"]
parts = st.lists(st.sampled_from(SELECTORS + TIMES + REST), max_size=9)


@given(st.one_of(st.text(max_size=40), parts.map("".join), parts.map(" ".join)), moments)
@settings(max_examples=300)
def test_any_text_is_a_schedule_that_answers_or_is_refused(text, moment):
    try:
        schedule = parse_schedule(text)
    except HoursRefused:
        return
    assert parse_schedule(schedule.osm) == schedule
    assert schedule.state(moment).kind in ("open", "closed", "unknown")
    assert len(schedule.week(moment.date())) == 7
