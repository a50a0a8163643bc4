"""Texts as they are compared: small letters without diacritics, in words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 100  # characters of a query
MOST_WORDS = 10

# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})
_WORD = re.compile(r"[^\W_]+")
_POSTCODE = re.compile(r"\b(\d{3})\s+(\d{2})\b")
_DIGITS = re.compile(r"\s*\d[\d\s]{0,5}\s*")


def fold(text: str) -> str:
    """``text`` in small letters without diacritics."""
    # Twice: signs such as ℠ hold capital letters, and small letters of some capitals hold marks.
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter)).translate(_PLAIN)


@lru_cache(maxsize=65_536)  # a build folds the same names of streets and obce over and over
def words(text: str) -> tuple[str, ...]:
    """The words of ``text``, folded; whatever is neither letter nor digit separates them, but within a postcode."""
    return tuple(_WORD.findall(fold(_POSTCODE.sub(r"\1\2", text))))


def query_words(text: str) -> tuple[str, ...]:
    """The words of what someone typed, at most ``MOST_WORDS``; ``460 0`` is one, on its way to the postcode 460 01."""
    typed = "".join(text.split()) if _DIGITS.fullmatch(text) else text
    return words(typed[:LONGEST])[:MOST_WORDS]
