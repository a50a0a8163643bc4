"""Opening hours as the Czech open formal norm *Časová specifikace* of 2020-07-01 writes them, for ``otevírací_doba``.

A specification is the intersection of its conditions less its exceptions; the list is the union of specifications.
The norm has no word for public holidays, so those with a fixed date are written by day and month, Easter by its dates.
It has no span past midnight either: what comes after it is a specification of the day that follows.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from geoportal.hours.clock import DAY_MINUTES
from geoportal.hours.holidays import FIXED, easter_sunday
from geoportal.hours.rules import HOLIDAY, MONTHS, WEEKDAYS, Minutes, Rule
from geoportal.hours.schedule import Schedule

CONTEXT = "https://ofn.gov.cz/časová-specifikace/2020-07-01/kontexty/časová-specifikace.jsonld"
DAY_IRI = "https://data.mvcr.gov.cz/zdroj/číselníky/dny-v-týdnu/položky/"
DAY_NAMES = ("pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle")
MONTH_IRI = "http://publications.europa.eu/resource/authority/timeperiod/"
EASTERS = 3
LISTED_DAYS = 14
COMMON_YEAR = 2001

Fragment = dict[str, Any]


def ofn_hours(schedule: Schedule, today: dt.date) -> list[Fragment]:
    """The value of ``otevírací_doba``; Easter is named for three years from ``today`` on.

    Only what is certainly open is there. Where the text has more than rules can say, it is the spans of the 14 days
    from ``today`` on, each with its date.
    """
    if schedule.rules is None:
        return _listed(schedule, today)
    years = range(today.year, today.year + EASTERS)
    fragments: list[Fragment] = []
    for number, rule in enumerate(schedule.rules):
        if rule.kind == "open":
            later = [other for other in schedule.rules[number + 1 :] if not other.adds]
            fragments += _evening(rule, later, years) + _morning(rule, later, years)
    return fragments


def _evening(rule: Rule, later: list[Rule], years: range) -> list[Fragment]:
    return _fragments(rule, later, years, [(start, min(end, DAY_MINUTES)) for start, end in rule.spans], 0)


def _morning(rule: Rule, later: list[Rule], years: range) -> list[Fragment]:
    return _fragments(rule, later, years, [(0, end - DAY_MINUTES) for _, end in rule.spans if end > DAY_MINUTES], 1)


def _fragments(rule: Rule, later: list[Rule], years: range, spans: list[Minutes], shift: int) -> list[Fragment]:
    """Specifications of ``spans`` on the days that are ``shift`` after those of ``rule`` and of no ``later`` one."""
    taken = [where for other in later for where in _domains(other, years, shift)]
    if not spans or {} in taken:
        return []
    hours = {"časová_doba": [_times(span) for span in spans]}
    note = {"popis": {"cs": rule.comment}} if rule.comment else {}
    found = []
    for where in _domains(rule, years, shift):
        except_for = [_specification(other) for other in taken if not _apart(where, other)]
        found.append(_specification({**note, **hours, **where, **({"výjimka": except_for} if except_for else {})}))
    return found


def _domains(rule: Rule, years: range, shift: int) -> list[Fragment]:
    """Conditions of which one holds on the days that are ``shift`` after those of ``rule``."""
    dates = _interval(rule.first, rule.last, shift) if rule.first and rule.last else {}
    weekdays = [day for day in WEEKDAYS if day in rule.days]
    if len(weekdays) == len(WEEKDAYS):
        return [dates]
    names = [DAY_NAMES[(WEEKDAYS.index(day) + shift) % 7] for day in weekdays]
    domains = [{"den_v_týdnu": [DAY_IRI + name for name in names], **dates}] if names else []
    return domains + [{**where, **dates} for where in _holidays(years, shift) if HOLIDAY in rule.days]


def _holidays(years: range, shift: int) -> list[Fragment]:
    """Conditions of which one holds ``shift`` days after a public holiday."""
    months: dict[int, list[int]] = {}
    for month, day in FIXED:
        date = dt.date(COMMON_YEAR, month, day) + dt.timedelta(days=shift)
        months.setdefault(date.month, []).append(date.day)
    fixed: list[Fragment] = [
        {
            "specifická_frekvence": [{"typ": "Specifická frekvence", "den_v_měsíci": day} for day in days],
            "časové_období": [MONTH_IRI + MONTHS[month - 1].upper()],
        }
        for month, days in months.items()
    ]
    easters = [easter_sunday(year) + dt.timedelta(days=step + shift) for year in years for step in (-2, 1)]
    return fixed + [{"časový_okamžik": _moment(date)} for date in easters]


def _apart(where: Fragment, other: Fragment) -> bool:
    """Whether two conditions are about different weekdays, so that neither limits the other."""
    days, others = where.get("den_v_týdnu"), other.get("den_v_týdnu")
    return bool(days and others and not set(days) & set(others))


def _listed(schedule: Schedule, today: dt.date) -> list[Fragment]:
    days = (schedule.day(today + dt.timedelta(days=step)) for step in range(LISTED_DAYS))
    found = []
    for day in days:
        for start, end in (span.minutes for span in day.spans):
            parts = [(0, (start, min(end, DAY_MINUTES))), (1, (0, end - DAY_MINUTES))]
            for shift, span in parts if end > DAY_MINUTES else parts[:1]:
                date = _moment(day.date + dt.timedelta(days=shift))
                found.append(_specification({"časová_doba": [_times(span)], "časový_okamžik": date}))
    return found


def _specification(conditions: Fragment) -> Fragment:
    return {"typ": "Časová specifikace", **conditions}


def _times(span: Minutes) -> Fragment:
    """A day ends at 23:59:59 in the norm's own examples; its schema refuses 24:00:00."""
    start, end = (f"{minute // 60:02}:{minute % 60:02}:00" for minute in span)
    return {"typ": "Časová doba", "od": start, "do": "23:59:59" if span[1] == DAY_MINUTES else end}


def _interval(first: dt.date, last: dt.date, shift: int) -> Fragment:
    later = dt.timedelta(days=shift)
    start, end = (_moment(min(date, dt.date.max - later) + later) for date in (first, last))
    return {"časový_interval": {"typ": "Časový interval", "začátek": start, "konec": end}}


def _moment(date: dt.date) -> Fragment:
    return {"typ": "Časový okamžik", "datum": date.isoformat()}
