"""The ways in which tables speak of units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.join.places import small_territory

PLACES = small_territory()


def codes(text, level=None):
    return {(unit.level, unit.code) for unit in PLACES.find(text, level).units}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("563889", ("obec", "563889")), ("563889.0", ("obec", "563889")), ("563889,0", ("obec", "563889")),
        (" 563 889 ", ("obec", "563889")), ("'563889", ("obec", "563889")), ("CZ0513", ("okres", "CZ0513")),
        ("cz0513", ("okres", "CZ0513")), ("3505", ("okres", "CZ0513")), ("40541", ("okres", "CZ0513")),
        ("817", ("orp", "5105")), ("5105", ("orp", "5105")), ("78", ("kraj", "CZ051")), ("CZ051", ("kraj", "CZ051")),
        ("Turnov", ("obec", "577626")), ("TURNOV", ("obec", "577626")), ("zlata olesnice", ("obec", "563871")),
        ("okres Liberec", ("okres", "CZ0513")), ("okr. Semily", ("okres", "CZ0514")), ("ORP Frýdlant", ("orp", "5102")),
        ("SO ORP Frýdlant", ("orp", "5102")), ("Město Liberec", ("obec", "563889")),
        ("Liberecký kraj", ("kraj", "CZ051")), ("Pěnčín (Liberec)", ("obec", "564303")),
        ("Pencin (okres Jablonec nad Nisou)", ("obec", "563749")), ("Pěnčín, okr. Jablonec n. N.", ("obec", "563749")),
        ("Pěnčín - ORP Železný Brod", ("obec", "563749")), ("Pěnčín [CZ0513]", ("obec", "564303")),
    ],
)  # fmt: skip
def test_a_unit_is_found_by(text, unit):
    assert codes(text) == {unit}


@pytest.mark.parametrize(
    "text", ["Jablonec n. N.", "Jablonec n.N.", "jablonec n/N", "Jablonec n N", "Jablonec nad Nis."]
)
def test_an_abbreviated_name_is_found(text):
    assert codes(text, "obec") == {("obec", "563510")}
    assert PLACES.find(text, "obec").how == "abbreviation"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Praha",
        "554782",
        "Liber",
        "Zlatá Olešnice (Semily)",
        "okres Turnov",
        "n. N.",
        "((((",
        "-",
        "a" * 500,
        "3 mm",
    ],
)
def test_what_names_no_unit_is_not_guessed(text):
    assert codes(text) == set()


def test_a_repeated_name_is_left_open_and_what_stands_around_narrows_it():
    assert codes("Pěnčín") == {("obec", "564303"), ("obec", "563749")}
    found = PLACES.find("Pěnčín", "obec", PLACES.find("Liberec").units)
    assert [unit.code for unit in found.units] == ["564303"]
    assert found.how == "district"


def test_a_name_of_several_levels_is_all_of_them_until_one_is_asked_for():
    assert codes("Semily") == {("obec", "576964"), ("orp", "5108"), ("okres", "CZ0514")}
    assert codes("Semily", "okres") == {("okres", "CZ0514")}


def test_candidates_are_the_likeliest_first_and_none_for_codes():
    assert [unit.name for unit in PLACES.candidates("Turnof", "obec")] == ["Turnov"]
    assert [unit.code for unit in PLACES.candidates("Zlatá Olešnice (Semily)", "obec")] == ["563871"]
    assert PLACES.candidates("563888", "obec") == ()
    assert PLACES.candidates("Brno", "obec") == ()


@given(st.text(max_size=130))
def test_any_text_may_be_asked_for(text):
    PLACES.find(text)
    PLACES.candidates(text, "obec")
