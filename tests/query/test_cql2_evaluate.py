"""Which rows a filter lets through: values, unknowns, kinds and time."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest

from geoportal.errors import InvalidParameter
from geoportal.query.cql2 import Limits, evaluate, parse_filter
from tests.query.tables import MemoryTable, small

TABLE = small()


def rows(text: str, table: MemoryTable = TABLE) -> list[int]:
    mask = evaluate(parse_filter(text), table)
    assert mask.dtype == bool
    assert mask.shape == (table.count,)
    return np.flatnonzero(mask).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name = 'Liberec'", [0]),
        ("name < 'Liberec'", [5]),
        ("name > code", [0, 1, 2, 5]),
        ("size = 9007199254740993", [5]),
        ("size = 9007199254740992", []),
        ("size > 1.5", [1, 3, 4, 5]),
        ("size = share * 2", [0, 3]),
        ("open", [0, 3, 5]),
        ("NOT open", [1, 4]),
        ("open = (size = 1)", [0, 1, 4]),
        ("open > FALSE", [0, 3, 5]),
        ("day = DATE('2022-01-08')", [1, 4]),
        ("seen > TIMESTAMP('2022-04-15T05:20:00Z')", [3]),
        ("size BETWEEN 2 AND 4", [1, 3]),
        ("size NOT BETWEEN 2 AND 4", [0, 4, 5]),
        ("name BETWEEN 'K' AND 'M'", [0]),
        ("name IS NULL", [3]),
        ("name IS NOT NULL", [0, 1, 2, 4, 5]),
        ("size + share IS NULL", [1, 2]),
        ("tags IS NULL", [2]),
        ("1 = 1", [0, 1, 2, 3, 4, 5]),
        ("1 = 2 OR 'a' > 'b'", []),
        ("FALSE", []),
    ],
)
def test_comparison_lets_these_rows_through(text: str, expected: list[int]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("size IN (1, 2.0, 2.5, 1e300)", [0, 1]),
        ("size IN (5)", [4]),
        ("share * -1 IN (0, 9)", [5]),
        ("size NOT IN (1, 2)", [3, 4, 5]),
        ("share IN (1, 2)", [3]),
        ("name IN (code, 'Semily', 'Liberec')", [0, 4]),
        ("code NOT IN (code)", []),
        ("seen IN (TIMESTAMP('2020-09-13T12:26:40Z'), TIMESTAMP('2020-09-13T12:26:40.000001Z'))", [0]),
        ("'Semily' IN (name, 'x')", [4]),
        ("CASEI(name) IN (CASEI('LIBEREC'), CASEI('SEMILY'))", [0, 2, 4]),
    ],
)
def test_membership_lets_these_rows_through(text: str, expected: list[int]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NOT size = 1", [1, 3, 4, 5]),
        ("NOT (size = 1 AND name = 'x')", [0, 1, 2, 3, 4, 5]),
        ("NOT (size <> 1 AND name = 'liberec')", [0, 1, 4, 5]),
        ("size = 1 OR NOT size = 1", [0, 1, 3, 4, 5]),
        ("size = 7 OR name = 'liberec'", [2]),
        ("NOT (size = 7 OR name = 'x')", [0, 1, 4, 5]),
        ("size IN (1, share)", [0]),
        ("NOT size IN (1, share)", [3, 4, 5]),
        ("NOT S_INTERSECTS(geom, POINT(50 50))", [0, 1, 2, 3, 4]),
        ("size / 0 = 1 OR NOT size / 0 = 1", []),
        ("size ^ 0 = 1", [0, 1, 3, 4, 5]),
        ("1 ^ share = 1", [0, 2, 3, 4, 5]),
    ],
)
def test_unknown_stays_unknown_under_not(text: str, expected: list[int]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 DIV 2 = 3", True),
        ("-7 DIV 2 = -3", True),
        ("-7 % 3 = -1", True),
        ("2 * 3 ^ 2 - 4 / 8 = 17.5", True),
        ("-2 ^ 2 = 4", True),
        ("1 / 0 IS NULL", True),
        ("0 / 0 IS NULL", True),
        ("10 ^ 400 IS NULL", True),
        ("(0 - 8) ^ 0.5 IS NULL", True),
        ("abs(0 - 2) + floor(1.5) + ceil(1.5) = 5", True),
        ("length('ščř') = 3 AND upper('ß') = 'SS' AND lower('ČÁP') = 'čáp'", True),
    ],
)
def test_calculation_of_constants(text: str, expected: bool) -> None:
    assert rows(text) == (list(range(6)) if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T_INTERSECTS(seen, DATE('2022-04-15'))", [1, 4]),
        ("T_AFTER(seen, DATE('2022-04-14'))", [1, 3, 4]),
        ("T_INTERSECTS(day, TIMESTAMP('2022-01-08T23:59:59Z'))", [1, 4]),
        ("T_DURING(INTERVAL(seen, until), INTERVAL('2022-01-01', '2022-12-31'))", [1, 4]),
        ("T_DURING(INTERVAL(seen, until), INTERVAL('..', '..'))", [0, 1, 3, 4, 5]),
        ("T_MEETS(INTERVAL(seen, until), INTERVAL('2022-04-15T05:20:09Z', '..'))", [1, 4]),
        ("T_EQUALS(INTERVAL(day, day), day)", [0, 1, 3, 4, 5]),
        ("NOT T_AFTER(seen, DATE('2022-04-14'))", [0, 5]),
        ("T_INTERSECTS(INTERVAL(seen, until), INTERVAL('..', '2022-04-15T05:20:00Z'))", [0, 1, 4, 5]),
    ],
)
def test_relation_in_time(text: str, expected: list[int]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A_CONTAINS(tags, ('a'))", [0, 3, 5]),
        ("A_CONTAINEDBY(tags, ('a', 'b'))", [0, 1, 3]),
        ("A_EQUALS(tags, ('b', 'a', 'a', 'c'))", [5]),
        ("A_EQUALS(tags, ())", [1]),
        ("A_OVERLAPS(tags, ('b', 'x'))", [0, 5]),
        ("A_OVERLAPS(('b', 'x'), tags)", [0, 5]),
        ("NOT A_OVERLAPS(tags, ('b'))", [1, 3]),
        ("A_EQUALS(tags, tags)", [0, 1, 3, 5]),
        ("A_CONTAINS((size, share), (1))", [0]),
        ("A_CONTAINS((size, 3), (1.0, 3))", [0]),
        ("A_CONTAINS(('1', TRUE), (1))", []),
        ("A_CONTAINS((share * -1), (0))", [5]),
        ("A_EQUALS((POINT(1 2), (1, 2)), ((2, 1, 1), POINT(1 2)))", [0, 1, 2, 3, 4, 5]),
        ("A_EQUALS((DATE('2020-01-01')), (TIMESTAMP('2020-01-01T00:00:00Z')))", []),
        ("A_OVERLAPS((INTERVAL('..', '2020-01-01')), (INTERVAL('..', '2020-01-02')))", []),
    ],
)
def test_relation_of_arrays(text: str, expected: list[int]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("nme = 'x'", "character 1", "did you mean 'name'?"),
        ("size = '1'", "character 8", "'size' is a number, '1' is a text"),
        ("size = 1 AND code = 3505", "character 21", "in single quotes"),
        ("day = '2020-01-01'", "character 7", "write DATE("),
        ("seen > DATE('2020-01-01')", "character 13", "T_INTERSECTS"),
        ("size LIKE 'a%'", "character 1", "LIKE needs a text"),
        ("name LIKE code", "character 11", "pattern of LIKE"),
        ("CASEI(size) = 'a'", "character 7", "CASEI needs a text"),
        ("name + 1 = 2", "character 1", "+ needs a number"),
        ("S_WITHIN(name, POINT(1 1))", "character 10", "S_WITHIN needs a geometry"),
        ("geom = geom", "character 1", "'geom' is a geometry"),
        ("T_AFTER(size, day)", "character 9", "T_AFTER needs a date"),
        ("T_DURING(day, INTERVAL('..', '..'))", "character 10", "T_DURING needs an interval"),
        ("T_AFTER(INTERVAL(day, seen), day)", "character 9", "both timestamps"),
        ("A_EQUALS(name, ('a'))", "character 10", "A_EQUALS needs an array"),
        ("A_EQUALS((geom), ())", "character 11", "must be written out"),
        ("size IN (1, 'a')", "character 13", "'a' is a text"),
        ("size IN ()", "character 9", "at least one value"),
        ("size AND open", "character 1", "AND needs true or false"),
        ("size", "character 1", "the filter as a whole"),
    ],
)
def test_a_filter_that_does_not_fit_is_refused(text: str, place: str, reason: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        rows(text)
    assert f"filter, {place}: " in str(refused.value)
    assert reason in str(refused.value)


def test_a_filter_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(InvalidParameter, match="longer than 0 s"):
        evaluate(parse_filter("size = 1 AND size = 2"), TABLE, seconds=0)


def test_too_many_wildcards_are_refused() -> None:
    with pytest.raises(InvalidParameter, match="more than 2 wildcards"):
        evaluate(parse_filter("name LIKE '%a%b%'"), TABLE, limits=Limits(wildcards=2))


def test_arrays_that_would_fill_the_memory_are_refused() -> None:
    table = MemoryTable({"n": pa.array(np.arange(200_000))}, np.full(200_000, None))
    with pytest.raises(InvalidParameter, match="elements over all features"):
        rows(f"A_OVERLAPS(({','.join(['n'] * 50)}), (1))", table)


@pytest.mark.parametrize(
    "text", ["CASEI(name) = 'x'", "name LIKE '%x_'", "S_WITHIN(geom, POINT(1 1))", "A_EQUALS(tags, ('a'))", "1 = 1"]
)
def test_an_empty_table_gives_an_empty_mask(text: str) -> None:
    empty = MemoryTable({name: column.slice(0, 0) for name, column in TABLE.columns.items()}, TABLE.shapes[:0])
    assert rows(text, empty) == []


def test_a_filter_names_its_properties() -> None:
    text = "a = 1 OR NOT T_AFTER(INTERVAL(b, '..'), c) AND A_EQUALS((d), ()) AND CASEI(e) IN (f)"
    assert parse_filter(text).properties == set("abcdef")


_WITHOUT_PANDAS = """
import sys
import numpy as np
import pyarrow as pa
from geoportal.query import arrow
from geoportal.query.cql2 import evaluate, parse_filter

