from __future__ import annotations

import datetime as dt

import pytest
from opening_hours import OpeningHours

from geoportal.hours.rules import read_rules, write_rules

TEXTS = [
    "24/7",
    "24/7 closed",
    "24/7 unknown",
    "Mo-Fr 17:00-21:00; Sa-Su,PH 08:00-18:00",
    "Mo,We-Fr 08:00-12:00,13:00-17:00, Tu 19:00-07:00; PH closed",
    "Mo-Su 00:00-24:00; PH unknown",
    "08:00-18:00",
    'Mo-Fr 08:00-18:00; 2026 Dec 24-2027 Jan 1 closed "dovolená; bez náhrady, viz web"',
    '24/7 unknown; 2026 Oct 1-2026 Dec 31 closed, 2026 Oct 3 08:00-12:00 "MUDr. Nováková"',
    "2026 Oct 3 Sa 08:00-12:00",
]


@pytest.mark.parametrize("text", TEXTS)
def test_rules_that_are_written_mean_what_was_read(text):
    rules = read_rules(str(OpeningHours(text)))
    assert read_rules(str(OpeningHours(write_rules(rules)))) == rules


def test_a_rule_has_dates_days_spans_kind_and_comment():
    first, second, third = read_rules('Sa-Mo 19:00-07:00; PH closed "x"; 2026 Dec 24-2026 Dec 26 unknown')
    assert first.days == {"Sa", "Su", "Mo"}
    assert (first.spans, first.overnight, first.kind) == (((1140, 1860),), True, "open")
    assert (second.days, second.kind, second.comment) == ({"PH"}, "closed", "x")
    assert (third.first, third.last, third.kind) == (dt.date(2026, 12, 24), dt.date(2026, 12, 26), "unknown")


def test_a_rule_after_a_comma_adds_and_one_after_a_semicolon_replaces():
    assert [rule.adds for rule in read_rules('Mo 08:00-12:00 "a; b, c", Mo 13:00-14:00; Tu 09:00-10:00')] == [0, 1, 0]


@pytest.mark.parametrize(
    "text", ["sunrise-sunset", "Mo-Fr 08:00+", "Apr-Sep 08:00-12:00", "week01-10 Mo", "Mo[1]", "Mo || PH"]
)
def test_what_rules_can_not_say_has_none(text):
    assert read_rules(text) is None
