from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geoportal.encode.shortnames import short_names


def test_names_that_fit_stay() -> None:
    assert short_names(["kod", "kod_okresu"]) == {"kod": "kod", "kod_okresu": "kod_okresu"}


def test_equal_beginnings_are_numbered() -> None:
    names = ["ordinacni_hodiny_pondeli", "ordinacni_hodiny_utery", "ordinacni_hodiny_streda"]
    assert list(short_names(names).values()) == ["ordinacni_", "ordinacni1", "ordinacni2"]


def test_year_of_an_indicator_is_kept() -> None:
    assert list(short_names(["obyvatel_2019", "obyvatel_2020"]).values()) == ["obyvat2019", "obyvat2020"]


def test_letters_beyond_ascii_lose_their_marks_and_digits_get_a_letter() -> None:
    assert list(short_names(["šířka", "1_kraj"]).values()) == ["sirka", "f1_kraj"]


def test_case_alone_does_not_make_names_distinct() -> None:
    assert list(short_names(["kod", "KOD"]).values()) == ["kod", "KOD1"]


@given(st.lists(st.text(max_size=30), unique=True, max_size=40))
def test_any_names_become_distinct_ascii_of_ten_characters(names: list[str]) -> None:
    short = short_names(names)
    assert list(short) == names
    assert len({name.casefold() for name in short.values()}) == len(names)
    assert all(1 <= len(name) <= 10 and name.isascii() and name[0].isalpha() for name in short.values())
