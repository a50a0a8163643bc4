"""Opening hours as schema.org writes them: a list of ``OpeningHoursSpecification``.

Hours for ``PublicHolidays`` take precedence over the weekday's, hours with dates over both. A span whose end is before
its start goes on to the next day. Closed is a span from 00:00 to 00:00, and 24 hours end a minute early: search engines
ask for both, and the vocabulary's own words allow them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from geoportal.hours.clock import DAY_MINUTES, clock
from geoportal.hours.rules import DAYS, EVERY_DAY, HOLIDAY, Minutes, Rule
from geoportal.hours.schedule import Schedule
from geoportal.hours.week import regular_week

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "PublicHolidays")
DAY_URLS = {day: f"https://schema.org/{name}" for day, name in zip(DAYS, NAMES, strict=True)}
CLOSED: Minutes = (0, 0)
LISTED_DAYS = 14

Fragment = dict[str, Any]


def opening_hours_specification(schedule: Schedule, today: dt.date) -> list[Fragment]:
    """The value of ``openingHoursSpecification``.

    The vocabulary can't say that hours are not known. Such weekdays are left out; such holidays and dates, which would
    inherit the weekday's hours, are closed, since nothing may be called open by guess. Where the text has more than
    rules can say, it is the spans of the 14 days from ``today`` on, each with its date.
    """
    week, rules = regular_week(schedule), schedule.rules or ()
    dated = [rule for rule in rules if rule.first]
    if week is None or list(rules[len(rules) - len(dated) :]) != dated:
        return _listed(schedule, today)
    alike: dict[tuple[Minutes, ...], list[str]] = {}
    for day, hours in week.items():
        if hours or (day == HOLIDAY and any(week.values())):
            alike.setdefault(hours or (CLOSED,), []).append(day)
    regular = [_specification(span, _days(days)) for hours, days in alike.items() for span in hours]
    return regular + [one for rule in dated if regular or rule.kind == "open" for one in _dated(rule)]


def _dated(rule: Rule) -> list[Fragment]:
    conditions = _validity(rule.first, rule.last) | ({"description": rule.comment} if rule.comment else {})
    if rule.days != EVERY_DAY:
        conditions = _days([day for day in DAYS if day in rule.days]) | conditions
    return [_specification(span, conditions) for span in (rule.spans if rule.kind == "open" else (CLOSED,))]


def _listed(schedule: Schedule, today: dt.date) -> list[Fragment]:
    days = (schedule.day(today + dt.timedelta(days=step)) for step in range(LISTED_DAYS))
    return [_specification(span.minutes, _validity(day.date, day.date)) for day in days for span in day.spans]


def _specification(span: Minutes, conditions: Fragment) -> Fragment:
    start, end = span
    closes = end - 1 if end - start == DAY_MINUTES else end
    return {
        "@type": "OpeningHoursSpecification",
        **conditions,
        "opens": clock(start),
        "closes": clock(closes % DAY_MINUTES),
    }


def _days(days: list[str]) -> Fragment:
    return {"dayOfWeek": [DAY_URLS[day] for day in days]}


def _validity(first: dt.date | None, last: dt.date | None) -> Fragment:
    return {"validFrom": str(first), "validThrough": str(last)}
