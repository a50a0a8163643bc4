"""Texts put through a function of single characters, a whole Arrow column at a time.

Characters of one and two UTF-8 bytes (Latin, Greek, Cyrillic, combining marks) are replaced in the column's own bytes
through a table; only texts with longer ones, or whose replacement is longer, are taken out and mapped by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geoportal.query import arrow

Mapping = Callable[[str], str]

_WIDE = 0x0800  # the first character of three bytes
_SLOW = 255  # instead of a count of bytes: the text needs the function itself


@lru_cache(maxsize=8)
def _table(function: Mapping) -> tuple[np.ndarray, np.ndarray]:
    """For each character under U+0800 the count of bytes of its replacement and these bytes (n x 2)."""
    counts = np.full(_WIDE, _SLOW, np.uint8)
    replacements = np.zeros((_WIDE, 2), np.uint8)
    for code in range(_WIDE):
        replacement = function(chr(code)).encode()
        # The small sigma depends on its place in the word.
        if len(replacement) <= (1 if code < 0x80 else 2) and chr(code) != "Σ":
            counts[code] = len(replacement)
            replacements[code, : len(replacement)] = list(replacement)
    return counts, replacements


def folded(texts: pa.Array, function: Mapping) -> pa.Array:
    """``function`` of each text; null stays null.

    It must map characters independently (but for the small sigma), and ASCII to itself or to its other case.
    """
    size = len(texts)
    if texts.null_count == size:
        return texts
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + size + 1]
    content = np.frombuffer(texts.buffers()[2], np.uint8)[offsets[0] : offsets[-1]]
    offsets = offsets - offsets[0]
    leads = np.flatnonzero(content >= 0xC0)
    out = _ascii(content, function)
    out, moved, slow = _replaced(content, out, leads, offsets, function) if len(leads) else (out, offsets, leads)
    result = _string_array(out, moved, texts.is_valid() if texts.null_count else None)
    return _with_slow_texts(result, texts, np.searchsorted(offsets, slow, "right") - 1, function)


def _ascii(content: np.ndarray, function: Mapping) -> np.ndarray:
    """A copy of the bytes with the ASCII letters that ``function`` changes in their other case."""
    changed = ord("A") if function("A") == "a" else ord("a") if function("a") == "A" else None
    if changed is None:
        return content.copy()
    return content ^ (((content - np.uint8(changed)) < 26).view(np.uint8) << 5)


def _replaced(
    content: np.ndarray, out: np.ndarray, leads: np.ndarray, offsets: np.ndarray, function: Mapping
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """``out`` with characters of two bytes replaced, its offsets, and the positions of characters left to others."""
    counts, replacements = _table(function)
    first = content[leads]
    codes = ((first & 0x1F).astype(np.int32) << 6) | (content[leads + 1] & 0x3F)
    is_slow = (first >= 0xE0) | (counts[codes] == _SLOW)
    short, codes = leads[~is_slow], codes[~is_slow]
    out[short], out[short + 1] = replacements[codes, 0], replacements[codes, 1]
    dropped = np.concatenate((short[counts[codes] == 0], short[counts[codes] <= 1] + 1))
    if not len(dropped):
        return out, offsets, leads[is_slow]
    kept = np.ones(len(content), bool)
    kept[dropped] = False
    ends = np.concatenate(([0], np.cumsum(kept, dtype=np.int32)))
    return out[kept], ends[offsets], leads[is_slow]


def _string_array(content: np.ndarray, offsets: np.ndarray, validity: pa.Array | None) -> pa.Array:
    bits = None if validity is None else validity.buffers()[1]
    buffers = [bits, pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(content)]
    return pa.Array.from_buffers(pa.string(), len(offsets) - 1, buffers)


def _with_slow_texts(result: pa.Array, texts: pa.Array, rows: np.ndarray, function: Mapping) -> pa.Array:
    if not len(rows):
        return result
    slow = np.zeros(len(texts), bool)
    slow[rows] = True
    encoded = texts.filter(arrow.booleans(slow)).dictionary_encode()
    mapped = arrow.texts([function(text) for text in encoded.dictionary.to_pylist()])
    return pc.replace_with_mask(result, arrow.booleans(slow), mapped.take(encoded.indices))
