"""Units of measure as the cards write them in Czech, and how they multiply and cancel.

Own words rather than a library of physics: what is counted here is people, dwellings and crowns, in Czech cases.
A word that the table does not know is a unit of its own, so that a card may count whatever it likes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Unit:
    """``factor`` x the product of ``powers`` (dimension and exponent, sorted, none of them 0)."""

    factor: Fraction = Fraction(1)
    powers: tuple[tuple[str, int], ...] = ()

    def __mul__(self, other: Unit) -> Unit:
        return Unit(self.factor * other.factor, _added(dict(self.powers), other.powers, 1))

    def __truediv__(self, other: Unit) -> Unit:
        return Unit(self.factor / other.factor, _added(dict(self.powers), other.powers, -1))

    def scaled(self, factor: Fraction) -> Unit:
        """The unit that is ``factor`` times as large."""
        return Unit(self.factor * factor, self.powers)

    def __str__(self) -> str:
        above = [_power(name, power) for name, power in self.powers if power > 0]
        below = [_power(name, -power) for name, power in self.powers if power < 0]
        text = "·".join(([str(self.factor)] if self.factor != 1 or not above else []) + above)
        return "/".join((text, *below))


def _added(powers: dict[str, int], others: tuple[tuple[str, int], ...], sign: int) -> tuple[tuple[str, int], ...]:
    for name, power in others:
        powers[name] = powers.get(name, 0) + sign * power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"


def _people(*words: str) -> dict[str, Unit]:
    return dict.fromkeys(words, Unit(powers=(("osoba", 1),)))


def _one(name: str, power: int = 1, factor: str = "1") -> Unit:
    return Unit(Fraction(factor), ((name, power),))


_WORDS: Mapping[str, Unit] = {
    **dict.fromkeys(("", "poměr", "index", "koeficient"), Unit()),
    "%": Unit(Fraction(1, 100)),
    "‰": Unit(Fraction(1, 1000)),
    **_people("osob", "osoba", "osoby", "osobu", "obyvatel", "obyvatele", "obyvatelé", "lidí", "žen", "ženy", "mužů"),
    **_people("dětí", "dítě", "seniorů", "cizinců", "občanů", "zaměstnanců", "nezaměstnaných", "uchazečů"),
    # A valid vote is a voter who cast it: turnout adds votes and people who did not vote.
    **_people("voličů", "hlasů"),
    **dict.fromkeys(("byt", "byty", "bytů"), _one("byt")),
    "Kč": _one("Kč"),
    "tis. Kč": _one("Kč", factor="1000"),
    "mil. Kč": _one("Kč", factor="1000000"),
    "km²": _one("km", 2),
    "ha": _one("km", 2, "0.01"),
    "m²": _one("km", 2, "0.000001"),
    "km": _one("km"),
    "m": _one("km", factor="0.001"),
    "t": _one("t"),
    "kg": _one("t", factor="0.001"),
    "min": _one("min"),
    "h": _one("min", factor="60"),
    **dict.fromkeys(("rok", "roky", "let"), _one("rok")),
}  # fmt: skip
_SIDE = re.compile(r"(?P<number>\d[\d\s]*(?:,\d+)?)?\s*(?P<word>.*)")


def unit_of_words(words: str) -> Unit:
    """The unit that a card writes as ``words``, such as ``Kč``, ``obyvatel na km²`` or ``bytů na 1 000 obyvatel``.

    Raises ``ValueError`` for something per 0 of anything.
    """
    above, *below = re.split(r"\s+na\s+|\s*/\s*", words.strip())
    unit = _side(above)
    for part in below:
        unit = unit / _side(part)
    return unit


def _side(text: str) -> Unit:
    match = _SIDE.fullmatch(text.strip())
    assert match  # a number and a word may each be missing
    word = match["word"]
    unit = _WORDS.get(word) or _WORDS.get(word.partition(" ")[0]) or _one(word)  # "osob 15–64 let" are people
    number = Fraction(re.sub(r"\s", "", match["number"] or "1").replace(",", "."))
    if number == 0:
        raise ValueError(f"'{text}' is a unit of nothing")
    return unit.scaled(number)
