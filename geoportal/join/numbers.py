"""Numbers as people write them: with a decimal comma or point, blanks between thousands, a sign of percent."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Mark = Literal[",", "."]
Status = Literal["ok", "missing", "confidential"]

_BLANK = " \u00a0\u2007\u2009\u202f'’"
_UNIT = re.compile(r"\s*(%|‰|Kč|€)\s*$")
_SIGNS = "+\\-\u2212\u2013"
# A zero before a group of three is a decimal number (0,125), hence the first digit of grouped numbers.
_COMMA = re.compile(rf"[{_SIGNS}]?(\d+|[1-9]\d{{0,2}}([{_BLANK}.]\d{{3}})+|(?=,\d))(,\d*)?([eE][+-]?\d{{1,3}})?")
_POINT = re.compile(rf"[{_SIGNS}]?(\d+|[1-9]\d{{0,2}}([{_BLANK},]\d{{3}})+|(?=\.\d))(\.\d*)?([eE][+-]?\d{{1,3}})?")
_LONGEST = 60  # characters of a number
_MISSING = frozenset(("", "bez údaje", "neuvedeno", *"-–—−.…x", "..", "...", "na", "n/a", "#n/a", "nan", "null"))
_CONFIDENTIAL = frozenset(("i.d.", "i. d.", "id", "důvěrné", "důvěrný údaj", "confidential"))


@dataclass(frozen=True)
class Reading:
    """A column read as numbers. ``wrong``: positions of texts that are neither numbers nor signs of none.

    ``evident``: the column itself shows which decimal mark it has. ``percent``: some numbers bear the sign.
    """

    values: tuple[float | None, ...]
    status: tuple[Status, ...]
    wrong: tuple[int, ...]
    mark: Mark
    evident: bool
    percent: bool


def status_of(text: str) -> Status:
    """What a cell says beside its number: that there is none, that it is confidential, or nothing (``ok``)."""
    folded = text.strip().casefold()
    if folded in _CONFIDENTIAL:
        return "confidential"
    return "missing" if folded in _MISSING else "ok"


def parse(text: str, mark: Mark) -> float | None:
    """The number that ``text`` is, or None; what is a number with the other decimal mark alone is read so."""
    if len(text) > _LONGEST:
        return None
    if text.isascii() and text.isdigit():
        return float(text)
    plain = _UNIT.sub("", text.strip())
    for one in (mark, "." if mark == "," else ","):
        if (_COMMA if one == "," else _POINT).fullmatch(plain):
            return _float(plain, one)
    return None


def _float(plain: str, mark: str) -> float | None:
    digits = re.sub(rf"[{_BLANK}{'.' if mark == ',' else ','}]", "", plain).replace(mark, ".")
    value = float(re.sub("[\u2212\u2013]", "-", digits))
    return value if math.isfinite(value) else None


def evidence(texts: Iterable[str]) -> int:
    """How many more of ``texts`` can be numbers with a decimal comma only than with a decimal point only."""
    found = 0
    for text in texts:
        if ("," in text or "." in text) and len(text) <= _LONGEST:
            plain = _UNIT.sub("", text.strip())
            found += bool(_COMMA.fullmatch(plain)) - bool(_POINT.fullmatch(plain))
    return found


def read_numbers(texts: Sequence[str], wanted: Mark | None = None, own: int = 0, whole: int = 0) -> Reading:
    """``texts`` as numbers, with the decimal mark ``wanted`` or the one that ``own``, the column's evidence, shows.

    A column such as "1,723" shows none; then ``whole``, the evidence of the whole table, decides, and without any the
    comma is decimal, as Czech has it.
    """
    mark: Mark = wanted or ("," if (own or whole) >= 0 else ".")
    status = tuple(status_of(text) for text in texts)
    values = tuple(parse(text, mark) if said == "ok" else None for text, said in zip(texts, status, strict=True))
    wrong = tuple(at for at, value in enumerate(values) if value is None and status[at] == "ok")
    settled = tuple(
        "missing" if value is None and said == "ok" else said for value, said in zip(values, status, strict=True)
    )
    percent = any("%" in text for text in texts)
    return Reading(values, settled, wrong, mark, bool(own) or wanted is not None, percent)
