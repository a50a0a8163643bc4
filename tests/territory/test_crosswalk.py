from __future__ import annotations

import pandas as pd
import pytest

from geoportal.errors import Problems
from geoportal.territory.crosswalk import build_crosswalk


def table(**columns: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype=object)


ORP = table(level=["orp", "orp"], code=["5105", "5102"], name=["Liberec", "Frýdlant"], kod_ruian=["817", "809"])


def test_a_code_of_another_system_leads_to_the_official_one() -> None:
    crosswalk = build_crosswalk([("list", ORP)])
    assert crosswalk.official("orp", "kod_ruian", "817") == "5105"
    assert crosswalk.official("orp", "code", "5105") == "5105"
    assert crosswalk.official("orp", "kod_ruian", "5105") is None


def test_translation_names_the_codes_that_are_unknown_and_keeps_absent_ones_absent() -> None:
    crosswalk = build_crosswalk([("list", ORP)])
    codes, unknown = crosswalk.translate("orp", "kod_ruian", pd.Series(["817", None, "999"], dtype=object))
    assert codes.fillna("absent").tolist() == ["5105", "absent", "absent"]
    assert unknown == ["999"]


def test_a_later_source_adds_systems_but_can_not_contradict() -> None:
    other = table(level=["orp"], code=["5102"], name=["Frýdlant"], kod_ruian=["817"])
    with pytest.raises(Problems, match=r"second: orp kod_ruian '817' means 5102, an earlier source says 5105"):
        build_crosswalk([("first", ORP), ("second", other)])


def test_an_unknown_system_is_answered_with_those_there_are() -> None:
    with pytest.raises(Problems, match="'kod_ruian'"):
        build_crosswalk([("list", ORP)]).translate("orp", "kod_ruain", pd.Series(["1"]))
