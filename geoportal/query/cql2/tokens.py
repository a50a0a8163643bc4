"""A filter text as tokens with their positions (OGC 21-065r2, annex B)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geoportal.query.cql2.limits import refusal

_START = (
    r":_A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1ffe\u200c\u200d\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<name>[{_START}][{_START}.0-9\u0300-\u036f\u203f\u2040]*)
    |(?P<quoted>"(?:[^"]|"")+")
    |(?P<text>'(?:''|\\'|[^'])*')
    |(?P<sign><>|<=|>=|!=|==|[=<>+\-*/%^(),])""",
    re.VERBOSE,
)
_QUOTE = re.compile(r"\\'|''")
_HINTS = {"!=": "write <> for 'is not equal'", "==": "write = for 'is equal'"}
KEYWORDS = {"AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV"}


@dataclass(frozen=True)
class Token:
    """``kind`` is ``number``, ``name``, ``quoted``, ``text``, ``sign``, ``keyword`` or ``end``; text is unescaped."""

    kind: str
    value: str
    start: int
    end: int
    at: str

    def __str__(self) -> str:
        return "the end" if self.kind == "end" else f"'{self.value}'"


def position(text: str, offset: int) -> str:
    """The place of an offset, counted from 1: ``character 7``, or ``line 2, column 3`` of a text of several lines."""
    if "\n" not in text:
        return f"character {offset + 1}"
    start = text.rfind("\n", 0, offset) + 1
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - start + 1}"


def tokens(text: str) -> list[Token]:
    """All tokens of ``text``, and one of kind ``end``. Raises ``InvalidParameter`` at a character of no token."""
    found: list[Token] = []
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            raise refusal(position(text, offset), _unknown(text[offset]))
        kind, value = str(match.lastgroup), match.group()
        if value in _HINTS:
            raise refusal(position(text, offset), f"'{value}' is not an operator of CQL2; {_HINTS[value]}")
        if kind != "space":
            found.append(_token(kind, value, offset, match.end(), position(text, offset)))
        offset = match.end()
    return [*found, Token("end", "", offset, offset, position(text, offset))]


def _token(kind: str, value: str, start: int, end: int, at: str) -> Token:
    if kind == "name" and value.upper() in KEYWORDS:
        return Token("keyword", value.upper(), start, end, at)
    if kind == "text":
        return Token(kind, _QUOTE.sub("'", value[1:-1]), start, end, at)
    if kind == "quoted":
        return Token(kind, value[1:-1].replace('""', '"'), start, end, at)
    return Token(kind, value, start, end, at)


def _unknown(character: str) -> str:
    if character in "'\"":
        return f"the {character} that opens here is never closed"
    return f"{character!r} is not a part of CQL2"
