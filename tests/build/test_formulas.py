"""Indicators by formula against pandas, over all levels and periods of the upstream files."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geoportal.cards import IndicatorCard, load_inventory
from geoportal.settings import Settings
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.snapshot.reader import Follower, Snapshot

HOME = Path(__file__).resolve().parents[2]
CARDS = load_inventory(HOME).indicators
UNCLEARED = {"podil-lesu", "podil-ockovanych", "osoby-v-exekuci-na-1000"}
RATIOS = sorted(name for name, card in CARDS.items() if card.aggregate == "ratio" and name not in UNCLEARED)
FIELDS = {"pou": "kod_pou", "orp": "kod_orp", "okres": "kod_okresu", "kraj": "kod_kraje"}


@pytest.fixture(scope="module")
def held(mirror_settings: Settings) -> Snapshot:
    return Follower(mirror_settings.build)()


@pytest.fixture(scope="module")
def above(held: Snapshot) -> pd.DataFrame:
    """The codes of the units that each obec lies in, by level."""
    rows = pd.DataFrame([feature["properties"] for feature in held.collections["obce"].features()]).set_index("kod")
    return rows.rename(columns={field: level for level, field in FIELDS.items()}).assign(obec=rows.index)


def base(held: Snapshot, name: str, period: str) -> pd.Series:
    """Values by obec of the period nearest to ``period``, of two equally near the later one."""
    table = held.indicators[name]
    nearest = min(table.periods("obec"), key=lambda one: (abs(float(one) - float(period)), -float(one)))
    return pd.Series({row.code: row.value for row in table.values("obec", nearest)}, dtype=float)


def given(table: IndicatorTable, level: str, period: str) -> tuple[pd.Series, dict[str, str]]:
    rows = table.values(level, period)
    values = pd.Series({row.code: row.value for row in rows}, dtype=float)
    return values.sort_index(), {row.code: row.status for row in rows}


@pytest.mark.parametrize("name", RATIOS)
def test_a_ratio_is_its_formula_of_the_sums_at_every_level_and_period(
    held: Snapshot, above: pd.DataFrame, name: str
) -> None:
    table, text = held.indicators[name], str(CARDS[name].formula)
    compared = 0
    for period in table.periods(table.levels[0]):
        parts = {part.replace("-", "_"): base(held, part, period) for part in CARDS[name].depends_on}
        known = pd.DataFrame(parts).dropna()
        for level in table.levels:
            sums = known.groupby(above.loc[known.index, level]).sum()
            expected = sums.eval(text).replace([np.inf, -np.inf], np.nan)
            values, statuses = given(table, level, period)
            pd.testing.assert_series_equal(
                values, expected.reindex(values.index), check_names=False, rtol=1e-12, check_index_type=False
            )
            whole = above.groupby(level).size() == known.groupby(above.loc[known.index, level]).size()
            for code, status in statuses.items():
                told = "ok" if whole.get(code) else "incomplete"
                assert status == (told if not np.isnan(values[code]) else "missing")
            compared += len(values)
    assert compared == sum(len(held.units[level]) * len(table.periods(level)) for level in table.levels)


def test_a_sum_by_formula_is_computed_in_each_obec_and_then_added_up(held: Snapshot, above: pd.DataFrame) -> None:
    by_obec = base(held, "prijmy-obci", "2019") - base(held, "vydaje-obci", "2019")
    table = held.indicators["saldo-rozpoctu"]
    for level in FIELDS:
        values, statuses = given(table, level, "2019")
        expected = by_obec.groupby(above[level]).sum()
        assert np.allclose(values, expected.loc[values.index], rtol=1e-12)
        short = set(above.loc[by_obec[by_obec.isna()].index, level])
        assert {code for code, status in statuses.items() if status == "incomplete"} == short


def test_a_part_of_another_period_is_told_in_the_manifest(held: Snapshot) -> None:
    (note,) = held.indicators["silnice-na-1000"].entry["notes"]
    assert note["text"] == "obyvatel je z jiného období"
    assert note["examples"] == ["2021: 2020"]
    assert held.indicators["silnice-na-1000"].borrowed == {"obyvatel": {"2021": "2020"}}
    assert held.indicators["nezamestnanost"].borrowed == {"obyvatel-15-64": {"2024": "2020"}}
    assert held.indicators["ucast-psp"].borrowed == {}


def test_the_country_is_that_of_the_typed_table_and_of_the_same_formula(held: Snapshot) -> None:
    facts = pd.read_csv(HOME / "data/facts/cesko.csv").set_index(["ukazatel", "rok"])["hodnota"]
    for name, period in facts.index:
        assert held.indicators[name].country(str(period)) == facts[name, period]
    valid, absent = facts["platne-hlasy", 2006], facts["nevolici", 2006]
    turnout = held.indicators["ucast-psp"]
    assert turnout.country("2006") == pytest.approx(100 * valid / (valid + absent))
    assert turnout.country("2010") is None
    assert turnout.country_attribution == held.manifest["sources"]["cesko"]["attribution"]
    density = facts["obyvatel", 2020] / facts["rozloha", 2024]
    assert held.indicators["hustota-obyvatel"].countries == {"2020": pytest.approx(density)}
    assert held.indicators["podil-zen"].countries == {}


def test_every_ratio_has_a_formula_and_nothing_is_said_twice() -> None:
    for path in (HOME / "layers/indicators").glob("*.toml"):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        assert "ratio" not in content
        assert isinstance(CARDS[path.stem], IndicatorCard)
