from __future__ import annotations

from geoportal.catalog.terms import CC0, CC_BY, NO_DATABASE_RIGHT, NO_DATABASE_WORK, NO_WORK, terms_of

BY, ZERO = {"name": "CC BY 4.0", "url": CC_BY}, {"name": "NKOD", "url": CC0}
OWN = {"name": "podmínky", "url": "https://office.test/podminky"}
UNKNOWN = {"name": "po dohodě"}
FALLBACK = "https://mapy.test/o-datech"


def test_data_in_which_nobody_has_rights_are_stated_so() -> None:
    terms = terms_of([ZERO], "Kraj", FALLBACK)
    assert (terms.work, terms.database_work, terms.database_right) == (NO_WORK, NO_DATABASE_WORK, NO_DATABASE_RIGHT)
    assert terms.author is None


def test_cc_by_covers_works_and_databases_and_names_the_author() -> None:
    terms = terms_of([BY], "ČÚZK", FALLBACK)
    assert {terms.work, terms.database_work, terms.database_right} == {CC_BY}
    assert terms.author == "ČÚZK"


def test_the_strictest_of_several_licences_holds() -> None:
    assert terms_of([ZERO, BY], "ČÚZK", FALLBACK).licence == CC_BY
    assert terms_of([BY, OWN, ZERO], "úřad", FALLBACK).licence == OWN["url"]


def test_terms_without_an_address_lead_to_where_they_are_told() -> None:
    assert terms_of([UNKNOWN], "úřad", FALLBACK).licence == FALLBACK
