"""The map in a picture: where units, circles, names and the scale stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from geoportal.figures.drawing import Area, Circle, Stroke, Words
from geoportal.figures.ground import Ground, Place, round_down, seats_in_order
from geoportal.figures.subject import Subject
from geoportal.figures.typeface import Typeface
from geoportal.snapshot.outlines import Seat
from tests.figures import sample

PLACE = Place(100, 50, 400, 300)


def ground(face: Typeface, subject: Subject | None = None) -> Ground:
    return Ground(subject or sample.filled(), PLACE, face)


def items(face: Typeface, name: str, subject: Subject | None = None) -> tuple:
    return next(group.items for group in ground(face, subject).groups() if group.name == name)


def test_the_map_is_as_large_as_its_place_lets_it_and_in_its_middle(face: Typeface) -> None:
    corners = ground(face).at(np.array([[0, 0], [2, 2]]) * sample.SIDE)
    assert corners.tolist() == [[150, 350], [450, 50]]


def test_each_unit_is_one_area_in_the_colour_of_its_class(face: Typeface) -> None:
    areas = {area.code: area for area in items(face, "uzemi")}
    assert areas.keys() == set("ABCD")
    assert areas["A"].paint.fill == sample.COLOURS[0]
    assert areas["B"].paint.fill == sample.COLOURS[1]
    assert all(isinstance(area, Area) and len(area.rings) == 1 and len(area.rings[0]) == 4 for area in areas.values())


def test_missing_confidential_and_incomplete_look_different_from_each_other(face: Typeface) -> None:
    paints = {area.code: area.paint for area in items(face, "uzemi")}
    assert (paints["C"].pattern, paints["D"].pattern) == ("missing", "confidential")
    assert paints["C"].fill is paints["D"].fill is None
    assert paints["B"].dash
    assert not paints["A"].dash


def test_an_incomplete_unit_is_drawn_above_its_neighbours(face: Typeface) -> None:
    assert [area.code for area in items(face, "uzemi")][-1] == "B"


def test_counts_are_circles_by_area_and_never_fill_a_unit(face: Typeface) -> None:
    subject = sample.counted()
    large, small = items(face, "kruhy", subject)
    assert (large.code, small.code) == ("A", "B")  # nothing has no circle
    assert large.radius == pytest.approx(2 * small.radius)
    assert small.paint.dash
    assert {area.paint.fill for area in items(face, "uzemi", subject)} == {"#ffffff", None}


def test_a_town_is_named_beside_its_dot(face: Typeface) -> None:
    dot, words = items(face, "mesta")
    assert isinstance(dot, Circle)
    assert isinstance(words, Words)
    assert words.text == "Alfa"
    assert words.x > dot.x + dot.radius


def test_a_town_under_a_circle_is_named_beside_the_circle(face: Typeface) -> None:
    (words,) = items(face, "mesta", sample.counted())
    circle = items(face, "kruhy", sample.counted())[0]
    assert words.x > circle.x + circle.radius


def test_names_do_not_overlap(face: Typeface) -> None:
    crowd = tuple(Seat(f"Město {n}", 9_000 + 100 * n, 9_000) for n in range(30))
    words = [item for item in items(face, "mesta", replace(sample.filled(), towns=crowd)) if isinstance(item, Words)]
    boxes = [(w.x, w.y - w.size, w.x + face.width(w.text, w.size, bold=True), w.y) for w in words]
    assert 2 <= len(boxes) < len(crowd)
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_the_bar_is_as_long_as_it_says(face: Typeface) -> None:
    bar, *_, words = items(face, "meritko")
    assert isinstance(bar, Stroke)
    assert words.text == "5\u00a0km"
    assert (bar.x2 - bar.x1) / ground(face).scale == pytest.approx(5_000)


@pytest.mark.parametrize(
    ("metres", "rounded"), [(9_999, 5_000), (5_000, 5_000), (4_999, 2_000), (1_999, 1_000), (7, 5)]
)
def test_a_scale_is_rounded_down_to_1_2_5(metres: float, rounded: int) -> None:
    assert round_down(metres) == rounded


def test_a_seat_of_two_levels_comes_once_and_first() -> None:
    one, other = Seat("A", 0, 0), Seat("B", 1, 1)
    assert seats_in_order([other], [one, other]) == (other, one)


def test_names_and_dots_keep_clear_of_the_signs_of_points(face: Typeface) -> None:
    town = Seat("Alfa", sample.SIDE, sample.SIDE)  # right under the sign
    drawn = items(face, "mesta", replace(sample.covered(), towns=(town,), chosen=()))
    sign = next(item for item in items(face, "vrstva-body", sample.covered()) if isinstance(item, Circle))
    (name,) = drawn
    assert isinstance(name, Words)
    assert name.x >= sign.x + sign.radius or name.x + face.width("Alfa", name.size, bold=True) <= sign.x - sign.radius
