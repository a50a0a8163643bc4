"""Fragments are read back by the words of the norm alone: a specification is the intersection of its conditions."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings

from geoportal.hours.ofn import ofn_hours
from geoportal.hours.schedule import parse_schedule
from geoportal.hours.week import schedule_of
from tests.hours.weeks import PRAGUE, moments, truth, weeks

TODAY = dt.date(2026, 1, 1)
WEEKDAYS = ("pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

# Names, types and code lists of https://ofn.gov.cz/časová-specifikace/2020-07-01/
DAY_IRI = re.compile(r"https://data\.mvcr\.gov\.cz/zdroj/číselníky/dny-v-týdnu/položky/(.+)")
PERIOD_IRI = re.compile(r"http://publications\.europa\.eu/resource/authority/timeperiod/([A-Z]{3})")
CONDITIONS = {
    "časová_doba": lambda value, wall: any(_within(doba, wall) for doba in value),
    "den_v_týdnu": lambda value, wall: WEEKDAYS[wall.weekday()] in [DAY_IRI.fullmatch(iri)[1] for iri in value],
    "časové_období": lambda value, wall: MONTHS[wall.month - 1] in [PERIOD_IRI.fullmatch(iri)[1] for iri in value],
    "specifická_frekvence": lambda value, wall: wall.day in [_frequency(one) for one in value],
    "časový_okamžik": lambda value, wall: _date(value) == wall.date(),
    "časový_interval": lambda value, wall: _date(value["začátek"]) <= wall.date() <= _date(value["konec"]),
    "výjimka": lambda value, wall: not any(holds(other, wall) for other in value),
    "popis": lambda value, wall: bool(value["cs"]),
}


def holds(specification, wall):
    conditions = dict(specification)
    assert conditions.pop("typ") == "Časová specifikace"
    assert conditions
    return all(CONDITIONS[name](value, wall) for name, value in conditions.items())


def _within(doba, wall):
    assert set(doba) == {"typ", "od", "do"}
    assert doba["typ"] == "Časová doba"
    return dt.time.fromisoformat(doba["od"]) <= wall.time() < dt.time.fromisoformat(doba["do"])


def _frequency(value):
    assert set(value) == {"typ", "den_v_měsíci"}
    assert value["typ"] == "Specifická frekvence"
    return value["den_v_měsíci"]


def _date(value):
    assert set(value) == {"typ", "datum"}
    assert value["typ"] == "Časový okamžik"
    return dt.date.fromisoformat(value["datum"])


def is_open(osm, moment):
    wall = dt.datetime.fromisoformat(moment)
    return any(holds(one, wall) for one in ofn_hours(parse_schedule(osm), TODAY))


def test_a_week_is_written_in_the_words_of_the_norm():
    (evening,) = ofn_hours(parse_schedule("Mo,We 17:00-20:00"), TODAY)
    assert evening == {
        "typ": "Časová specifikace",
        "časová_doba": [{"typ": "Časová doba", "od": "17:00:00", "do": "20:00:00"}],
        "den_v_týdnu": [
            "https://data.mvcr.gov.cz/zdroj/číselníky/dny-v-týdnu/položky/pondělí",
            "https://data.mvcr.gov.cz/zdroj/číselníky/dny-v-týdnu/položky/středa",
        ],
    }


def test_nonstop_is_each_day_to_its_last_second():
    (nonstop,) = ofn_hours(parse_schedule("24/7"), TODAY)
    assert nonstop["časová_doba"] == [{"typ": "Časová doba", "od": "00:00:00", "do": "23:59:59"}]


@pytest.mark.parametrize("osm", ["24/7 off", "24/7 unknown", "Mo-Su 08:00-12:00; 24/7 off"])
def test_what_is_never_certainly_open_has_no_specification(osm):
    assert ofn_hours(parse_schedule(osm), TODAY) == []


@given(weeks, moments)
@settings(max_examples=300)
def test_the_fragments_mean_the_week(week, moment):
    schedule = schedule_of(week)
    if schedule is None:
        return
    wall = moment.astimezone(PRAGUE).replace(tzinfo=None, second=0, microsecond=0)
    assert any(holds(one, wall) for one in ofn_hours(schedule, TODAY)) == (truth(week, moment) == "open")


def test_dates_take_precedence_over_weekdays_and_holidays():
    osm = "Mo-Fr 17:00-21:00; Sa-Su,PH 08:00-18:00; 2026 Dec 24-2026 Dec 26 off; 2026 Dec 31 08:00-12:00"
    assert not is_open(osm, "2026-12-25T10:00")
    assert is_open(osm, "2026-12-27T10:00")
    assert is_open(osm, "2026-12-31T10:00")
    assert not is_open(osm, "2026-12-31T18:00")


def test_a_night_before_a_closed_date_ends_in_the_morning():
    osm = "Mo-Su 19:00-07:00; 2026 Dec 24 off"
    assert is_open(osm, "2026-12-24T06:00")
    assert not is_open(osm, "2026-12-24T20:00")
    assert not is_open(osm, "2026-12-25T06:00")


def test_a_comment_is_the_description():
    (duty,) = ofn_hours(parse_schedule('2026 Dec 24 08:00-12:00 "MUDr. Nováková"'), TODAY)
    assert duty["popis"] == {"cs": "MUDr. Nováková"}


def test_what_rules_can_not_say_is_listed_by_date_for_two_weeks():
    fragments = ofn_hours(parse_schedule("sunrise-sunset, Mo 20:00-02:00"), TODAY)
    dates = [_date(fragment["časový_okamžik"]) for fragment in fragments]
    assert min(dates) == TODAY
    assert max(dates) == dt.date(2026, 1, 14)
    assert len(fragments) == 14 + 2 * 2


def test_dates_without_end_are_written_too():
    assert (
        ofn_hours(parse_schedule("2026 Dec 24+ 19:00-07:00"), TODAY)[1]["časový_interval"]["konec"]["datum"]
        == "9999-12-31"
    )