class Table:
    count = 2
    columns = {"t": arrow.texts(["á", "b"]), "n": arrow.numbers(np.array([1.0, 2.0])), "i": arrow.numbers(np.arange(2))}
    columns["d"] = columns["i"].cast(pa.timestamp("us", "UTC"))
    columns["b"] = arrow.booleans(np.array([True, False]))
    kinds_ = {"t": "text", "n": "number", "i": "integer", "d": "datetime", "b": "boolean", "g": "geometry"}
    def kinds(self): return self.kinds_
    def column(self, name): return self.columns[name]
    def geometries(self, rows): raise AssertionError
    def bounds(self): return None
    def points(self): return np.array([1.0, 2.0]), np.array([1.0, np.nan])

found = [evaluate(parse_filter(text), Table()).tolist() for text in sys.argv[1:]]
print("pandas" in sys.modules, all(mask == [True, False] for mask in found))
"""


def test_a_worker_that_filters_does_not_load_pandas() -> None:
    filters = [
        "t = 'á' AND NOT t LIKE 'b%' AND t LIKE '%_' AND ACCENTI(CASEI(t)) = 'a' AND length(t) + n * 2 < 4",
        "t IN ('á', 'c') AND i IN (0, 5) AND n IN (1, 7) AND b AND i IS NOT NULL",
        "d IN (TIMESTAMP('1970-01-01T00:00:00Z'), TIMESTAMP('1980-01-01T00:00:00Z')) AND i BETWEEN -1 AND 0",
        "T_INTERSECTS(d, INTERVAL('1960-01-01', '..')) AND T_BEFORE(d, DATE('1970-01-02')) AND i = 0",
        "S_INTERSECTS(g, BBOX(0, 0, 3, 3)) AND S_WITHIN(g, POLYGON((0 0, 3 0, 3 3, 0 0.5, 0 0))) AND g IS NOT NULL",
        "A_CONTAINS((t, n), ('á')) AND A_EQUALS((BBOX(0,0,1,1)), (BBOX(0,0,1,1)))",
    ]
    command = [sys.executable, "-c", _WITHOUT_PANDAS, *filters]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout.split() == ["False", "True"]
