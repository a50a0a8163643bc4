from __future__ import annotations

from geoportal.atlas.classes import classify
from geoportal.atlas.histogram import BARS, bars


def test_bars_hold_every_value_and_the_highest_has_height_one():
    values = [float(n % 37) for n in range(215)]
    found = bars(values, classify(values))
    assert len(found) == BARS
    assert sum(bar.count for bar in found) == 215
    assert max(bar.height for bar in found) == 1


def test_bars_are_of_the_class_they_stand_in():
    values = [float(n) for n in range(100)]
    marks = [bar.mark for bar in bars(values, classify(values))]
    assert marks == sorted(marks)
    assert set(marks) == set(range(5))


def test_few_or_equal_values_have_no_histogram():
    assert bars([1.0, 2.0], classify([1.0, 2.0])) == ()
    assert bars([4.0] * 50, classify([4.0] * 50)) == ()
