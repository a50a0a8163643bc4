from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.errors import HoursRefused
from geoportal.hours.dated import DatedHours, rotation, with_exceptions
from geoportal.hours.schedule import Span, parse_schedule
from tests.hours.weeks import spans

REGULAR = parse_schedule("Mo-Fr 17:00-21:00; Sa-Su,PH 08:00-18:00")
CHRISTMAS = [dt.date(2026, 12, day) for day in range(23, 28)]


def on(day: int, hours: str, reason: str = "", last: int | None = None) -> DatedHours:
    return DatedHours(dt.date(2026, 12, day), dt.date(2026, 12, last or day), hours, reason)


def test_an_exception_holds_on_its_dates_alone_also_on_holidays():
    schedule = with_exceptions(REGULAR, [on(24, "zavřeno", last=26)])
    assert [schedule.day(day).kind for day in CHRISTMAS] == ["open", "closed", "closed", "closed", "open"]


def test_other_hours_replace_the_usual_ones():
    schedule = with_exceptions(REGULAR, [on(31, "8:00 - 12:00")])
    assert schedule.day(dt.date(2026, 12, 31)).spans == (Span("08:00", "12:00"),)
    assert schedule.day(dt.date(2027, 12, 31)).spans == (Span("17:00", "21:00"),)


def test_the_later_of_two_exceptions_decides():
    schedule = with_exceptions(REGULAR, [on(24, "zavřeno", last=26), on(25, "10:00 - 12:00")])
    assert [schedule.day(day).kind for day in CHRISTMAS] == ["open", "closed", "open", "closed", "open"]


def test_dates_without_hours_are_not_known():
    assert with_exceptions(REGULAR, [on(24, "")]).day(dt.date(2026, 12, 24)).kind == "unknown"


def test_reason_source_and_verification_are_the_comment():
    closed = DatedHours(CHRISTMAS[1], CHRISTMAS[1], "zavřeno", 'nemoc "na\nsále"', "nemlib.cz", dt.date(2026, 12, 20))
    schedule = with_exceptions(REGULAR, [closed])
    assert schedule.day(CHRISTMAS[1]).note == "nemoc 'na sále' · nemlib.cz · 2026-12-20"
    assert parse_schedule(schedule.osm) == schedule


def test_no_exceptions_change_nothing():
    assert with_exceptions(REGULAR, []) == REGULAR


def test_a_night_before_a_closed_date_ends_in_the_morning():
    schedule = with_exceptions(parse_schedule("Mo-Su,PH 19:00-07:00"), [on(24, "zavřeno", "revize")])
    assert schedule.state(dt.datetime.fromisoformat("2026-12-24T06:00")).kind == "open"
    state = schedule.state(dt.datetime.fromisoformat("2026-12-25T06:00"))
    assert (state.kind, state.comment) == ("closed", "")


@pytest.mark.parametrize(
    ("wrong", "offence"),
    [
        (on(26, "zavřeno", last=24), "the last is before the first"),
        (on(24, "možná"), "2026-12-24 to 2026-12-24: .*'možná'"),
    ],
)
def test_wrong_exceptions_are_refused_with_their_dates(wrong, offence):
    with pytest.raises(HoursRefused, match=offence):
        with_exceptions(REGULAR, [wrong])


def test_a_rota_is_closed_without_a_duty_and_not_known_outside():
    duties = [on(5, "8:00 - 12:00", "MUDr. A"), on(5, "13:00 - 15:00", "MUDr. B"), on(6, "19:00 - 7:00")]
    schedule = rotation(duties, dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    fifth = schedule.day(dt.date(2026, 12, 5))
    assert fifth.spans == (Span("08:00", "12:00"), Span("13:00", "15:00"))
    assert fifth.note == "MUDr. A; MUDr. B"
    assert schedule.state(dt.datetime.fromisoformat("2026-12-07T06:00")).kind == "open"
    assert schedule.day(dt.date(2026, 12, 7)).kind == "closed"
    assert [schedule.day(dt.date(*date)).kind for date in ((2026, 11, 30), (2027, 1, 1))] == ["unknown", "unknown"]


def test_a_rota_without_duties_is_closed_while_it_is_published():
    schedule = rotation([], dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    assert schedule.day(dt.date(2026, 12, 24)).kind == "closed"


@given(
    st.lists(st.tuples(st.integers(1, 31), st.integers(0, 5), spans().filter(bool), st.text(max_size=20)), max_size=4)
)
def test_any_exceptions_can_be_read_back(found):
    def shown(minute):
        return f"{minute // 60 % 24}:{minute % 60:02}"

    exceptions = [
        on(day, ", ".join(f"{shown(start)}-{shown(end)}" for start, end in hours), reason, min(day + length, 31))
        for day, length, hours, reason in found
    ]
    schedule = with_exceptions(REGULAR, exceptions)
    assert parse_schedule(schedule.osm) == schedule
    assert len(schedule.rules) == 2 + len(found)
    for day, _, hours, _ in found[-1:]:
        assert [span.minutes for span in schedule.day(dt.date(2026, 12, day)).spans] == list(hours)
