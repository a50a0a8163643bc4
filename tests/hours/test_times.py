from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.errors import HoursRefused
from geoportal.hours.times import read_times
from tests.hours.weeks import spans


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("17:00 - 21:00", [(17, 21)]),
        ("8:00 - 12:00, 13:00 - 17:00", [(8, 12), (13, 17)]),
        ("8:00–12:00 a 13:00–17:00", [(8, 12), (13, 17)]),
        ("13:00-17:00; 8:00-12:00", [(8, 12), (13, 17)]),
        ("17.00—21.00", [(17, 21)]),
        ("od 17 do 21 hod.", [(17, 21)]),
        ("17 h - 21 h", [(17, 21)]),
        ("17\u00a0–\u00a021", [(17, 21)]),
        ("19:00 - 7:00", [(19, 31)]),
        ("7:00 - 7:00", [(7, 31)]),
        ("0:00 - 24:00", [(0, 24)]),
        ("00:00 - 23:59", [(0, 24)]),
        ("nonstop", [(0, 24)]),
        ("Nepřetržitě", [(0, 24)]),
        ("neordinuje se", []),
        (" Zrušeno. ", []),
    ],
)
def test_times_are_read_as_people_write_them(text, hours):
    assert read_times(text) == tuple((60 * start, 60 * end) for start, end in hours)


@pytest.mark.parametrize("text", [None, "", "  ", "neuvedeno", "není známo"])
def test_where_nothing_is_said_nothing_is_known(text):
    assert read_times(text) is None


@pytest.mark.parametrize(
    ("text", "offence"),
    [
        ("po telefonické domluvě", "neither a span"),
        ("17:00", "neither a span"),
        ("8:00-12:00, a 13", "neither a span"),
        ("17:00 - 25:00", "not a time of day"),
        ("24:00 - 25:00", "not a time of day"),
        ("17:60 - 18:00", "not a time of day"),
        ("8:00 - 12:00, 11:00 - 13:00", "spans overlap"),
        ("8:00 - 12:00, 19:00 - 9:00", "spans overlap"),
        ("0:00 - 0:00", "always or never"),
        ("00:00 - 00:00", "always or never"),
        ("-", "neither a span"),
    ],
)
def test_what_can_not_be_read_for_certain_is_refused_with_its_text(text, offence):
    with pytest.raises(HoursRefused, match=offence) as refused:
        read_times(text)
    assert repr(text) in str(refused.value)


@given(spans().filter(bool))
def test_spans_that_are_written_out_are_read_back(found):
    def shown(minute):
        return f"{minute // 60 % 24}:{minute % 60:02}"

    assert read_times(", ".join(f"{shown(start)} - {shown(end)}" for start, end in found)) == found


@given(st.one_of(st.text(), st.text("0123456789:.,-–; odahcn", max_size=20)))
def test_any_text_is_hours_or_refused(text):
    try:
        hours = read_times(text)
    except HoursRefused:
        return
    assert hours is None or all(0 <= start < 1440 and start < end <= start + 1440 for start, end in hours)
