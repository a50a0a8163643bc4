from __future__ import annotations

from fractions import Fraction

import pytest

from geoportal.formula import Unit, parse, unit_of, unit_of_words

PERSON, ONE = Unit(powers=(("osoba", 1),)), Unit()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("obyvatel", "osoba"),
        ("osob 15–64 let", "osoba"),
        ("%", "1/100"),
        ("‰", "1/1000"),
        ("poměr", "1"),
        ("Kč na obyvatele", "Kč/osoba"),
        ("tis. Kč", "1000·Kč"),
        ("obyvatel na km²", "osoba/km^2"),
        ("km na km²", "1/km"),
        ("bytů na 1 000 obyvatel", "1/1000·byt/osoba"),
        ("bytů na 1\u00a0000 obyvatel", "1/1000·byt/osoba"),
        ("osob na 100 dětí", "1/100"),
        ("ordinací na 10 000 obyvatel", "1/10000·ordinací/osoba"),
        ("t na 0,5 ha", "200·t/km^2"),
        ("1/rok", "1/rok"),
        ("knih", "knih"),
    ],
)
def test_units_are_read_as_the_cards_write_them(words: str, shown: str) -> None:
    assert str(unit_of_words(words)) == shown


def test_something_per_nothing_is_no_unit() -> None:
    with pytest.raises(ValueError, match="'0 obyvatel' is a unit of nothing"):
        unit_of_words("bytů na 0 obyvatel")


def test_units_multiply_and_cancel() -> None:
    per_head = unit_of_words("Kč na obyvatele")
    assert per_head * PERSON == unit_of_words("Kč")
    assert per_head / per_head == ONE
    assert PERSON.scaled(Fraction(2)) / PERSON == Unit(Fraction(2))


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("100 * lidi / lide", "%"),
        ("lidi / lide * 100", "%"),
        ("lidi / lide / 0.01", "%"),
        ("lidi / lide", "poměr"),
        ("1000 * (lidi - lide) / (lidi + lide)", "‰"),
        ("podil / 100 * lidi", "osob"),
        ("100 - podil", "%"),
        ("podil - 5 * 2", "%"),
        ("kc / lidi", "Kč na obyvatele"),
        ("1000 * tisice / lidi", "Kč na obyvatele"),
        ("lidi / (hektary / 100)", "obyvatel na 100 ha"),
        ("100 * lidi / hektary", "obyvatel na km²"),
        ("2 / plocha", "0,5/km²"),
    ],
)
def test_numbers_that_multiply_convert_one_unit_into_another(text: str, declared: str) -> None:
    words = {"lidi": "obyvatel", "lide": "osob", "podil": "%", "kc": "Kč", "tisice": "tis. Kč", "plocha": "km²"}
    units = {name: unit_of_words(said) for name, said in {**words, "hektary": "ha"}.items()}
    assert unit_of(parse(text), units) == unit_of_words(declared)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lidi + plocha", "adds or subtracts unlike things, osoba and km^2"),
        ("lidi - 100 * lidi", "adds or subtracts unlike things, osoba and 1/100·osoba"),
        ("lidi + 1", "adds or subtracts a bare number and osoba"),
        ("1 - lidi", "adds or subtracts a bare number and osoba"),
        ("0 * lidi", "multiplies or divides by 0"),
        ("lidi / 0", "multiplies or divides by 0"),
        ("lidi / (2 - 2)", "multiplies or divides by 0"),
        ("lidi * (1 / 0)", "multiplies or divides by 0"),
    ],
)
def test_what_does_not_go_together_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match="^" + said.replace("^", r"\^").replace("·", ".") + "$"):
        unit_of(parse(text), {"lidi": PERSON, "plocha": unit_of_words("km²")})
