from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from geoportal.build.country import Country, country_by_formula, country_from_source
from geoportal.build.ingredients import ingredients
from geoportal.cards import load_inventory
from geoportal.errors import Problems
from geoportal.formula import parse
from geoportal.intake.reading import Reading

INVENTORY = load_inventory(Path(__file__).resolve().parents[2])
POPULATION = INVENTORY.indicators["obyvatel"]


def sources(*rows: tuple[str, str, str], usable: bool = True) -> Any:
    """A source whose rows are year, code and value of the population."""
    frame = pd.DataFrame(rows, columns=["rok", "kod", "hodnota"]).assign(ukazatel="obyvatel")
    held = Reading(frame=frame)
    return SimpleNamespace(
        usable=lambda entries: (list(entries) if usable else [], ""),
        read=lambda name, table=None: held,
        inputs=SimpleNamespace(source=INVENTORY.sources.get),
    )


def test_only_periods_that_the_region_has_and_known_values_are_taken() -> None:
    rows = [("2020", "CZ", "10701777"), ("1990", "CZ", "5"), ("2024", "CZ", "")]
    found = country_from_source(POPULATION, sources(*rows), ("2020", "2024"))
    assert found == Country({"2020": 10701777.0}, ("cesko",))


def test_without_its_source_nothing_is_known_of_the_country() -> None:
    assert country_from_source(POPULATION, sources(usable=False), ("2020",)) == Country()


def test_rows_of_several_territories_are_refused() -> None:
    rows = [("2020", "CZ", "10701777"), ("2020", "CZ051", "442476")]
    with pytest.raises(Problems) as raised:
        country_from_source(POPULATION, sources(*rows), ("2020",))
    (said,) = raised.value.problems
    assert said == "layers/indicators/obyvatel.toml: country: rows of 2 territories (CZ, CZ051 …); select one"


def test_the_formula_of_the_country_needs_all_parts_of_the_period() -> None:
    parts = {"a": Country({"2020": 3.0, "2024": 5.0}, ("x",)), "b": Country({"2020": 4.0}, ("y",))}
    same = {name: {"2020": "2020", "2024": "2024"} for name in parts}
    assert country_by_formula(parse("a / b"), parts, same) == Country({"2020": 0.75}, ("x", "y"))
    nearest = {"a": same["a"], "b": {"2020": "2020", "2024": "2020"}}
    assert country_by_formula(parse("a / b"), parts, nearest).values == {"2020": 0.75, "2024": 1.25}


def test_a_country_divided_by_nothing_is_not_known() -> None:
    parts = {"a": Country({"2020": 3.0}, ("x",)), "b": Country({"2020": 0.0}, ("x",))}
    assert country_by_formula(parse("a / b"), parts, {name: {"2020": "2020"} for name in parts}) == Country()


def test_parts_without_a_period_in_common_are_named_with_what_they_have() -> None:
    periods = {"prijmy-obci": ("2019",), "obyvatel-monitor": ("2020", "2021")}
    with pytest.raises(Problems) as raised:
        ingredients(INVENTORY.indicators["prijmy-na-obyvatele"], INVENTORY.indicators, periods)
    (said,) = raised.value.problems
    assert said == (
        "layers/indicators/prijmy-na-obyvatele.toml: formula: no period in common: prijmy-obci has 2019; "
        "obyvatel-monitor has 2020, 2021; name some in 'nearest'"
    )
