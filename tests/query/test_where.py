from __future__ import annotations

import pytest

from geoportal.errors import InvalidParameter
from geoportal.query.cql2 import parse_filter
from geoportal.query.where import cql2_of


@pytest.mark.parametrize(("where", "cql2"), [
    ("1=1", "1=1"),
    ("nazev LIKE 'L%' AND kod IN ('1', '2')", "nazev LIKE 'L%' AND kod IN ('1', '2')"),
    ("UPPER(nazev) LIKE UPPER('%čes%')", "UPPER(nazev) LIKE '%ČES%'"),
    ("lower( nazev ) = lower( 'Žďár' )", "lower( nazev ) = 'žďár'"),
    ("nazev = N'Jičín'", "nazev = 'Jičín'"),
    ("den > DATE '2024-01-31'", "den > TIMESTAMP('2024-01-31T00:00:00Z')"),
    ("den > timestamp '2024-01-31 12:30:05'", "den > TIMESTAMP('2024-01-31T12:30:05Z')"),
    ("den > TIMESTAMP '2024-01-31T12:30:05+02:00'", "den > TIMESTAMP('2024-01-31T10:30:05Z')"),
    ("nazev = 'it''s DATE ''2024-01-31'' UPPER(''x'')'", "nazev = 'it''s DATE ''2024-01-31'' UPPER(''x'')'"),
    ("\"date '2024\" = 'x'", "\"date '2024\" = 'x'"),
])  # fmt: skip
def test_sql_is_said_in_cql2(where: str, cql2: str) -> None:
    assert cql2_of(where) == cql2
    parse_filter(cql2)


@pytest.mark.parametrize("where", ["den > DATE '31.1.2024'", "den > TIMESTAMP 'x'", "den > DATE '2024-02-30'"])
def test_a_malformed_time_is_named(where: str) -> None:
    with pytest.raises(InvalidParameter, match="is not a time such as"):
        cql2_of(where)


@pytest.mark.parametrize("where", ["1=1; DROP TABLE obce", "nazev = (SELECT 1)", "EXTRACT(YEAR FROM den) = 2024"])
def test_what_cql2_has_no_word_for_is_left_for_its_parser_to_refuse(where: str) -> None:
    with pytest.raises(InvalidParameter):
        parse_filter(cql2_of(where))
