"""Bytes as text, in the encodings in which Czech tables come."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from geoportal.errors import TableRefused

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SAMPLE = 4_000  # bytes

# The letters š ť ž Š Ť Ž are where cp1250 and ISO-8859-2 differ: the former has them where the latter has control
# characters, the latter where the former has signs that stand apart from words: © « ® ą » ľ.
_ONLY_CP1250 = re.compile(rb"[\x80-\x9f]")
_SIGNS = rb"\xa9\xab\xae\xb9\xbb\xbe"
_IN_WORDS = re.compile(rb"[%b](?=[A-Za-z\xc0-\xff%b])|(?<=[A-Za-z\xc0-\xff%b])[%b]" % (_SIGNS, _SIGNS, _SIGNS, _SIGNS))
_QUOTES = (b"\xab", b"\xbb")


def decode(content: bytes) -> tuple[str, str]:
    """``content`` as text, and the encoding that it was in. Raises ``TableRefused`` for what is no text."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], name), name
    wide = _wide(content[:_SAMPLE])
    if wide:
        return _decode(content, wide), wide
    try:
        return _checked(content.decode("utf-8"), "utf-8"), "utf-8"
    except UnicodeDecodeError:
        name = _eight_bits(content)
        return _decode(content, name), name


def _wide(sample: bytes) -> str | None:
    """UTF-16 by the zero bytes that every other letter has, or None."""
    half = len(sample) // 2
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if half and high > 0.4 * half and low < 0.05 * half:
        return "utf-16-le"
    if half and low > 0.4 * half and high < 0.05 * half:
        return "utf-16-be"
    return None


def _eight_bits(content: bytes) -> str:
    if _ONLY_CP1250.search(content):
        return "cp1250"
    found = Counter(_IN_WORDS.findall(content))
    quoted = set(found) <= set(_QUOTES) and found[_QUOTES[0]] == found[_QUOTES[1]]
    return "cp1250" if quoted else "iso-8859-2"


def _decode(content: bytes, name: str) -> str:
    try:
        return _checked(content.decode(name), name)
    except UnicodeDecodeError as error:
        raise TableRefused("undecodable", encoding=name, line=content.count(b"\n", 0, error.start) + 1) from None


def _checked(text: str, name: str) -> str:
    text = text.removesuffix("\x1a")  # the end of a file in DOS
    found = _FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise TableRefused("binary", sign=f"U+{ord(found[0]):04X}", line=line, encoding=name)
    return text
