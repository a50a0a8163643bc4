"""A week of opening hours by day, and the schedule that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from geoportal.hours.clock import DAY_MINUTES, clock
from geoportal.hours.rules import ALWAYS, DAYS, EVERY_DAY, HOLIDAY, WEEKDAYS, Rule, write_rules
from geoportal.hours.schedule import Schedule, Span, parse_schedule
from geoportal.hours.times import Hours


@dataclass(frozen=True, slots=True)
class Group:
    """Days with the same hours: ``Mo`` … ``Su``, and ``PH`` for public holidays.

    No spans are closed days, or days of which nothing is ``known``.
    """

    days: tuple[str, ...]
    spans: tuple[Span, ...]
    known: bool


def schedule_of(week: Mapping[str, Hours | None]) -> Schedule | None:
    """The schedule of a week of ``DAYS``, where None is a day of which nothing is known; None if that is all of them.

    Public holidays take precedence over the weekday on which they fall.
    """
    if all(hours is None for hours in week.values()):
        return None
    overnight = any(end > DAY_MINUTES for hours in week.values() for _, end in hours or ())
    return parse_schedule(write_rules(_added(week) if overnight else _replaced(week)))


def regular_week(schedule: Schedule) -> dict[str, Hours | None] | None:
    """The hours of each weekday without dated exceptions; None for a day of which they are not known.

    ``PH`` is there only where public holidays have hours of their own. None in all where the text has more than rules
    can say.
    """
    if schedule.rules is None:
        return None
    week: dict[str, Hours | None] = dict.fromkeys(WEEKDAYS, ())
    for rule in schedule.rules:
        for day in rule.days if rule.first is None else ():
            week[day] = _with(rule, week.get(day) if rule.adds else ())
    return week


def grouped_week(schedule: Schedule) -> tuple[Group, ...]:
    """The regular week as one group for each kind of day, in the order of their first days; empty without rules."""
    week = regular_week(schedule) or {}
    alike = _alike(week, tuple(day for day in DAYS if day in week))
    return tuple(Group(tuple(days), _spans(hours or ()), hours is not None) for hours, days in alike.items())


def _replaced(week: Mapping[str, Hours | None]) -> tuple[Rule, ...]:
    """A rule for each kind of day, last the one with public holidays, since the last one decides."""
    alike = sorted(_alike(week, DAYS).items(), key=lambda group: HOLIDAY in group[1])
    return tuple(_rule(hours, frozenset(days)) for hours, days in alike)


def _added(week: Mapping[str, Hours | None]) -> tuple[Rule, ...]:
    """Rules of which, but for public holidays, none replaces another.

    So other readers of the text do not cut a night at midnight because the next weekday has a rule of its own.
    """
    alike = sorted(_alike(week, WEEKDAYS).items(), key=lambda group: bool(group[0]))
    rules = [_rule(hours, frozenset(days)) for hours, days in alike]
    if len(rules) == 1 and week.get(HOLIDAY) == week.get(WEEKDAYS[0]):
        return (replace(rules[0], days=EVERY_DAY),)
    added = [replace(rule, adds=number > 0 and rule.kind == "open") for number, rule in enumerate(rules)]
    return (*added, _rule(week.get(HOLIDAY), frozenset({HOLIDAY})))


def _alike(week: Mapping[str, Hours | None], days: tuple[str, ...]) -> dict[Hours | None, list[str]]:
    alike: dict[Hours | None, list[str]] = {}
    for day in days:
        alike.setdefault(week.get(day), []).append(day)
    return alike


def _rule(hours: Hours | None, days: frozenset[str]) -> Rule:
    if hours is None:
        return Rule(days, (ALWAYS,), "unknown")
    return Rule(days, hours) if hours else Rule(days, (ALWAYS,), "closed")


def _with(rule: Rule, before: Hours | None) -> Hours | None:
    """The hours of a day after ``rule``; what is certainly open stays so, whatever else is not known."""
    if rule.kind == "open":
        return tuple(sorted({*(before or ()), *rule.spans}))
    return before or (None if rule.kind == "unknown" else ())


def _spans(hours: Hours) -> tuple[Span, ...]:
    return tuple(Span(clock(start), clock(end)) for start, end in hours)
