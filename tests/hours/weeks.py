"""Weeks of hours to try, and a reading of them that shares nothing with the code: the law's list and a clock."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from dateutil.easter import easter
from hypothesis import strategies as st

PRAGUE = ZoneInfo("Europe/Prague")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")

# Law 245/2000 Sb., sections 1 and 2, as amended: the fixed days; Good Friday and Easter Monday are added by year.
FIXED_HOLIDAYS = "1-1 5-1 5-8 7-5 7-6 9-28 10-28 11-17 12-24 12-25 12-26"
YEARS = range(2024, 2031)
HOLIDAYS = {dt.date(year, *map(int, day.split("-"))) for year in YEARS for day in FIXED_HOLIDAYS.split()} | {
    easter(year) + dt.timedelta(days=step) for year in YEARS for step in (-2, 1)
}

CLOCK_CHANGES = [dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2027, 3, 28), dt.date(2027, 10, 31)]


def hours_on(week, day):
    """The spans of ``day`` in minutes, or None if they are not known."""
    return week["PH" if day in HOLIDAYS else DAYS[day.weekday()]]


def truth(week, moment):
    """What holds at ``moment``, by the clock on the wall."""
    wall = moment.astimezone(PRAGUE)
    minute = wall.hour * 60 + wall.minute
    today, yesterday = hours_on(week, wall.date()), hours_on(week, wall.date() - dt.timedelta(days=1))
    if any(start <= minute < end for start, end in today or ()):
        return "open"
    if any(start <= minute + 1440 < end for start, end in yesterday or ()):
        return "open"
    return "unknown" if today is None else "closed"


@st.composite
def spans(draw):
    """No, one or two spans that do not overlap; the last may go on past midnight, at most until noon."""
    marks = sorted(draw(st.lists(st.integers(0, 287), min_size=0, max_size=4, unique=True)))
    found = [(5 * start, 5 * end) for start, end in zip(marks[::2], marks[1::2], strict=False)]
    if found and found[0][0] >= 720 and draw(st.booleans()):
        found[-1] = (found[-1][0], 1440 + 5 * draw(st.integers(1, 143)))
    return tuple(found)


NONSTOP = ((0, 1440),)
hours = st.one_of(st.none(), st.just(()), st.just(NONSTOP), spans())
weeks = st.one_of(
    st.fixed_dictionaries(dict.fromkeys(DAYS, hours)),
    st.tuples(hours, hours, hours).map(
        lambda kinds: dict(zip(DAYS, [kinds[0]] * 5 + [kinds[1]] * 2 + [kinds[2]], strict=True))
    ),
)
FIRST, LAST = (dt.datetime.fromisoformat(day) for day in ("2026-01-02", "2027-12-30"))


def _is_plain(moment):
    """Whether clocks show the time of ``moment`` exactly once that day, and did an hour before."""
    wall = moment.astimezone(PRAGUE)
    return not (wall.date() in CLOCK_CHANGES and wall.hour in (2, 3))


anywhere = st.datetimes(FIRST, LAST, timezones=st.just(dt.UTC))
around_holidays = st.builds(
    lambda day, minute: dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(minutes=minute),
    st.sampled_from(sorted(day for day in HOLIDAYS if FIRST.date() < day < LAST.date())),
    st.integers(-1440, 2 * 1440),
)
moments = st.one_of(anywhere, around_holidays).filter(_is_plain)
