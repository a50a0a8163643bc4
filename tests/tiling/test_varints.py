from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geoportal.tiling import varints
from geoportal.tiling.features import varint

NUMBERS = st.lists(st.integers(0, 2**63 - 1), max_size=30)


@given(NUMBERS)
def test_many_numbers_are_written_as_one_after_the_other(numbers: list[int]) -> None:
    body, starts = varints.encode(np.array(numbers, dtype=np.uint64))
    single = [varint(number) for number in numbers]
    assert body == b"".join(single)
    assert [body[start:end] for start, end in pairwise(starts)] == single


def test_a_number_is_written_as_the_specification_shows() -> None:
    assert varint(300) == b"\xac\x02"
    assert varint(0) == b"\x00"


@given(st.lists(st.integers(-(2**40), 2**40)))
def test_zigzag_can_be_undone(numbers: list[int]) -> None:
    coded = varints.zigzag(np.array(numbers, dtype=np.int64)).tolist()
    assert [number >> 1 ^ -(number & 1) for number in coded] == numbers


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=8))
def test_sums_and_places_of_runs_some_of_them_empty(runs: list[list[int]]) -> None:
    counts = np.array([len(run) for run in runs], dtype=np.int64)
    flat = np.array([number for run in runs for number in run], dtype=np.int64)
    assert varints.sums(flat, counts).tolist() == [sum(run) for run in runs]
    starts = np.arange(len(runs)) * 10
    expected = [10 * number + step for number, run in enumerate(runs) for step in range(len(run))]
    assert varints.places(starts, counts).tolist() == expected
