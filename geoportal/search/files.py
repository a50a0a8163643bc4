"""The files of a search index: entries by weight, the vocabulary, and which words stand in which entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from geoportal.search.entry import Entry, as_json
from geoportal.search.folding import words

ENTRIES, OFFSETS, VOCABULARY, ABOUT = "entries.jsonl", "offsets.npy", "words.txt", "about.json"
# Where a word stands: anywhere in a name, at a name's beginning, or around it.
TABLES = ("name", "first", "around")
LONGEST_NAME = 31  # words; counts of words are kept as bits of 32


def write_index(folder: Path, entries: Iterable[Entry], about: Mapping[str, Any]) -> None:
    """Writes the index into ``folder``, which is made; equal entries make equal bytes.

    ``about`` is kept beside it: where the entries come from.
    """
    ranked = sorted(entries, key=lambda entry: (-entry.weight, entry.kind, entry.code))
    folder.mkdir(parents=True)
    lines = [orjson.dumps(as_json(entry)) + b"\n" for entry in ranked]
    (folder / ENTRIES).write_bytes(b"".join(lines))
    np.save(folder / OFFSETS, np.concatenate(([0], np.cumsum([len(line) for line in lines], dtype=np.int64))))
    np.save(folder / "weights.npy", np.array([entry.weight for entry in ranked], np.float32))
    np.save(folder / "points.npy", _points(ranked))
    kinds = sorted({entry.kind for entry in ranked})
    np.save(folder / "kinds.npy", np.array([kinds.index(entry.kind) for entry in ranked], np.uint8))
    named = [[words(name) for name in dict.fromkeys(entry.name.values())] for entry in ranked]
    np.save(folder / "counts.npy", np.array([_counts(names) for names in named], np.uint32))
    _write_words(folder, ranked, named)
    (folder / ABOUT).write_bytes(orjson.dumps({**about, "kinds": kinds, "count": len(ranked)}))


def _points(entries: list[Entry]) -> np.ndarray:
    """Longitude and latitude of each entry (n x 2), not a number where it has no place."""
    nowhere = (np.nan, np.nan)
    pairs = [(entry.place.lon, entry.place.lat) if entry.place else nowhere for entry in entries]
    return np.array(pairs, np.float32).reshape(-1, 2)


def _counts(names: list[tuple[str, ...]]) -> int:
    """How many words the names have, as bits."""
    return sum({1 << min(len(name), LONGEST_NAME) for name in names})


def _write_words(folder: Path, entries: list[Entry], named: list[list[tuple[str, ...]]]) -> None:
    standing: dict[str, list[set[str]]] = {
        "name": [{word for name in names for word in name} for names in named],
        "first": [{name[0] for name in names if name} for names in named],
        "around": [{word for text in entry.around for word in words(text)} for entry in entries],
    }
    vocabulary = sorted(set().union(*standing["name"], *standing["around"]))
    (folder / VOCABULARY).write_text("\n".join(vocabulary), encoding="utf-8")
    numbers = {word: number for number, word in enumerate(vocabulary)}
    for table in TABLES:
        _write_table(folder, table, standing[table], numbers)


def _write_table(folder: Path, table: str, standing: list[set[str]], numbers: Mapping[str, int]) -> None:
    """For each word, in the order of the vocabulary, the entries it stands in, ascending."""
    sizes = np.array([len(found) for found in standing], np.int64)
    entry = np.repeat(np.arange(len(standing), dtype=np.int32), sizes)
    word = np.array([numbers[word] for found in standing for word in found], np.int64)
    order = np.lexsort((entry, word))
    np.save(folder / f"{table}.npy", entry[order])
    held = np.bincount(word, minlength=len(numbers))
    np.save(folder / f"{table}_starts.npy", np.concatenate(([0], np.cumsum(held))).astype(np.int64))
