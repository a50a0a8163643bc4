from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.search.vocabulary import EXACT, PREFIX, Vocabulary, allowed_errors


def vocabulary(*words: str) -> Vocabulary:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.txt"
        path.write_text("\n".join(sorted(set(words))), encoding="utf-8")
        return Vocabulary(path)


def meant(found, held: Vocabulary) -> dict[str, int]:
    return {held.words[number]: one.quality for one in found for number in range(one.low, one.high)}


def errors(one: str, other: str) -> int:
    """Letters left out, added, mistaken, or changed over with a neighbour: by the definition, cell by cell."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


def test_a_word_means_itself_and_what_it_begins():
    held = vocabulary("jabkenice", "jablonec", "jablonne", "jab", "liberec")
    assert meant(held.begun("jab"), held) == {"jab": EXACT, "jabkenice": PREFIX, "jablonec": PREFIX, "jablonne": PREFIX}
    assert held.begun("jabx") == []


@pytest.mark.parametrize("typed", ["librec", "liberrec", "libarec", "libreec", "lberec", "iberec"])
def test_one_typing_error_is_forgiven_wherever_it_stands(typed):
    held = vocabulary("liberec", "jablonec", "semily")
    assert list(meant(held.mistyped(typed), held)) == ["liberec"]


@pytest.mark.parametrize("typed", ["jablne", "jabnlo", "jabolne"])
def test_a_mistyped_beginning_is_forgiven(typed):
    held = vocabulary("liberec", "jablonec", "semily")
    assert list(meant(held.mistyped(typed), held)) == ["jablonec"]


@pytest.mark.parametrize(("word", "allowed"), [("ves", 0), ("desn", 1), ("liberec", 1), ("jablonec", 2), ("46001", 0)])
def test_long_words_may_have_two_errors_and_codes_none(word, allowed):
    assert allowed_errors(word) == allowed


@given(
    st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=30), st.text("abc", min_size=4, max_size=9)
)
def test_every_word_within_the_allowed_errors_is_found(words, typed):
    held = vocabulary(*words)
    near = {word for word in words if errors(word, typed) <= allowed_errors(typed)}
    assert near <= set(meant(held.mistyped(typed), held))
