"""Names as a whole, for what no single word explains: a forgotten space, or nothing that fits at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from geoportal.search.entry import Entry
from geoportal.search.folding import words
from geoportal.search.rank import Fit
from geoportal.search.vocabulary import allowed_errors

_MOST_NAMES = 5000  # of the greatest weight; addresses, of which there may be a million, come after
_QUALITIES = {0: 220, 1: 140, 2: 100}  # by the number of typing errors
_LEAST_ALIKE = 0.5
_MOST = 40


class Spelling:
    """The names of the weightiest of ``count`` entries, written without spaces."""

    def __init__(self, entry: Callable[[int], Entry], count: int) -> None:
        self._entry = entry
        self._count = min(count, _MOST_NAMES)

    @cached_property
    def _names(self) -> list[tuple[int, str]]:
        """The number of an entry and its name, for each of its names."""
        named = ((number, self._entry(number).name.values()) for number in range(self._count))
        return [(number, "".join(words(name))) for number, names in named for name in dict.fromkeys(names)]

    @cached_property
    def _spelled(self) -> list[str]:
        return [name for _, name in self._names]

    def joined(self, typed: tuple[str, ...], wanted: np.ndarray | None) -> Fit:
        """The entries whose whole name was typed, spaces and a few typing errors aside."""
        text = "".join(typed)
        found = process.extract(
            text, self._spelled, scorer=OSA.distance, score_cutoff=allowed_errors(text), limit=_MOST
        )
        best: dict[int, int] = {}
        for _, distance, at in found:  # the nearest come first
            best.setdefault(self._names[at][0], _QUALITIES[int(distance)])
        numbers = [number for number in sorted(best) if wanted is None or wanted[number]]
        return Fit(
            np.array(numbers, np.int64),
            np.array([[best[number] for number in numbers]], np.uint8),
            np.ones(len(numbers), bool),
            np.zeros(len(numbers), bool),
        )

    def nearest(self, typed: tuple[str, ...]) -> Entry | None:
        """The entry with the name most like what was typed, or None where none is like it."""
        text = "".join(typed)
        found = process.extractOne(text, self._spelled, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_ALIKE)
        return self._entry(self._names[found[2]][0]) if found else None
