from __future__ import annotations

import pytest

from geoportal.atlas.classes import Classes, classify, classify_from_zero
from geoportal.atlas.legend import LARGEST_RADIUS_PX, circle_entries, class_entries, largest, radius
from geoportal.atlas.palette import ABOVE_ZERO, BELOW_ZERO, MOST, SEQUENTIAL, ZERO, class_colours, sequential


def test_each_class_has_its_colour_range_and_count():
    entries = class_entries(classify([float(n) for n in range(1, 101)]))
    assert [entry.label for entry in entries] == ["1 až 20", "20 až 40", "40 až 60", "60 až 80", "80 až 100"]
    assert [entry.colour for entry in entries] == list(SEQUENTIAL[5])
    assert {entry.count for entry in entries} == {20}


def test_ends_are_written_as_the_values_are_and_inner_edges_exactly():
    entries = class_entries(Classes((1.234, 2.5, 1999.876), (1, 1)), decimals=1)
    assert [entry.label for entry in entries] == ["1,2 až 2,5", "2,5 až 1\u00a0999,9"]


def test_one_value_is_not_a_range():
    assert class_entries(classify([0.0, 0.0]))[0].label == "0"


def test_a_whole_end_is_written_like_the_round_edges_beside_it():
    entries = class_entries(Classes((0.0, 0.0, 5.0, 100.0), (120, 13, 82)), decimals=1)
    assert [entry.label for entry in entries] == ["0", "0 až 5", "5 až 100"]


def test_a_class_of_zeros_alone_is_no_range_whatever_the_decimals_of_other_edges():
    entries = class_entries(Classes((0.0, 0.0, 0.28, 0.92), (4, 3, 3)), decimals=2)
    assert [entry.label for entry in entries] == ["0", "0 až 0,28", "0,28 až 0,92"]


def test_no_values_have_no_entries():
    assert class_entries(classify([])) == []
    assert sequential(0) == ()


def test_more_classes_than_colours_are_refused():
    with pytest.raises(ValueError, match=str(MOST + 1)):
        sequential(MOST + 1)


def test_area_of_a_circle_is_proportional_to_the_value():
    assert radius(100, 100) == LARGEST_RADIUS_PX
    assert radius(25, 100) == LARGEST_RADIUS_PX / 2
    assert radius(-25, 100) == LARGEST_RADIUS_PX / 2


def test_circles_of_the_legend_are_round_numbers_within_the_data():
    entries = circle_entries([107699, 20, -3])
    assert [entry.label for entry in entries] == ["100\u00a0000", "20\u00a0000", "5\u00a0000"]
    assert entries[0].radius <= LARGEST_RADIUS_PX


def test_largest_magnitude_is_never_zero():
    assert largest([-4, 3]) == 4
    assert largest([0, 0]) == largest([]) == 1


def test_colours_diverge_from_zero_and_zeros_are_neutral():
    classes = classify_from_zero([-9.0, -1, 0, 1, 2, 3, 4, 5, 6])
    entries = class_entries(classes)
    colours = [entry.colour for entry in entries]
    assert classes.zeros is not None
    assert entries[classes.zeros].label == "0"
    assert colours[classes.zeros] == ZERO
    assert set(colours[: classes.zeros]) <= set(BELOW_ZERO[classes.zeros])
    assert len(set(colours)) == len(colours) == len(classes.counts)


def test_the_strongest_colours_are_at_the_ends():
    colours = class_colours(classify_from_zero([-9.0, -8, -2, -1, 1, 2, 8, 9]))
    assert (colours[0], colours[-1]) in {(BELOW_ZERO[n][0], ABOVE_ZERO[5 - n][0]) for n in range(1, 5)}
