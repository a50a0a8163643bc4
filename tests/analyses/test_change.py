"""Changes between two periods, over values whose differences can be done in the head."""

from __future__ import annotations

import pytest

from geoportal.analyses.change import changes, has_ratio
from geoportal.snapshot.indicator import UnitValue


def values(*numbers, status="ok"):
    return [
        UnitValue(str(at), f"Obec {at}", one, status if one is not None else "missing")
        for at, one in enumerate(numbers)
    ]


def test_a_change_is_the_later_value_less_the_earlier_one():
    one, other = changes(values(10.0, 8.0), values(12.0, 6.0))
    assert (one.absolute, one.relative) == (2.0, pytest.approx(20.0))
    assert (other.absolute, other.relative) == (-2.0, pytest.approx(-25.0))


def test_what_grew_from_zero_has_no_percent():
    (one,) = changes(values(0.0), values(3.0))
    assert (one.absolute, one.relative) == (3.0, None)


def test_a_balance_has_no_percent_anywhere():
    before, after = values(5.0, -1.0), values(10.0, 2.0)
    assert not has_ratio(before, after)
    assert [one.relative for one in changes(before, after)] == [None, None]
    assert [one.absolute for one in changes(before, after)] == [5.0, 3.0]


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        (UnitValue("1", "A", None, "missing"), UnitValue("1", "A", 1.0, "ok"), "missing"),
        (UnitValue("1", "A", 1.0, "ok"), UnitValue("1", "A", None, "confidential"), "confidential"),
        (UnitValue("1", "A", None, "missing"), UnitValue("1", "A", None, "confidential"), "confidential"),
        (UnitValue("1", "A", 1.0, "incomplete"), UnitValue("1", "A", None, "missing"), "missing"),
        (UnitValue("1", "A", 1.0, "ok"), UnitValue("1", "A", 2.0, "incomplete"), "incomplete"),
        (UnitValue("1", "A", 1.0, "ok"), UnitValue("1", "A", 2.0, "ok"), "ok"),
    ],
)
def test_a_change_has_the_worse_status_of_its_two_values(before, after, status):
    (one,) = changes([before], [after])
    assert one.status == status
    assert (one.absolute is None) == (status in ("missing", "confidential"))
