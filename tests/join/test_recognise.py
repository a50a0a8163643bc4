"""What is what in a table: header, unit column, level, values, periods."""

from __future__ import annotations

import pytest

from geoportal.errors import TableRefused
from geoportal.join.choices import Choices
from geoportal.join.join import join, read_pasted
from tests.join.places import small_territory

PLACES = small_territory()


def joined(text, **choices):
    return join(read_pasted(text), PLACES, Choices(**choices))


def recognised(text, **choices):
    found = joined(text, **choices)
    return found.seen.level, found.table.header[found.seen.unit], found.title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Obec;Podíl\nLiberec;1\nTurnov;2", ("obec", "Obec", "Podíl")),
        ("kod;nazev;hodnota\n563889;Liberec;1\n577626;Turnov;2", ("obec", "kod", "hodnota")),
        ("nazev;kod;hodnota\nLiberec;563889;1\nTurnov;577626;2", ("obec", "kod", "hodnota")),
        ("okres;h\nLiberec;1\nSemily;2\nČeská Lípa;3\nJablonec nad Nisou;4", ("okres", "okres", "h")),
        ("území;h\nLiberec;1\nSemily;2\nČeská Lípa;3\nJablonec nad Nisou;4", ("okres", "území", "h")),
        ("ORP;h\nLiberec;1\nFrýdlant;2", ("orp", "ORP", "h")),
        ("Město;h\nLiberec;1\nFrýdlant;2", ("obec", "Město", "h")),
        ("kod;h\n3505;1\n3508;2", ("okres", "kod", "h")),
        ("kod;h\n40541;1\n40550;2", ("okres", "kod", "h")),
        ("okres;obec;h\nLiberec;Liberec;1\nLiberec;Frýdlant;2\nSemily;Turnov;3", ("obec", "obec", "h")),
        ("obec;kod_x;rok;h\nLiberec;1;2020;5\nTurnov;2;2020;6", ("obec", "obec", "h")),
    ],
)
def test_unit_level_and_value_are_recognised(text, expected):
    assert recognised(text) == expected


def test_what_is_chosen_comes_before_what_is_recognised():
    text = "a;b;c\nLiberec;1;2\nSemily;3;4"
    assert recognised(text, value="c", level="obec") == ("obec", "a", "c")
    assert recognised(text, value="#2", level="okres") == ("okres", "a", "b")


@pytest.mark.parametrize("choice", [{"value": "x"}, {"unit": "#9"}, {"value": "#0"}, {"unit": "#"}])
def test_a_column_that_is_not_there_is_refused_with_those_that_are(choice):
    with pytest.raises(TableRefused) as refused:
        joined("obec;h\nLiberec;1", **choice)
    assert refused.value.key == "column"
    assert refused.value.values["columns"] == "obec, h"


def test_a_table_of_elsewhere_is_refused():
    with pytest.raises(TableRefused, match="no_units"):
        joined("obec;h\nBrno;1\nOstrava;2")


def test_a_table_without_a_header_gets_numbers_for_names():
    found = joined("Liberec;1\nTurnov;2")
    assert found.table.header == ("sloupec 1", "sloupec 2")
    assert not found.table.headed
    assert len(found.matched.rows) == 2


def test_a_first_row_of_an_unknown_place_is_no_header():
    assert not joined("Praha;5\nLiberec;1\nTurnov;2").table.headed


def test_titles_above_the_header_are_kept_apart():
    found = joined("Podíl osob v roce 2024\nzdroj: šetření\nobec;podíl\nLiberec;1\nTurnov;2")
    assert found.table.header == ("obec", "podíl")
    assert found.table.skipped == ("Podíl osob v roce 2024", "zdroj: šetření")


def test_two_rows_of_header_become_one():
    found = joined("obec;muži;;ženy;\n;2020;2021;2020;2021\nLiberec;1;2;3;4\nTurnov;5;6;7;8")
    assert found.table.header == ("obec", "muži – 2020", "muži – 2021", "ženy – 2020", "ženy – 2021")


def test_years_as_names_of_columns_are_a_header():
    assert joined("obec;2020;2021\nLiberec;1;2").table.header == ("obec", "2020", "2021")


def test_repeated_and_missing_names_of_columns_are_told_apart():
    assert joined("obec;x;;x\nLiberec;1;2;3\n").table.header == ("obec", "x", "sloupec 3", "x (2)")


@pytest.mark.parametrize("text", ["obec;podíl", "obec;podíl\n;;\n", "Liberec"])
def test_a_header_alone_is_refused_or_is_a_row(text):
    if text == "Liberec":
        assert len(joined(text).matched.rows) == 1
        return
    with pytest.raises(TableRefused, match="header_only"):
        joined(text)


def test_a_row_longer_than_the_header_is_refused_by_its_number():
    with pytest.raises(TableRefused) as refused:
        joined("obec,podíl\nLiberec,1\nTurnov,1,5\nSemily,2\n")
    assert refused.value.values == {"row": 3, "cells": 3, "width": 2}


LONG = "uzemi;rok;ukazatel;pohlavi;hodnota\n" + "\n".join(
    f"{code};{year};{name};{sex};{number}"
    for number, (code, year, name, sex) in enumerate(
        (code, year, name, sex)
        for code in ("563889", "577626")
        for year in ("2023", "2024")
        for name in ("narození", "zemřelí")
        for sex in ("m", "z")
    )
)


def test_rows_of_one_unit_are_told_apart_by_period_and_by_words():
    found = joined(LONG)
    header = found.table.header
    assert {header[one.column]: one.part for one in found.seen.parters} == {
        "rok": "2024", "ukazatel": "narození", "pohlavi": "m",
    }  # fmt: skip
    values = {value.code: value.value for value in found.values if value.value is not None}
    assert values == {"563889": 4.0, "577626": 12.0}
    assert found.matched.left_out == 14


def test_another_period_and_part_may_be_chosen():
    found = joined(LONG, parts={"rok": "2023", "#3": "zemřelí"})
    assert {value.code: value.value for value in found.values if value.value is not None} == {
        "563889": 2.0,
        "577626": 10.0,
    }
    with pytest.raises(TableRefused) as refused:
        joined(LONG, parts={"rok": "1999"})
    assert refused.value.values["parts"] == "2023, 2024"
