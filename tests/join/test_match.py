"""Rows and units brought together, and what did not come together."""

from __future__ import annotations

import pytest

from geoportal.errors import TableRefused
from geoportal.join.choices import Choices
from geoportal.join.join import join, read_pasted
from geoportal.join.report import report
from tests.join.places import small_territory

PLACES = small_territory()
TABLE = """obec;podíl
Liberec;1,5
Pěnčín;2,5
Turnof;3
;4
Celkem;10
Liberecký kraj;11
Semily;i.d.
Česká Lípa;5
Česká Lípa;6
Frýdlant;7
Frýdlant;7
Jablonec n. N.;asi 8
"""


def joined(text=TABLE, **choices):
    return join(read_pasted(text), PLACES, Choices(**choices))


def test_every_row_is_accounted_for():
    counts = report(joined())["counts"]
    assert counts == {
        "rows": 12, "rows_left_out": 0, "rows_matched": 7, "units_matched": 5, "units_without_row": 4, "unknown": 2,
        "ambiguous": 1, "other_level": 1, "rows_without_unit": 1, "repeated": 2, "conflicts": 1, "wrong_values": 1,
    }  # fmt: skip


def test_what_did_not_join_is_named_with_rows_and_candidates():
    told = report(joined())
    assert told["unknown"][0] == {
        "text": "Turnof", "rows": [4], "candidates": [{"code": "577626", "name": "Turnov", "district": "Semily"}],
    }  # fmt: skip
    assert [unit["district"] for unit in told["ambiguous"][0]["candidates"]] == ["Liberec", "Jablonec nad Nisou"]
    assert told["other_level"][0]["text"] == "Liberecký kraj"
    assert told["rows_without_unit"] == [5]
    assert told["wrong_values"] == [{"row": 13, "text": "asi 8"}]


def test_rows_that_differ_give_no_value_and_rows_that_agree_give_one():
    values = {value.name: (value.value, value.status) for value in joined().values}
    assert values["Česká Lípa"] == (None, "missing")
    assert values["Frýdlant"] == (7.0, "ok")
    assert values["Semily"] == (None, "confidential")
    assert [(one.unit.name, one.rows) for one in joined().conflicts] == [("Česká Lípa", (9, 10))]


def test_a_column_with_the_okres_tells_repeated_names_apart():
    found = joined("obec;okres;h\nPěnčín;Liberec;1\nPěnčín;Jablonec nad Nisou;2\nTurnov;Semily;3")
    assert {value.code: value.value for value in found.values if value.value} == {
        "564303": 1.0,
        "563749": 2.0,
        "577626": 3.0,
    }
    assert found.matched.by == {"district": 2, "name": 1}


def test_corrections_are_heeded_and_counted():
    found = joined(fixes={"Pěnčín": "563749", "Turnof": "Turnov", "Celkem": "-"})
    assert found.matched.by["chosen"] == 2
    assert found.matched.ambiguous == ()
    assert {value.code: value.value for value in found.values}["563749"] == 2.5


def test_a_correction_to_what_is_no_unit_is_refused():
    with pytest.raises(TableRefused) as refused:
        joined(fixes={"Turnof": "Brno"})
    assert refused.value.values == {"unit": "Brno"}


def test_a_correction_to_a_unit_of_another_level_joins_nothing():
    found = joined(fixes={"Turnof": "CZ0514"})
    assert "Turnof" in [one.text for one in found.matched.unknown]
