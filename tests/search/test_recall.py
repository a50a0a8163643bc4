"""Every obec of the region is found: by its name, by what people make of its name, and by its beginning."""

from __future__ import annotations

import random
import string
from collections import Counter

import pytest

from geoportal.search.entry import Entry
from geoportal.search.folding import fold, words
from geoportal.search.index import Query, SearchIndex

TRIES = 4  # mistyped forms of each name


@pytest.fixture(scope="module")
def obce(index: SearchIndex) -> list[Entry]:
    entries = [index.entry(number) for number in range(index.count)]
    return [entry for entry in entries if entry.kind == "obec"]


def first(index: SearchIndex, text: str) -> Entry:
    return index.find(Query(text)).found[0].entry


def test_there_are_all_obce(obce):
    assert len(obce) == 215


def test_every_obec_is_found_first_by_its_name_without_diacritics(index, obce):
    repeated = {name for name, count in Counter(entry.title("cs") for entry in obce).items() if count > 1}
    assert repeated == {"Pěnčín"}
    for entry in obce:
        name = entry.title("cs")
        typed = fold(f"{name} {entry.okres}" if name in repeated else name)
        assert first(index, typed) == entry, typed
        assert entry.repeated is (name in repeated)


def test_every_obec_is_found_by_its_code_and_with_words_changed_over(index, obce):
    for entry in obce:
        assert first(index, entry.code) == entry
        assert first(index, " ".join(reversed(words(entry.title("cs"))))).title("cs") == entry.title("cs")


def mistyped(text: str, rng: random.Random) -> str:
    """``text`` with one error: a letter left out, added, mistaken, or changed over with the next."""
    at, letter = rng.randrange(len(text)), rng.choice(string.ascii_lowercase)
    match rng.randrange(4):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + letter + text[at:]
        case 2:
            return text[:at] + letter + text[at + 1 :]
        case _:
            return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


def test_with_one_typing_error_nearly_every_obec_is_among_the_first_three(index, obce):
    rng = random.Random(51)
    tried, missed = 0, []
    for entry in obce:
        name = fold(entry.title("cs"))
        for _ in range(TRIES if len(name) >= 5 else 0):
            typed = mistyped(name, rng)
            tried += 1
            if name not in [fold(result.entry.title("cs")) for result in index.find(Query(typed, limit=3)).found]:
                missed.append((name, typed))
    assert tried > 800
    assert len(missed) / tried < 0.05, missed


def test_three_letters_give_the_largest_obce_that_begin_so(index, obce):
    by_size = sorted(obce, key=lambda entry: -entry.weight)
    for beginning in sorted({fold(entry.title("cs"))[:3] for entry in obce}):
        largest = [entry for entry in by_size if fold(entry.title("cs")).startswith(beginning)][:10]
        found = [result.entry for result in index.find(Query(beginning, limit=20)).found]
        named_so = [entry for entry in found if fold(entry.title("cs")) == beginning]  # such as Háj, a part of an obec
        assert len(named_so) <= 2
        assert [entry for entry in found if entry not in named_so][: len(largest)] == largest, beginning


def test_nothing_is_found_in_noise(index):
    rng = random.Random(7)
    for _ in range(100):
        assert index.find(Query("".join(rng.choices("qwxz", k=9)))).found == ()
