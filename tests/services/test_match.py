from __future__ import annotations

import pytest

from geoportal.services.match import Matching, Spot, match

METRE = 1 / 111_229  # degrees of latitude at 50.77° N


def spot(north_m: float, *kinds: str) -> Spot:
    return Spot(15.0, 50.77 + north_m * METRE, frozenset(kinds or ("adults",)))


def test_rows_of_one_kind_within_the_tolerance_are_partners():
    assert match([spot(0), spot(5000)], [spot(299)], 300) == Matching({0: 0}, ())


def test_rows_beyond_the_tolerance_are_strangers():
    assert match([spot(0)], [spot(301)], 300) == Matching({}, ())


def test_rows_of_different_kinds_are_strangers_at_the_same_place():
    assert match([spot(0, "adults")], [spot(0, "children")], 300) == Matching({}, ())


def test_one_common_kind_of_several_is_enough():
    assert match([spot(0, "adults", "dental")], [spot(0, "dental")], 300) == Matching({0: 0}, ())


def test_a_row_with_two_possible_partners_is_joined_to_neither():
    assert match([spot(0), spot(100)], [spot(50)], 300) == Matching({}, (0,))


def test_two_rows_that_would_share_a_partner_are_both_doubtful():
    assert match([spot(0)], [spot(50), spot(100)], 300) == Matching({}, (0, 1))


def test_a_doubtful_row_does_not_hinder_a_clear_pair():
    found = match([spot(0), spot(9000)], [spot(50), spot(100), spot(9010)], 300)
    assert found == Matching({1: 2}, (0, 1))


@pytest.mark.parametrize(("ours", "theirs"), [([], [spot(0)]), ([spot(0)], []), ([], [])])
def test_nothing_matches_nothing(ours: list[Spot], theirs: list[Spot]):
    assert match(ours, theirs, 300) == Matching({}, ())
