from __future__ import annotations

import csv
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.errors import HoursRefused
from geoportal.hours.insurer import KEYS, insurer_hours
from geoportal.hours.schedule import parse_schedule

FOLDER = "pohotovosti.vzp.cz"


def week(weekday, weekend, holiday):
    return dict(zip(KEYS.values(), [weekday] * 5 + [weekend] * 2 + [holiday], strict=True))


def test_a_week_of_pairs_is_read():
    pairs = week([["17:00", "20:00"]], [["09:00", "12:00"], ["13:00", "18:00"]], [["09:00", "18:00"]])
    assert insurer_hours(pairs).osm == "Mo-Fr 17:00-20:00; Sa-Su 09:00-12:00,13:00-18:00; PH 09:00-18:00"


def test_a_row_of_a_table_is_read_by_its_prefix():
    row = {f"hodiny_{key}": text for key, text in week("17:00-20:00", "09:00-18:00", "").items()}
    assert insurer_hours(row, "hodiny_").osm == "Mo-Fr 17:00-20:00; Sa-Su 09:00-18:00; PH closed"


def test_an_empty_day_is_closed_and_one_that_is_not_there_not_known():
    pairs = {key: pair for key, pair in week([], [["08:00", "16:00"]], None).items() if key != "fri"}
    schedule = insurer_hours(pairs)
    kinds = {day.date.isoweekday(): day.kind for day in schedule.week(dt.date(2026, 11, 23))}
    assert kinds == {1: "closed", 2: "closed", 3: "closed", 4: "closed", 5: "unknown", 6: "open", 7: "open"}
    assert schedule.day(dt.date(2026, 11, 17)).kind == "unknown"


@pytest.mark.parametrize("empty", [{}, week([], [], []), week("", "", ""), week(None, None, None)])
def test_a_week_without_hours_has_no_schedule(empty):
    assert insurer_hours(empty) is None


def test_a_night_and_a_day_to_its_end():
    assert insurer_hours(week([["19:00", "07:00"]], [["00:00", "23:59"]], [["00:00", "24:00"]])).osm == (
        "Mo-Fr 19:00-07:00, Sa-Su; PH"
    )


@pytest.mark.parametrize(
    "value", [[["17:00"]], [["17:00", "20:00", "21:00"]], [[17, 20]], ["17:00-20:00"], [["a", "b"]], 17, "večer", {}]
)
def test_what_can_not_be_read_is_refused_with_its_day(value):
    with pytest.raises(HoursRefused, match=r"^thu: "):
        insurer_hours({**week([], [], []), "thu": value})


anything = st.one_of(st.none(), st.text(max_size=12), st.floats(), st.lists(st.lists(st.text(max_size=5), max_size=3)))


@given(st.fixed_dictionaries(dict.fromkeys(KEYS.values(), anything)))
def test_any_week_is_a_schedule_nothing_or_refused(days):
    try:
        schedule = insurer_hours(days)
    except HoursRefused:
        return
    assert schedule is None or parse_schedule(schedule.osm) == schedule


def test_the_eleven_rows_of_the_insurer_are_read_and_agree_in_both_files(mirror):
    listed = json.loads((mirror / FOLDER / "seznam-pohotovosti.json").read_text(encoding="utf-8"))["pohotovosti"]
    with (mirror / FOLDER / "seznam-pohotovosti.csv").open(encoding="utf-8-sig", newline="") as file:
        table = {row["id"]: insurer_hours(row, "hodiny_") for row in csv.DictReader(file)}
    schedules = {place["id"]: insurer_hours(place["hodiny"]) for place in listed}
    assert len(schedules) == 11
    assert schedules == table
    assert all(parse_schedule(schedule.osm) == schedule for schedule in schedules.values())
    for place in listed:
        saturday, holiday = (schedules[place["id"]].day(dt.date(2026, 11, day)) for day in (21, 17))
        assert [list(span) for span in saturday.spans] == place["hodiny"]["sat"]
        assert [list(span) for span in holiday.spans] == place["hodiny"]["holiday"]
