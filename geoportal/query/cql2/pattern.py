"""The patterns of LIKE: % any characters, _ one, and a backslash takes the next one literally.

Arrow's own ``match_like`` mistakes an escaped character behind a leading %, so only its simpler kernels are used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from geoportal.query import arrow
from geoportal.query.cql2.compare import Datum
from geoportal.query.cql2.limits import Limits, refusal

Matcher: TypeAlias = Callable[[Datum], Datum]

_ANY, _ONE = object(), object()


def matcher(pattern: str, at: str, limits: Limits) -> tuple[Matcher, bool]:
    """What tells whether texts match ``pattern``, and whether that takes a regular expression."""
    parts = _parts(pattern)
    if parts.count(_ANY) + parts.count(_ONE) > limits.wildcards:
        raise refusal(at, f"the pattern has more than {limits.wildcards} wildcards")
    inner = [part for part in parts if part is not _ANY]
    simple = _ONE not in inner and len(inner) <= 1
    if not simple:
        return _regex_matcher(parts, at), True
    text = str(inner[0]) if inner else ""
    leading, trailing = parts[:1] == [_ANY], parts[-1:] == [_ANY]
    if leading and trailing:
        return lambda texts: pc.match_substring(texts, text), False
    if leading or trailing:
        kernel = pc.ends_with if leading else pc.starts_with
        return lambda texts: kernel(texts, text), False
    return lambda texts: pc.equal(texts, arrow.scalar(text)), False


def _parts(pattern: str) -> list[object]:
    """Literal texts and wildcards in turn; of several % one is enough. A backslash at the end is meant itself."""
    parts: list[object] = []
    characters = iter(pattern)
    for character in characters:
        wildcard = {"%": _ANY, "_": _ONE}.get(character)
        if character == "\\":
            character = next(characters, "\\")
        if wildcard is not None:
            parts += [] if wildcard is _ANY and parts[-1:] == [_ANY] else [wildcard]
        elif parts and isinstance(parts[-1], str):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _regex_matcher(parts: list[object], at: str) -> Matcher:
    expressions = [".*" if part is _ANY else "." if part is _ONE else _escaped(str(part)) for part in parts]
    regex = rf"(?s)\A{''.join(expressions)}\z"

    def matches(texts: Datum) -> Datum:
        try:
            return pc.match_substring_regex(texts, regex)
        except pa.ArrowInvalid:
            raise refusal(at, "the pattern is too large") from None

    return matches


def _escaped(text: str) -> str:
    return "".join(char if char.isalnum() else f"\\x{{{ord(char):x}}}" for char in text)
