from __future__ import annotations

from types import SimpleNamespace

import pytest

from geoportal.profiles.charts import SPARK, STRIP, spark, strip
from geoportal.profiles.figures import Figure, Series
from geoportal.profiles.standing import Standing
from geoportal.snapshot.indicator import UnitValue


def figure(period, value, known=(0.0, 10.0), **above):
    whole = {level: UnitValue(level, level, one, "ok") for level, one in above.items()}
    standing = Standing({}, tuple(known), (known[0], known[-1]))
    return Figure(period, UnitValue("A", "A", value, "missing" if value is None else "ok"), whole, standing)


def series(*figures, measure="relative"):
    return Series(SimpleNamespace(id="x", measure=measure, aggregate="sum"), figures)


def test_a_chart_needs_two_values():
    assert spark(series(figure("2020", 1.0))) is None
    assert spark(series(figure("2020", 1.0), figure("2021", None))) is None


def test_years_stand_as_far_apart_as_they_are_and_higher_is_up():
    drawn = spark(series(figure("2000", 0.0), figure("2001", 5.0), figure("2010", 10.0)))
    (x0, y0), (x1, y1), (x2, y2) = drawn.dots
    assert (x1 - x0) * 9 == pytest.approx(x2 - x1, abs=0.9)
    assert y0 > y1 > y2
    assert (x0, x2) == (4, SPARK[0] - 4)


def test_a_missing_value_breaks_the_line():
    drawn = spark(series(*(figure(str(2000 + year), value) for year, value in enumerate([1.0, 2.0, None, 3.0, 4.0]))))
    assert len(drawn.lines) == 2
    assert len(drawn.dots) == 4


def test_the_whole_is_drawn_for_what_can_be_compared_only():
    figures = (figure("2020", 1.0, kraj=2.0), figure("2021", 2.0, kraj=2.0))
    assert len(spark(series(*figures)).whole) == 1
    assert spark(series(*figures, measure="count")).whole == ()


def test_a_strip_has_the_lowest_at_its_left_and_the_highest_at_its_right_end():
    assert strip(series(figure("2020", 0.0))).unit == 4
    assert strip(series(figure("2020", 10.0))).unit == STRIP[0] - 4
    drawn = strip(series(figure("2020", 5.0, kraj=2.5)))
    assert drawn.unit == STRIP[0] / 2
    assert 4 < drawn.kraj < drawn.unit
    assert drawn.okres is None


def test_what_lies_beyond_all_units_stays_in_the_strip():
    assert strip(series(figure("2020", 5.0, kraj=99.0))).kraj == STRIP[0] - 4


@pytest.mark.parametrize(
    "held",
    [
        series(figure("2020", None)),
        series(figure("2020", 5.0), measure="count"),
        series(figure("2020", 5.0, known=(5.0, 5.0))),
        series(figure("2020", 5.0, known=(5.0,))),
    ],
)
def test_there_is_no_strip_where_nothing_can_be_compared(held):
    assert strip(held) is None
