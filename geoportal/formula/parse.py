"""The text of a formula as a tree. Nothing but numbers, names, the four signs and parentheses is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geoportal.formula.tree import Name, Number, Operation, Sign, Tree, names

LONGEST = 500  # characters: what a person can check by eye, and no depth that a stack would mind
_TOKEN = re.compile(r"(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>[+\-*/()])")
_HYPHENS = re.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)+")
_ALLOWED = "a formula has numbers such as 0.5, indicators, + - * / and parentheses"


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    place: int

    def __str__(self) -> str:
        return f"'{self.text}'" if self.kind != "end" else "the end"


def parse(text: str) -> Tree:
    """The tree of ``text``, in which ids of indicators are written with ``_`` in place of ``-``.

    ``*`` and ``/`` bind more closely than ``+`` and ``-``, equals from the left. Raises ``ValueError``.
    """
    if len(text) > LONGEST:
        raise ValueError(f"has {len(text)} characters; {LONGEST} are allowed, name a part of it as an indicator")
    reader = _Reader(_tokens(text))
    tree = reader.sum()
    if reader.next.kind != "end":
        raise reader.refusal("an operator or the end")
    if not names(tree):
        raise ValueError(f"'{text}' names no indicator; {_ALLOWED}")
    return tree


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        if glued := _HYPHENS.match(text, place):
            written = glued.group()
            named = written.replace("-", "_")
            said = f"'{written}' is not clear; write {named} for the indicator, or spaces around a minus"
            raise ValueError(f"character {place + 1}: {said}")
        match = _TOKEN.match(text, place)
        if match is None:
            raise ValueError(f"character {place + 1}: '{text[place]}' is not allowed; {_ALLOWED}")
        found.append(_Token(str(match.lastgroup), match.group(), place))
        place = match.end()
    return [*found, _Token("end", "", len(text))]


class _Reader:
    """Recursive descent over tokens; ``next`` is the one to be read."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def next(self) -> _Token:
        return self._tokens[self._at]

    def refusal(self, expected: str) -> ValueError:
        said = f"{self.next} stands where {expected} is expected; {_ALLOWED}"
        return ValueError(f"character {self.next.place + 1}: {said}")

    def _taken(self, *texts: str) -> str | None:
        token = self.next
        if token.text not in texts:
            return None
        self._at += 1
        return token.text

    def sum(self) -> Tree:
        tree = self._product()
        while sign := self._taken("+", "-"):
            tree = Operation(_sign(sign), tree, self._product())
        return tree

    def _product(self) -> Tree:
        tree = self._part()
        while sign := self._taken("*", "/"):
            tree = Operation(_sign(sign), tree, self._part())
        return tree

    def _part(self) -> Tree:
        token = self.next
        if self._taken("("):
            tree = self.sum()
            if not self._taken(")"):
                raise self.refusal("an operator or ')'")
            return tree
        if token.kind not in ("number", "name"):
            raise self.refusal("a number, an indicator or '('")
        self._at += 1
        return Number(token.text) if token.kind == "number" else Name(token.text.replace("_", "-"))


def _sign(text: str) -> Sign:
    signs: dict[str, Sign] = {"+": "+", "-": "-", "*": "*", "/": "/"}
    return signs[text]
