"""The schemes besides quantiles: equal widths, deviations from the mean, natural and own breaks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.atlas.classes import SCHEMES, Scheme, classes_of, classify, upper_edges

numbers = st.lists(st.floats(-1e5, 1e5).map(lambda x: round(x, 2)), min_size=1, max_size=120)
schemes = st.sampled_from(SCHEMES[:-1])
VALUES = np.sort(np.random.default_rng(3).normal(50, 12, 215)).tolist()


@pytest.mark.parametrize("count", [2, 4, 5, 9])
def test_equal_widths_agree_with_mapclassify_before_rounding(count):
    mapclassify = pytest.importorskip("mapclassify")
    assert upper_edges(VALUES, "equal", count) == pytest.approx(list(mapclassify.EqualInterval(VALUES, k=count).bins))


def test_deviations_agree_with_mapclassify_before_rounding():
    mapclassify = pytest.importorskip("mapclassify")
    theirs = mapclassify.StdMean(np.array(VALUES), multiples=[-1.5, -0.5, 0.5, 1.5]).bins
    assert upper_edges(VALUES, "deviation", 5) == pytest.approx(list(theirs))


def test_rounding_keeps_edges_near_where_the_scheme_has_them():
    for scheme, width in (("equal", (VALUES[-1] - VALUES[0]) / 5), ("deviation", float(np.std(VALUES, ddof=1)))):
        exact, rounded = upper_edges(VALUES, scheme, 5), classify(VALUES, scheme, 5).uppers
        assert np.abs(np.subtract(exact, rounded)).max() <= 0.1 * width + 1e-9


def test_rounding_moves_no_value_into_another_natural_class():
    exact, classes = upper_edges(VALUES, "natural", 5), classify(VALUES, "natural", 5)
    assert [sum(value <= edge for value in VALUES) for edge in exact] == np.cumsum(classes.counts).tolist()


def test_own_breaks_are_taken_as_they_are_and_those_beyond_the_values_are_left_out():
    classes = classes_of([1.0, 2, 3, 4], Scheme("own", own=(-5.0, 2.0, 2.5, 99.0)))
    assert classes.edges == (1, 2, 2.5, 4)
    assert classes.counts == (2, 0, 2)


def test_deviations_lie_around_the_mean():
    classes = classify(VALUES, "deviation", 5)
    assert classes.middle == pytest.approx(np.mean(VALUES))
    assert classify(VALUES, "deviation", 4).middle in classify(VALUES, "deviation", 4).uppers


def test_shared_classes_are_counted_anew_for_each_period():
    classes = classes_of([1.0, 2, 3, 4, 5, 6, 7, 8], Scheme(count=2))
    again = classes.recounted([1.0, 7.0, 8.0])
    assert again.edges == classes.edges
    assert again.counts == (1, 2)


@given(numbers, schemes, st.integers(2, 9))
def test_every_value_is_in_a_class_and_edges_rise_in_every_scheme(values, scheme, count):
    classes = classes_of(values, Scheme(scheme, count))
    assert sum(classes.counts) == len(values)
    assert list(classes.uppers) == sorted(classes.uppers)
    found = [classes.index(value) for value in values]
    assert [found.count(place) for place in range(len(classes.counts))] == list(classes.counts)
