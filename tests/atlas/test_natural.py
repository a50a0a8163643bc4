from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.atlas.natural import natural_edges

whole = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=40)


def deviation(values, edges):
    """The sum of squared deviations from the means of the classes."""
    places = np.searchsorted(edges, values)
    return sum(float(((values[places == k] - values[places == k].mean()) ** 2).sum()) for k in set(places.tolist()))


@pytest.mark.parametrize("count", [2, 3, 5, 7])
def test_natural_breaks_agree_with_mapclassify(count):
    mapclassify = pytest.importorskip("mapclassify")
    for seed in range(5):
        values = np.sort(np.random.default_rng(seed).gamma(2, 3, 90).round(2))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # mapclassify would like to have numba
            theirs = mapclassify.FisherJenks(values, k=count).bins
        assert natural_edges(values, count) == pytest.approx(list(theirs))


def test_values_in_heaps_are_parted_between_the_heaps():
    assert natural_edges([1.0, 1.1, 1.2, 5.0, 5.1, 9.0, 9.2], 3) == [1.2, 5.1, 9.2]


@given(whole, st.integers(2, 4))
def test_no_other_breaks_have_a_smaller_deviation(values, count):
    ordered = np.sort(values)
    distinct = np.unique(ordered)
    edges = natural_edges(ordered, count)
    least = deviation(ordered, edges)
    if len(distinct) > count:
        for at in range(len(edges) - 1):
            place = int(np.searchsorted(distinct, edges[at]))
            for other in (place - 1, place + 1):
                if 0 <= other < len(distinct) - 1:
                    moved = sorted({*edges[:at], float(distinct[other]), *edges[at + 1 :]})
                    assert least <= deviation(ordered, moved) + 1e-6


@given(whole)
def test_there_are_never_more_classes_than_values(values):
    edges = natural_edges(sorted(values), 9)
    assert edges == sorted(set(edges))
    assert edges[-1] == max(values)
    assert len(edges) == min(9, len(set(values)))
