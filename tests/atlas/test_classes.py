from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.atlas.classes import ROUNDING_SHARE, classify, classify_from_zero, roundest, upper_edges
from geoportal.errors import InvalidParameter

numbers = st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=1, max_size=300)


def test_quantiles_agree_with_mapclassify_before_rounding():
    mapclassify = pytest.importorskip("mapclassify")
    for seed in range(20):
        values = sorted(np.random.default_rng(seed).gamma(2, 3, 215))
        assert upper_edges(values) == pytest.approx(list(mapclassify.Quantiles(values, k=5).bins))


def test_quantiles_of_many_zeros_agree_with_mapclassify():
    mapclassify = pytest.importorskip("mapclassify")
    values = sorted([0.0] * 150 + [float(n) for n in range(1, 66)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # mapclassify says that fewer classes came out
        theirs = mapclassify.Quantiles(values, k=5).bins
    assert upper_edges(values) == pytest.approx(list(theirs))


def test_edges_are_round_and_the_upper_edge_belongs_to_the_class():
    classes = classify([float(n) for n in range(1, 101)])
    assert classes.edges == (1, 20, 40, 60, 80, 100)
    assert classes.counts == (20, 20, 20, 20, 20)
    assert (classes.index(20), classes.index(21), classes.index(100)) == (0, 1, 4)


def test_edges_of_a_few_units_stay_between_the_values_they_part():
    classes = classify([1.37, 2.44, 3.1, 4.8, 9.99], count=5)
    assert classes.counts == (1, 1, 1, 1, 1)
    assert classes.edges == (1.37, 2.0, 3.0, 4.0, 5.0, 9.99)


def test_zeros_get_a_class_of_their_own():
    classes = classify([0.0] * 150 + [float(n) for n in range(1, 66)])
    assert classes.edges[1] == 0
    assert classes.counts[0] == 150


def test_equal_values_are_one_class_and_no_values_are_none():
    assert classify([7.0] * 9).counts == (9,)
    assert classify([]).counts == ()


def test_equal_intervals_have_equal_widths():
    assert classify([0.0, 1.0, 5.0, 10.0], scheme="equal", count=2).edges == (0, 5, 10)


def test_an_unknown_scheme_is_named_with_the_alternatives():
    with pytest.raises(InvalidParameter, match=r"'quantile'.*quantiles"):
        classify([1.0, 2.0], scheme="quantile")


@pytest.mark.parametrize(
    ("low", "high", "near", "expected"), [(12, 23, 17, 20), (3.91, 3.93, 3.92, 3.92), (-7, 4, 1, 0), (5, 5, 5, 5)]
)
def test_roundest_takes_the_largest_step_that_fits(low, high, near, expected):
    assert roundest(low, high, near) == expected


@given(numbers)
def test_every_value_is_in_exactly_one_class_and_edges_rise(values):
    classes = classify(values)
    assert sum(classes.counts) == len(values)
    assert all(classes.counts)
    assert classes.edges[0] == min(values)
    assert classes.edges[-1] == max(values)
    assert list(classes.uppers) == sorted(set(classes.uppers))
    found = [classes.index(value) for value in values]
    assert [found.count(i) for i in range(len(classes.counts))] == list(classes.counts)


@given(numbers)
def test_rounding_moves_few_values(values):
    exact, rounded = upper_edges(sorted(values)), classify(values).uppers
    allowed = len(values) / 5 * ROUNDING_SHARE
    for edge in exact[:-1]:
        moved = min(abs(sum(v <= edge for v in values) - sum(v <= upper for v in values)) for upper in rounded)
        assert moved <= max(allowed, len(values) - len(set(values)))


def test_classes_part_at_zero_and_zeros_stand_between():
    values = [-9.0, -7, -4, -2.5, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    classes = classify_from_zero(values)
    below, above = (sum(value < 0 for value in values), sum(value > 0 for value in values))
    at = classes.zeros
    assert at is not None
    assert classes.uppers[at] == 0
    assert classes.counts[at] == 2
    assert (sum(classes.counts[:at]), sum(classes.counts[at + 1 :])) == (below, above)
    assert classes.index(0) == at
    assert classes.index(-2.5) < at < classes.index(1)


def test_without_zeros_zero_is_an_edge():
    classes = classify_from_zero([-3.0, -2, -1, 1, 2, 3, 4, 5, 6, 7])
    assert (0.0 in classes.uppers, classes.zeros, classes.diverging) == (True, None, True)
    assert len(classes.counts) == 5


@pytest.mark.parametrize("values", [[1.0, 2, 3, 4], [0.0, 1, 2], [-3.0, -2, 0], []])
def test_values_on_one_side_of_zero_are_classed_as_any_others(values):
    assert classify_from_zero(values) == classify(values)
    assert not classify_from_zero(values).diverging


@given(numbers)
def test_no_class_reaches_across_zero_where_classes_part(values):
    classes = classify_from_zero(values)
    assert sum(classes.counts) == len(values)
    if classes.diverging:
        signs = {(classes.index(value), (value > 0) - (value < 0)) for value in values}
        assert len({place for place, _ in signs}) == len(signs)
