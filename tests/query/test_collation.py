from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.query.collation import collation, ranks

WORDS = [
    "Cvikov", "Černousy", "Ďáblík", "Dalešice", "Habartice", "Hodkovice", "Chrastava", "Chuchelna", "Jablonec",
    "Lán", "Lap", "Láp", "Rokytnice", "Roztoky", "Řasnice", "Semily", "Sychrov", "Šimonovice", "Zásada", "Zlatá",
    "Žandov", "Železný Brod",
]  # fmt: skip
CZECH = st.text(alphabet="aábcčdďeéěhiínňoórřsštťuúůyýzž CHČŘŠŽÁ-1", max_size=6)


def test_words_stand_as_in_a_czech_dictionary() -> None:
    assert sorted(sorted(WORDS), key=collation) == WORDS


def test_ranks_number_the_different_words_and_leave_out_the_absent() -> None:
    column = pa.array(["Chrastava", None, "Habartice", "Chrastava", "Čistá", ""])
    assert ranks(column).to_pylist() == [3, None, 2, 3, 1, 0]


@given(st.lists(CZECH, max_size=12))
def test_both_ways_to_sort_agree(words: list[str]) -> None:
    by_rank = [word for _, word in sorted(zip(ranks(pa.array(words, pa.string())).to_pylist(), words, strict=True))]
    assert by_rank == sorted(words, key=collation)


@pytest.mark.parametrize("word", ["Řeka", "Malá Skála"])
def test_a_word_written_with_combining_marks_stands_where_the_other_does(word: str) -> None:
    import unicodedata

    taken_apart = unicodedata.normalize("NFD", word)
    assert collation(taken_apart)[:2] == collation(word)[:2]
    assert sorted(ranks(pa.array([taken_apart, word, "Šír"])).to_pylist()[:2]) == [0, 1]
