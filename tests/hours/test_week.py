from __future__ import annotations

import pytest
from hypothesis import given

from geoportal.hours.schedule import Span, parse_schedule
from geoportal.hours.week import Group, grouped_week, regular_week, schedule_of
from tests.hours.weeks import DAYS, NONSTOP, weeks

EVENING, NIGHT = ((1020, 1260),), ((1140, 1860),)


def week(weekday, weekend, holiday):
    return dict(zip(DAYS, [weekday] * 5 + [weekend] * 2 + [holiday], strict=True))


@pytest.mark.parametrize(
    ("hours", "osm"),
    [
        (week(EVENING, NONSTOP, NONSTOP), "Mo-Fr 17:00-21:00; Sa-Su,PH"),
        (week(EVENING, EVENING, EVENING), "17:00-21:00"),
        (week(NONSTOP, NONSTOP, NONSTOP), "24/7"),
        (week((), (), ()), "24/7 closed"),
        (week(EVENING, None, None), "Mo-Fr 17:00-21:00; Sa-Su,PH unknown"),
        (week(EVENING, (), EVENING), "Sa-Su closed; Mo-Fr,PH 17:00-21:00"),
        (week(NIGHT, EVENING, ()), "Mo-Fr 19:00-07:00, Sa-Su 17:00-21:00; PH closed"),
        (week(NIGHT, (), NIGHT), "Sa-Su closed, Mo-Fr 19:00-07:00; PH 19:00-07:00"),
        (week(NIGHT, NIGHT, NIGHT), "19:00-07:00"),
    ],
)
def test_a_week_is_written_with_one_rule_a_kind_of_day(hours, osm):
    assert schedule_of(hours).osm == osm


def test_a_week_of_which_nothing_is_known_is_no_schedule():
    assert schedule_of(week(None, None, None)) is None


def test_holidays_without_hours_of_their_own_are_not_known():
    assert schedule_of(week(EVENING, (), None)).osm.endswith("PH unknown")


@given(weeks)
def test_a_week_that_is_written_is_read_back(hours):
    schedule = schedule_of(hours)
    if schedule:
        assert regular_week(schedule) == hours
        assert parse_schedule(schedule.osm) == schedule


def test_days_with_the_same_hours_are_one_group():
    schedule = parse_schedule("Mo-Th 17:00-20:00; Fr 17:00-21:00; Sa,Su,PH 09:00-18:00")
    assert grouped_week(schedule) == (
        Group(("Mo", "Tu", "We", "Th"), (Span("17:00", "20:00"),), known=True),
        Group(("Fr",), (Span("17:00", "21:00"),), known=True),
        Group(("Sa", "Su", "PH"), (Span("09:00", "18:00"),), known=True),
    )


def test_groups_tell_closed_days_from_those_not_known():
    closed, unknown, nonstop = grouped_week(parse_schedule("Mo-Fr off; Sa unknown; Su,PH 00:00-24:00"))
    assert (closed.spans, closed.known) == ((), True)
    assert (unknown.days, unknown.spans, unknown.known) == (("Sa",), (), False)
    assert nonstop.spans == (Span("00:00", "24:00"),)


def test_days_without_a_rule_are_closed_and_holidays_then_follow_the_weekday():
    assert [group.days for group in grouped_week(parse_schedule("Mo-Fr 08:00-12:00"))] == [
        ("Mo", "Tu", "We", "Th", "Fr"),
        ("Sa", "Su"),
    ]


def test_dated_exceptions_are_not_part_of_the_regular_week():
    plain = parse_schedule("Mo-Fr 08:00-12:00")
    assert regular_week(parse_schedule(plain.osm + "; 2026 Dec 24 off")) == regular_week(plain)


def test_what_rules_can_not_say_has_no_regular_week():
    assert regular_week(parse_schedule("sunrise-sunset")) is None
    assert grouped_week(parse_schedule("sunrise-sunset")) == ()


def test_certain_hours_stay_certain_beside_those_that_are_not():
    assert regular_week(parse_schedule('Mo 08:00-10:00, Mo 12:00-14:00 unknown "po domluvě"'))["Mo"] == ((480, 600),)
    assert regular_week(parse_schedule("Mo 12:00-14:00 unknown"))["Mo"] is None
