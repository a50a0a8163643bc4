from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geoportal.errors import Problems
from geoportal.intake.crosswalk import check_crosswalk
from geoportal.intake.readers import read
from geoportal.intake.reading import Reading

from .conftest import make_source


def _check(rows: list[tuple[str | None, ...]], **crosswalk: Any) -> pd.DataFrame:
    keys = {"level_column": "uroven", "code": "kod", "name": "nazev", "others": ["ruian"], **crosswalk}
    frame = pd.DataFrame(rows, columns=["uroven", "kod", "nazev", "ruian"], dtype=object)
    return check_crosswalk(Reading(frame), make_source(crosswalk=keys))


def test_codes_are_text_and_equal_rows_are_one() -> None:
    row = ("okres", "CZ0511", "Česká Lípa", "3501.0")
    table = _check([row, row, ("kraj", "CZ051", "Liberecký kraj", None)])
    assert list(table.columns) == ["level", "code", "name", "ruian"]
    assert table.to_numpy().tolist() == [
        ["okres", "CZ0511", "Česká Lípa", "3501"],
        ["kraj", "CZ051", "Liberecký kraj", None],
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("okrs", "1", "a", "1"), "level 'okrs' is not one; did you mean 'okres'"),
        (("okres", None, "a", "1"), "row 2 has no code or no level"),
        (("okres", "CZ0511", "Lípa", "9"), "code repeats in rows that differ: CZ0511"),
    ],
)
def test_a_crosswalk_that_contradicts_itself_is_refused(row: tuple[str | None, ...], said: str) -> None:
    with pytest.raises(Problems, match=said):
        _check([("okres", "CZ0511", "Česká Lípa", "3501"), row])


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(Problems, match="has no column 'rujan'; did you mean 'ruian'"):
        _check([("okres", "CZ0511", "Česká Lípa", "3501")], others=["rujan"])


def test_a_source_without_a_crosswalk_is_refused() -> None:
    with pytest.raises(Problems, match=r"data/sources/pramen\.toml: crosswalk: is missing"):
        check_crosswalk(Reading(pd.DataFrame({"a": ["1"]})), make_source())


def test_the_code_list_of_districts_translates_to_ruian(mirror: Path) -> None:
    keys = {"level": "okres", "code": "okres_lau", "name": "text", "others": ["chodnota", "kod_ruian"]}
    source = make_source("csu-codelist", crosswalk=keys)
    table = check_crosswalk(read(source, [mirror / "apl2.czso.cz/iSMS/do_cis_export__kodcis-101.csv"]), source)
    assert table.set_index("code").loc["CZ0511", ["chodnota", "kod_ruian"]].tolist() == ["40525", "3501"]
    assert len(table) == 4
