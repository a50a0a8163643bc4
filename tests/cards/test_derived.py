from __future__ import annotations

from collections.abc import Mapping

from geoportal.cards import IndicatorCard
from geoportal.cards.derived import LARGEST, expanded, wrong_formulas
from geoportal.formula import parse


def card(name: str, unit: str = "osob", **more: object) -> IndicatorCard:
    aggregate = "ratio" if "formula" in more else "sum"
    origin = {} if "formula" in more else {"spatial": {"operation": "area", "period": "2024"}}
    common = {"title": {"cs": name}, "description": {"cs": name}, "theme": "t", "unit": {"cs": unit}}
    measure = "relative" if "formula" in more else "count"
    return IndicatorCard.model_validate(
        {"id": name, **common, "measure": measure, "aggregate": aggregate, **origin, **more}
    )


def cards(*held: IndicatorCard) -> Mapping[str, IndicatorCard]:
    return {one.id: one for one in held}


PEOPLE, CHILDREN, AREA = card("lidi"), card("deti"), card("plocha", "km²")
SHARE = card("podil", "%", formula="100 * deti / lidi")
DENSITY = card("hustota", "osob na km²", formula="lidi / plocha", nearest=("plocha",))


def test_a_ratio_of_ratios_is_one_formula_of_what_adds_up() -> None:
    rest = card("zbytek", "%", formula="100 - podil")
    held = expanded(rest, cards(PEOPLE, CHILDREN, SHARE, rest))
    assert held.tree == parse("100 - 100 * deti / lidi")
    assert held.nearest == frozenset()


def test_a_part_may_be_of_another_period_only_where_every_formula_that_names_it_says_so() -> None:
    both = card("oboje", "poměr", formula="hustota / (lidi / plocha)", nearest=("plocha",))
    assert expanded(both, cards(PEOPLE, AREA, DENSITY, both)).nearest == {"plocha"}
    strict = card("oboje", "poměr", formula="hustota / (lidi / plocha)")
    assert expanded(strict, cards(PEOPLE, AREA, DENSITY, strict)).nearest == frozenset()
    free = card("oboje", "osob na km²", formula="deti / lidi * hustota", nearest=("hustota", "lidi"))
    assert expanded(free, cards(PEOPLE, CHILDREN, AREA, DENSITY, free)).nearest == {"lidi", "plocha"}


def test_what_is_added_up_is_computed_in_each_obec_from_whatever_is_known_there() -> None:
    mean = card("mira", "%", aggregate="mean", weight="lidi", measure="relative")
    count = card("odhad", formula="mira / 100 * lidi", aggregate="sum", measure="count")
    held = cards(PEOPLE, mean, count)
    assert expanded(count, held).tree == parse("mira / 100 * lidi")
    assert list(wrong_formulas(held)) == []


def test_a_ratio_of_a_mean_is_refused_with_what_adds_up() -> None:
    mean = card("mira", "%", aggregate="mean", weight="lidi", measure="relative")
    wrong = card("spatne", "%", formula="mira / lidi * lidi")
    (said,) = wrong_formulas(cards(PEOPLE, mean, wrong))
    assert said == "spatne: formula: 'mira' is a mean, and aggregate = 'ratio' is of sums; allowed: lidi"


def test_formulas_that_double_each_other_are_stopped_before_they_are_written_out() -> None:
    chain = [PEOPLE, card("x0", "osob", formula="lidi + lidi")]
    chain += [card(f"x{n}", "osob", formula=f"x{n - 1} + x{n - 1}") for n in range(1, 60)]
    (said,) = wrong_formulas(cards(*chain))
    assert said == f"x7: formula: has 256 parts with those of its indicators; {LARGEST} are allowed"


def test_a_formula_of_an_unknown_name_is_left_to_the_check_of_names() -> None:
    assert list(wrong_formulas(cards(PEOPLE, SHARE))) == []
