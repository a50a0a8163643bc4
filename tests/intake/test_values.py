from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geoportal.cards.indicator import IndicatorFrom
from geoportal.errors import Problems
from geoportal.intake.readers import read
from geoportal.intake.reading import Reading
from geoportal.intake.values import check_values

from .conftest import make_source

UAP = "csu.gov.cz/docs/107508/uap/uap_gis_obce.csv"


def _check(rows: list[tuple[str | None, ...]], read: dict[str, Any] | None = None, **entry: Any) -> Reading:
    frame = pd.DataFrame(rows, columns=["kod", "rok", "cis", "hodnota"], dtype=object)
    keys = {"code": "kod", "value": "hodnota", "period": "rok", **entry}
    return check_values(Reading(frame), IndicatorFrom(source="pramen", **keys), make_source(read=read))


def _tidy(reading: Reading) -> list[tuple[Any, ...]]:
    frame = reading.frame.astype(object).where(reading.frame.notna(), None)
    return [tuple(row) for row in frame[["code", "period", "value", "status"]].to_numpy()]


def test_values_are_tidy_and_missing_and_confidential_are_distinct_from_zero() -> None:
    rows = [
        ("1", "2024", "43", "0"),
        ("2.0", "2024", "43", None),
        ("3", "2024", "43", " i.d. "),
        ("4", "2024", "43", "1.5"),
    ]
    reading = _check(rows, confidential=("i.d.",))
    assert _tidy(reading) == [
        ("1", "2024", 0.0, "ok"),
        ("2", "2024", None, "missing"),
        ("3", "2024", None, "confidential"),
        ("4", "2024", 1.5, "ok"),
    ]
    assert [(note.code, note.count) for note in reading.notes] == [("code-repaired", 1)]


def test_an_empty_value_is_confidential_where_the_card_lists_it() -> None:
    assert _tidy(_check([("1", "2024", "43", None)], confidential=("",))) == [("1", "2024", None, "confidential")]


def test_only_selected_rows_count() -> None:
    rows = [("1", "2024", " 43 ", "5"), ("1", "2024", "101", "9"), ("2", "2024", "44", "7")]
    assert _tidy(_check(rows, select={"cis": ["43", "44"]})) == [("1", "2024", 5.0, "ok"), ("2", "2024", 7.0, "ok")]
    with pytest.raises(Problems, match=r"pramen\.csv: no row is left: column 'cis' has no '45'; it has: 43, 101, 44"):
        _check(rows, select={"cis": "45"})


def test_a_fixed_period_is_given_to_all() -> None:
    assert _tidy(_check([("1", "x", "43", "5")], period=None, period_value="2020")) == [("1", "2020", 5.0, "ok")]


def test_a_thousands_comma_is_no_decimal_comma() -> None:
    rows = [("1", "2024", "43", "1,926,906")]
    assert _tidy(_check(rows, {"thousands": ","}))[0][2] == 1926906
    with pytest.raises(Problems, match=r"row 1 \(1\): column 'hodnota' has '1,926,906', which is not a number"):
        _check(rows)
    with pytest.raises(Problems, match="not a number"):
        _check(rows, {"decimal": ","})


def test_the_same_value_twice_is_noted_and_two_values_are_refused() -> None:
    row = ("1", "2024", "43", "5")
    reading = _check([row, row])
    assert (len(reading.frame), [(note.code, note.count) for note in reading.notes]) == (1, [("duplicate", 1)])
    with pytest.raises(Problems, match="code 1, period 2024 has different values; is a 'select' missing"):
        _check([row, ("1", "2024", "43", "6")])


@pytest.mark.parametrize(
    "entry", [{"value": "hodnoty"}, {"code": "hodnoty"}, {"period": "hodnoty"}, {"select": {"hodnoty": "1"}}]
)
def test_a_missing_column_is_refused_naming_those_present(entry: dict[str, Any]) -> None:
    with pytest.raises(Problems, match="has no column 'hodnoty'; did you mean 'hodnota'"):
        _check([("1", "2024", "43", "5")], **entry)


def test_empty_codes_and_tables_are_refused() -> None:
    with pytest.raises(Problems, match=r"row 1: column 'kod' has no code"):
        _check([(None, "2024", "43", "5")])
    with pytest.raises(Problems, match=r"row 1: column 'rok' has no period"):
        _check([("1", None, "43", "5")])
    with pytest.raises(Problems, match="holds no rows"):
        _check([])


def test_population_of_the_mirror_adds_up(mirror: Path) -> None:
    source = make_source("csu-mos")
    path = mirror / "opendata.csu.gov.cz/soubory/od/od_mos01/mos_data_2024.csv"
    entry = IndicatorFrom(source="x", select={"kodukaz": "111000"}, code="koduzemi", value="hodnota", period="rok")
    tidy = check_values(read(source, [path]), entry, source).frame
    assert (len(tidy), tidy["value"].sum(), set(tidy["status"])) == (215, 449377, {"ok"})


def test_confidential_cells_and_thousands_of_the_mirror(mirror: Path) -> None:
    source = make_source("table", {"thousands": ","})
    reading = read(source, [mirror / UAP])
    entry = IndicatorFrom(source="x", code="KODOBCE", value="U17_2", period_value="2020", confidential=("i.d.",))
    tidy = check_values(reading, entry, source).frame
    assert tidy["status"].value_counts().to_dict() == {"ok": 162, "confidential": 53}
    everyone = check_values(reading, entry.model_copy(update={"value": "U7a"}), source).frame.set_index("code")["value"]
    assert (everyone["563889"], everyone["514161"]) == (1926906, 1723)


@pytest.mark.parametrize(
    "spoil",
    [lambda text: "\ufeff" + text, lambda text: text.replace(",", ";"), lambda text: text.replace("\n", "\r\n")],
)
def test_a_spoilt_long_table_gives_the_same_values(mirror: Path, tmp_path: Path, spoil: Any) -> None:
    original = mirror / "csu.gov.cz/docs/107516/130141r21/ds_130141r21.csv"
    spoilt = tmp_path / "a.csv"
    spoilt.write_bytes(spoil(original.read_text(encoding="utf-8").replace("\r", "")).encode())
    source = make_source("csu-long")
    entry = IndicatorFrom(
        source="x", select={"vuk": "DEM0026B"}, code="vuzemi_kod", value="hodnota", period="rok", confidential=("",)
    )
    one, other = (check_values(read(source, [path]), entry, source).frame for path in (original, spoilt))
    pd.testing.assert_frame_equal(one, other)
    assert len(one) == 215
