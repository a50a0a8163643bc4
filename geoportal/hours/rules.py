"""The rules of an OSM text whose parts are dates, weekdays, public holidays and spans: all that our sources say.

The syntax has more (months, weeks, sunset, open ends). Texts with it are evaluated all the same, but have no rules.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from geoportal.errors import HoursRefused
from geoportal.hours.clock import DAY_MINUTES, clock, minutes

Kind = Literal["open", "closed", "unknown"]
Minutes = tuple[int, int]

KINDS: dict[str, Kind] = {"open": "open", "closed": "closed", "unknown": "unknown"}

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAY = "PH"
DAYS = (*WEEKDAYS, HOLIDAY)
EVERY_DAY = frozenset(DAYS)
ALWAYS = (0, DAY_MINUTES)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATE = rf"(\d{{4}}) ({'|'.join(MONTHS)}) (\d{{1,2}})"
SPAN = r"\d\d:\d\d-\d\d:\d\d"
DAY = rf"(?:{'|'.join(DAYS)})"
RULE = re.compile(
    rf"(?:(?P<start>{DATE})(?:-(?P<end>{DATE}))? ?)?"
    rf"(?P<days>{DAY}(?:[-,]{DAY})*)? ?"
    rf"(?P<spans>24/7|{SPAN}(?:,{SPAN})*)? ?"
    r"(?P<kind>closed|unknown)? ?"
    r"(?:\"(?P<comment>[^\"]*)\")?"
)
SEPARATOR = re.compile(r"\"[^\"]*\"|(?P<separator>; |, | \|\| )")


@dataclass(frozen=True)
class Rule:
    """What holds on ``days`` between ``first`` and ``last`` (both included; None: always).

    A rule replaces the earlier ones on its days, unless it ``adds`` to them. Spans are in minutes from the midnight
    with which their day begins, so those past midnight end after 1440.
    """

    days: frozenset[str]
    spans: tuple[Minutes, ...]
    kind: Kind = "open"
    first: dt.date | None = None
    last: dt.date | None = None
    adds: bool = False
    comment: str = ""

    @property
    def overnight(self) -> bool:
        """Whether a span goes on past midnight."""
        return any(end > DAY_MINUTES for _, end in self.spans)


def read_rules(osm: str) -> tuple[Rule, ...] | None:
    """The rules of a normalised OSM text, in its order, or None where it has more than they can say.

    Raises ``HoursRefused`` for a date that does not exist.
    """
    rules: list[Rule] = []
    for separator, text in _parts(osm):
        found = RULE.fullmatch(text)
        if found is None or separator == " || ":
            return None
        rules.append(_rule(found, adds=separator == ", "))
    return tuple(rules)


def write_rules(rules: tuple[Rule, ...]) -> str:
    """``rules`` in the syntax of OSM."""
    texts = [("", _text(rules[0])), *((", " if rule.adds else "; ", _text(rule)) for rule in rules[1:])]
    return "".join(separator + text for separator, text in texts)


def evenings(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """``rules`` without what comes after midnight."""
    return tuple(replace(rule, spans=tuple((s, min(e, DAY_MINUTES)) for s, e in rule.spans)) for rule in rules)


def mornings(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """What comes after midnight in ``rules``, each span at its hour but on the day on which it began."""
    return tuple(_morning(rule) for rule in rules if rule.overnight or not rule.adds)


def _morning(rule: Rule) -> Rule:
    after = tuple((0, end - DAY_MINUTES) for _, end in rule.spans if end > DAY_MINUTES)
    return replace(rule, spans=after) if after else Rule(rule.days, (ALWAYS,), "closed", rule.first, rule.last)


def _parts(osm: str) -> Iterator[tuple[str, str]]:
    """The texts of the rules, each with the separator before it; those inside comments are none."""
    separator, start = "; ", 0
    for found in SEPARATOR.finditer(osm):
        if found["separator"]:
            yield separator, osm[start : found.start()]
            separator, start = found["separator"], found.end()
    yield separator, osm[start:]


def _rule(found: re.Match[str], adds: bool) -> Rule:
    spans = found["spans"]
    first = _date(found["start"]) if found["start"] else None
    return Rule(
        days=_days(found["days"]) if found["days"] else EVERY_DAY,
        spans=(ALWAYS,) if spans in (None, "24/7") else tuple(_span(span) for span in spans.split(",")),
        kind=KINDS[found["kind"] or "open"],
        first=first,
        last=_date(found["end"]) if found["end"] else first,
        adds=adds,
        comment=found["comment"] or "",
    )


def _date(text: str) -> dt.date:
    year, month, day = text.split()
    try:
        return dt.date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        raise HoursRefused(f"hours: {text} is not a date; {month} {year} has no such day") from None


def _days(text: str) -> frozenset[str]:
    names: set[str] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        if first == HOLIDAY or not last:
            names.add(first)
            continue
        start = WEEKDAYS.index(first)
        length = (WEEKDAYS.index(last) - start) % 7
        names.update(WEEKDAYS[(start + step) % 7] for step in range(length + 1))
    return frozenset(names)


def _span(text: str) -> Minutes:
    start, end = (minutes(part) for part in text.split("-"))
    return start, end if end > start else end + DAY_MINUTES


def _text(rule: Rule) -> str:
    whole = rule.spans == (ALWAYS,)
    days = "" if rule.days == EVERY_DAY else _selector(rule.days)
    dates = _dates(rule)
    spans = (
        "" if whole and (rule.kind != "open" or days or dates) else ",".join(_clock_span(span) for span in rule.spans)
    )
    if whole and not (days or dates):
        spans = "24/7"
    kind = "" if rule.kind == "open" else rule.kind
    comment = f'"{rule.comment}"' if rule.comment else ""
    return " ".join(part for part in (dates, days, spans, kind, comment) if part)


def _dates(rule: Rule) -> str:
    if rule.first is None or rule.last is None:
        return ""
    texts = [f"{day.year} {MONTHS[day.month - 1]} {day.day}" for day in (rule.first, rule.last)]
    return "-".join(dict.fromkeys(texts))


def _selector(days: frozenset[str]) -> str:
    """``Mo-Th,Sa,PH`` for a set of days."""
    runs: list[list[str]] = []
    for before, name in zip(("", *WEEKDAYS), WEEKDAYS, strict=False):
        if name in days and before in days:
            runs[-1].append(name)
        elif name in days:
            runs.append([name])
    texts = ["-".join(dict.fromkeys((run[0], run[-1]))) for run in runs]
    return ",".join([*texts, *([HOLIDAY] if HOLIDAY in days else [])])


def _clock_span(span: Minutes) -> str:
    start, end = span
    return f"{clock(start)}-{clock(end)}"
