"""A search index as workers use it: mapped into memory, asked for what someone typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from geoportal.search import files
from geoportal.search.entry import Entry, from_json
from geoportal.search.folding import query_words, words
from geoportal.search.rank import Fit, around, overlap, score, share_met
from geoportal.search.spelling import Spelling
from geoportal.search.vocabulary import Meant, Vocabulary
from geoportal.snapshot.reader import Snapshot

_ENOUGH = 3  # results; with fewer, typing errors are thought of
_CHECKED = 40  # of the best, whether each word that was typed is another word of the name
_WORTH = 0.5  # of the best score: what fits less is shown no more


@dataclass(frozen=True)
class Query:
    """What someone looks for. ``kinds``: only these, all if empty; ``near``: longitude and latitude."""

    text: str
    limit: int = 10
    kinds: tuple[str, ...] = ()
    near: tuple[float, float] | None = None


@dataclass(frozen=True)
class Result:
    """An entry, and how well it fits: 0 to 1."""

    entry: Entry
    score: float


@dataclass(frozen=True)
class Results:
    """The best results first; ``matched`` counts all. ``hint``: where there are none, what has the nearest name."""

    found: tuple[Result, ...]
    matched: int
    hint: Entry | None = None


class SearchIndex:
    """The index in ``folder``, as ``files.write_index`` wrote it."""

    def __init__(self, folder: Path) -> None:
        self.about: dict[str, Any] = orjson.loads((folder / files.ABOUT).read_bytes())
        self.kinds: list[str] = self.about["kinds"]
        self.count: int = self.about["count"]
        self._weights, self._points, self._kinds, self._counts, self._offsets = (
            _mapped(folder / f"{name}.npy") for name in ("weights", "points", "kinds", "counts", "offsets")
        )
        self._tables = {name: (_mapped(folder / f"{name}.npy"), _mapped(folder / f"{name}_starts.npy"))
                        for name in files.TABLES}  # fmt: skip
        self._entries = np.memmap(folder / files.ENTRIES, np.uint8, "r") if self.count else np.empty(0, np.uint8)
        self._vocabulary = Vocabulary(folder / files.VOCABULARY)
        self._spelling = Spelling(self.entry, self.count)

    def entry(self, number: int) -> Entry:
        """The entry with this number."""
        start, end = self._offsets[number], self._offsets[number + 1]
        return from_json(orjson.loads(self._entries[start:end].tobytes()))

    def find(self, query: Query) -> Results:
        """What fits ``query``. Every word that was typed must fit, in whatever order.

        Only where hardly anything fits as it was typed, typing errors are allowed for.
        """
        typed = query_words(query.text)
        if not typed or not self.count:
            return Results((), 0)
        wanted = self._wanted(query.kinds)
        begun = [self._vocabulary.begun(word) for word in typed]
        fits = [self._fit(typed, begun, wanted)]
        if len(fits[0].numbers) < _ENOUGH and not fits[0].complete:
            fits += self._with_errors(typed, begun, wanted)
        ranked, matched = self._ranked(fits, typed, query)
        if not ranked:
            return Results((), 0, self._spelling.nearest(typed))
        found = tuple(Result(self.entry(number), round(value, 3)) for number, value in ranked[: query.limit])
        return Results(found, matched)

    def _with_errors(
        self, typed: tuple[str, ...], begun: list[list[Meant]], wanted: np.ndarray | None
    ) -> Iterator[Fit]:
        """The entries that fit when words may be mistyped: those that no word begins with, or else any of them."""
        pairs = list(zip(typed, begun, strict=True))
        fit = self._fit(typed, [found or self._vocabulary.mistyped(word) for word, found in pairs], wanted)
        if not len(fit.numbers) or all(begun):
            fit = self._fit(typed, [[*self._vocabulary.mistyped(word), *found] for word, found in pairs], wanted)
        yield fit
        yield self._spelling.joined(typed, wanted)

    def _wanted(self, kinds: Iterable[str]) -> np.ndarray | None:
        chosen = [self.kinds.index(kind) for kind in kinds if kind in self.kinds]
        return np.isin(self._kinds, chosen) if chosen else None

    def _fit(self, typed: tuple[str, ...], meant: list[list[Meant]], wanted: np.ndarray | None) -> Fit:
        """The entries in which every word stands, and how well each fits."""
        held = np.ones(self.count, bool) if wanted is None else wanted
        columns = []
        for choices in meant:
            column = np.zeros(self.count, np.uint8)
            self._mark(column, "around", choices, around)
            self._mark(column, "name", choices)
            held = held & (column > 0)
            columns.append(column)
        numbers = np.flatnonzero(held)
        first = np.zeros(self.count, bool)
        self._mark(first, "first", meant[0])
        return Fit(
            numbers,
            np.stack([column[numbers] for column in columns]),
            first[numbers],
            (self._counts[numbers] >> np.uint32(min(len(typed), files.LONGEST_NAME))) & 1 == 1,
        )

    def _mark(self, column: np.ndarray, table: str, choices: list[Meant], counts: Callable[[int], int] = int) -> None:
        entries, starts = self._tables[table]
        for choice in choices:
            column[entries[starts[choice.low] : starts[choice.high]]] = counts(choice.quality)

    def _ranked(self, fits: list[Fit], typed: tuple[str, ...], query: Query) -> tuple[list[tuple[int, float]], int]:
        """Numbers of the best entries with their scores, the best first, and how many are worth showing at all."""
        values = np.zeros(self.count, np.float32)
        for fit in fits:
            scores = score(fit, self._weights[fit.numbers], self._points[fit.numbers], query.near)
            values[fit.numbers] = np.maximum(values[fit.numbers], scores)
        held = np.flatnonzero(values > _WORTH * values.max())
        best = _highest(values, held, max(query.limit, _CHECKED))
        ranked = list(zip(best.tolist(), values[best].tolist(), strict=True))
        if overlap(typed):
            ranked = [(number, value * share_met(typed, self._words(number))) for number, value in ranked]
        return sorted(ranked, key=lambda pair: (-pair[1], pair[0])), len(held)

    def _words(self, number: int) -> set[str]:
        entry = self.entry(number)
        return {word for text in (*entry.name.values(), *entry.around) for word in words(text)}


@lru_cache(maxsize=2)
def search_index(snapshot: Snapshot) -> SearchIndex | None:
    """The search index of ``snapshot``, opened once; None where the snapshot has none."""
    folder = snapshot.folder / "search"
    return SearchIndex(folder) if folder.is_dir() else None


def _highest(values: np.ndarray, among: np.ndarray, most: int) -> np.ndarray:
    """The positions ``among`` which ``values`` are the highest, of equals the first."""
    if len(among) > most:
        least = np.partition(values[among], -most)[-most]
        among = among[values[among] >= least]
    return among[np.argsort(-values[among], kind="stable")[:most]]


def _mapped(path: Path) -> np.ndarray:
    held: np.ndarray = np.load(path, mmap_mode="r")
    return held
