"""The words that can be found, and which of them someone may have meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

EXACT, PREFIX = 255, 200
# Quality by the number of typing errors: a letter left out, added, mistaken, or two changed over.
_MISTYPED = {1: 140, 2: 100}
_BEGUN = 90  # mistyped, and not typed to its end
_SHORTEST = 4  # letters; words below are too near to each other to guess
_SHORTEST_FOR_TWO = 8
_MOST = 40  # words that a mistyped one may stand for


@dataclass(frozen=True)
class Meant:
    """Words ``low`` up to ``high`` (exclusive) of the vocabulary, which fit with ``quality`` (1 to 255)."""

    low: int
    high: int
    quality: int


class Vocabulary:
    """The words of an index in alphabetical order."""

    def __init__(self, path: Path) -> None:
        self.words = path.read_text(encoding="utf-8").split("\n")
        self._by_length: dict[int, list[int]] = {}
        for number, word in enumerate(self.words):
            if word.isalpha():
                self._by_length.setdefault(len(word), []).append(number)

    def begun(self, word: str) -> list[Meant]:
        """The words that begin with ``word``, and last the word itself; none where there is none."""
        low, high = self._range(word)
        if low == high:
            return []
        found = [Meant(low, high, PREFIX)]
        return [*found, Meant(low, low + 1, EXACT)] if self.words[low] == word else found

    def mistyped(self, word: str) -> list[Meant]:
        """The words that ``word`` may be a mistyped form or beginning of, the least likely first."""
        allowed = allowed_errors(word)
        if not allowed:
            return []
        qualities = dict.fromkeys(self._mistyped_beginnings(word), _BEGUN)
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        numbers = [number for length in lengths for number in self._by_length.get(length, ())]
        for number, distance in _near(word, numbers, [self.words[number] for number in numbers], allowed):
            qualities[number] = _MISTYPED.get(distance, EXACT)
        ranked = sorted(qualities.items(), key=lambda pair: (pair[1], -pair[0]))
        return [Meant(number, number + 1, quality) for number, quality in ranked]

    def _mistyped_beginnings(self, word: str) -> Iterator[int]:
        """Longer words whose beginning is one error away; their first letter must be right."""
        numbers = [number for number in range(*self._range(word[0])) if len(self.words[number]) > len(word)]
        for length in (len(word) - 1, len(word), len(word) + 1):
            near = _near(word, numbers, [self.words[number][:length] for number in numbers], 1)
            yield from (number for number, _ in near)

    def _range(self, beginning: str) -> tuple[int, int]:
        low = bisect_left(self.words, beginning)
        return low, bisect_left(self.words, beginning + chr(0x10FFFF), low)


def _near(word: str, numbers: list[int], choices: list[str], allowed: int) -> Iterator[tuple[int, int]]:
    """Of ``numbers`` those whose choice is within ``allowed`` errors, and how many there are."""
    found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=_MOST)
    return ((numbers[at], int(distance)) for _, distance, at in found)


def allowed_errors(word: str) -> int:
    """How many typing errors are allowed for in ``word``: none in a code, since with an error it is another one."""
    if len(word) < _SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= _SHORTEST_FOR_TWO else 1
