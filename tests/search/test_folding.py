from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.search.folding import LONGEST, MOST_WORDS, fold, query_words, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Příliš žluťoučký kůň", "prilis zlutoucky kun"),
        ("ČESKÁ LÍPA", "ceska lipa"),
        ("Zittau/Žytawa Łódź Großschönau", "zittau/zytawa lodz grossschonau"),
        ("e\u0301", "e"),
    ],
)
def test_folding_leaves_small_plain_letters(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jablonec n. N.", ("jablonec", "n", "n")),
        ("jablonec n/N", ("jablonec", "n", "n")),
        ("Liberec XXX-Vratislavice", ("liberec", "xxx", "vratislavice")),
        ("Liberec 460 01", ("liberec", "46001")),
        ("Husova 123/45", ("husova", "123", "45")),
        (" – ", ()),
    ],
)
def test_words_are_split_where_there_is_neither_letter_nor_digit(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("typed", "expected"), [("460 01", "46001"), ("46 001", "46001"), ("460 0", "4600"), ("46", "46")]
)
def test_a_postcode_is_one_word_however_it_is_spaced_and_while_it_is_typed(typed, expected):
    assert query_words(typed) == (expected,)


@given(st.text(max_size=3 * LONGEST))
def test_what_is_typed_gives_few_words(text):
    assert len(query_words(text)) <= MOST_WORDS
