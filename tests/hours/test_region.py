from __future__ import annotations

import datetime as dt
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.errors import HoursRefused
from geoportal.hours.region import COLUMNS, region_hours
from geoportal.hours.schedule import parse_schedule

LAYER = "services7.arcgis.com/46Lck1orT7mvuzK5/arcgis/rest/services/Pohotovosti_LK/FeatureServer/0/query.json"


def row(*texts):
    return dict(zip(COLUMNS.values(), texts, strict=True))


def test_a_row_is_a_week_with_public_holidays():
    schedule = region_hours(row(*["17:00 - 20:00"] * 4, "17:00 - 21:00", *["9:00 - 18:00"] * 3))
    assert schedule.osm == "Mo-Th 17:00-20:00; Fr 17:00-21:00; Sa-Su,PH 09:00-18:00"


def test_a_closed_day_and_two_spans():
    texts = [*["neordinuje se"] * 5, "8:00 - 12:00, 13:00 - 17:00", *["8:00 - 13:00"] * 2]
    assert region_hours(row(*texts)).osm == "Mo-Fr closed; Sa 08:00-12:00,13:00-17:00; Su,PH 08:00-13:00"


def test_a_cancelled_service_is_closed_and_a_nonstop_one_always_open():
    assert region_hours(row(*["zrušeno"] * 8)).osm == "24/7 closed"
    assert region_hours(row(*["nonstop"] * 8)).osm == "24/7"


@pytest.mark.parametrize("empty", [None, "", "  ", math.nan])
def test_an_empty_column_is_a_day_not_known(empty):
    schedule = region_hours(row("8:00 - 12:00", empty, *["8:00 - 12:00"] * 5, empty))
    assert schedule.day(dt.date(2026, 11, 24)).kind == "unknown"
    assert schedule.day(dt.date(2026, 11, 17)).kind == "unknown"
    assert schedule.day(dt.date(2026, 11, 23)).kind == "open"


@pytest.mark.parametrize("empty", [{}, row(*[None] * 8), row(*[""] * 8)])
def test_a_row_without_hours_has_no_schedule(empty):
    assert region_hours(empty) is None


def test_a_night_before_a_holiday_ends_in_the_morning():
    schedule = region_hours(row(*["19:00 - 7:00"] * 7, "neordinuje se"))
    assert schedule.state(dt.datetime.fromisoformat("2026-11-17T06:59")).kind == "open"
    assert schedule.state(dt.datetime.fromisoformat("2026-11-17T19:00")).kind == "closed"


@pytest.mark.parametrize(
    ("value", "offence"),
    [("dle dohody", "'dle dohody' is neither a span"), (17, "17 is not text"), ([], "is not text")],
)
def test_what_can_not_be_read_is_refused_with_its_column(value, offence):
    with pytest.raises(HoursRefused, match=rf"^ordinacni_hodiny_streda: .*{offence}"):
        region_hours(row("8:00 - 12:00", "8:00 - 12:00", value, *["8:00 - 12:00"] * 5))


@given(st.fixed_dictionaries(dict.fromkeys(COLUMNS.values(), st.one_of(st.none(), st.text(), st.floats()))))
def test_any_row_is_a_schedule_nothing_or_refused(properties):
    try:
        schedule = region_hours(properties)
    except HoursRefused as refused:
        assert str(refused).startswith("ordinacni_hodiny_")  # noqa: PT017
        return
    assert schedule is None or parse_schedule(schedule.osm) == schedule


def test_the_twelve_rows_of_the_region_are_read_and_come_back(mirror):
    features = json.loads((mirror / LAYER).read_text(encoding="utf-8"))["features"]
    schedules = [region_hours(feature["attributes"]) for feature in features]
    assert len(schedules) == 12
    assert [parse_schedule(schedule.osm) for schedule in schedules] == schedules
    good_friday = dt.date(2026, 4, 3)
    assert all(schedule.day(good_friday).spans for schedule in schedules)
    for feature, schedule in zip(features, schedules, strict=True):
        monday = schedule.day(dt.date(2026, 11, 23))
        shown = ", ".join(f"{start.removeprefix('0')} - {end}" for start, end in monday.spans) or "neordinuje se"
        assert shown == feature["attributes"]["ordinacni_hodiny_pondeli"]
