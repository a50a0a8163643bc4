"""What a filter may look like, what it means, and where it says that something is wrong."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import cql2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoportal.errors import InvalidParameter
from geoportal.query.cql2 import Limits, parse_filter
from geoportal.query.cql2.tree import Array, Call, Literal, Property


def literal(value: object) -> Literal:
    return Literal(value, "")  # type: ignore[arg-type]


def test_and_binds_tighter_than_or_and_not_tighter_than_and() -> None:
    assert parse_filter("a = 1 OR NOT b = 2 AND c = 3") == parse_filter("(a = 1) OR ((NOT (b = 2)) AND (c = 3))")


def test_products_bind_tighter_than_sums_and_powers_tighter_still() -> None:
    assert parse_filter("a = 1 + 2 * 3 ^ 4 - 5") == parse_filter("a = ((1 + (2 * (3 ^ 4))) - 5)")


def test_a_minus_needs_no_space_around_it() -> None:
    assert parse_filter("a-1 = -2") == parse_filter("(a) - (1) = (-2)")


def test_the_word_and_of_between_belongs_to_it() -> None:
    tree = parse_filter("a BETWEEN 1 AND 2 AND b NOT BETWEEN 3 AND 4").tree
    assert isinstance(tree, Call)
    assert [tree.op, len(tree.args)] == ["and", 2]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a = 'it''s'", "it's"),
        ("a = 'it\\'s'", "it's"),
        ("a = ''", ""),
        ("a = 9007199254740993", 9007199254740993),
        ("a = 1.50", 1.5),
        ("a = 2e3", 2000),
        ("a = DATE('2024-02-29')", date(2024, 2, 29)),
        ("a = TIMESTAMP('2024-02-29T12:00:00.5+02:00')", datetime(2024, 2, 29, 10, 0, 0, 500_000, UTC)),
        ("a = TRUE", True),
    ],
)
def test_constants_are_read_exactly(text: str, value: object) -> None:
    assert parse_filter(text).tree == Call("=", (Property("a", ""), literal(value)), "")


def test_a_name_in_double_quotes_may_be_a_reserved_word() -> None:
    assert parse_filter('"and" = "a""b" AND čáp:x.y1 IS NULL').properties == {"and", 'a"b', "čáp:x.y1"}


def test_names_of_literals_are_properties_where_nothing_follows_them() -> None:
    assert parse_filter("date = point AND bbox = interval").properties == {"date", "point", "bbox", "interval"}


def test_keywords_and_functions_are_known_in_any_case() -> None:
    assert parse_filter("a Is nOt null and CaseI(b) LIKE 'x'") == parse_filter("a IS NOT NULL AND casei(b) like 'x'")


def test_one_value_in_brackets_is_an_array_for_array_functions() -> None:
    tree = parse_filter("A_CONTAINS(a, ('b'))").tree
    assert isinstance(tree, Call)
    assert tree.args[1] == Array((literal("b"),), "")


def test_text_and_json_of_one_filter_are_equal() -> None:
    text = "NOT T_DURING(INTERVAL(a, '..'), INTERVAL('2020-01-01', '2021-01-01')) AND b IN (1, -2.5) AND a = b * -c"
    assert parse_filter(text) == parse_filter(json.dumps(cql2.parse_text(text).to_json()), "cql2-json")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", "character 1", "expected a property"),
        ("a = ", "character 5", "but there is the end"),
        ("a = 1 AND\nb >", "line 2, column 4", "but there is the end"),
        ("a == 3", "character 3", "write = for 'is equal'"),
        ("a != 3", "character 3", "write <>"),
        ("a = 'x", "character 5", "never closed"),
        ("a = b = c", "character 7", "can't be chained"),
        ("a = 2^3^2", "character 8", "write parentheses"),
        ("a = 1 b", "character 7", "the end of the filter"),
        ("a = ;", "character 5", "';' is not a part of CQL2"),
        ("and = 1", "character 1", "double quotes"),
        ("a = NOT b", "character 5", "expected a value"),
        ("a NOT 1", "character 7", "LIKE, BETWEEN or IN"),
        ("a BETWEEN 1 OR 2", "character 13", "expected 'AND'"),
        ("foor(a) = 1", "character 1", "did you mean 'floor'?"),
        ("casei(a, b) = 'x'", "character 1", "takes 1 operand, not 2"),
        ("T_AFTER(a) AND b = 1", "character 1", "takes 2 operands, not 1"),
        ("a = 1e400", "character 5", "too large"),
        ("a = DATE('2023-02-29')", "character 10", "no day '2023-02-29'"),
        ("a = DATE('soon')", "character 10", "not a date"),
        ("a = TIMESTAMP('2024-01-01T25:00:00Z')", "character 15", "no moment"),
        ("a = TIMESTAMP('0001-01-01T00:00:00+14:00')", "character 15", "no moment"),
        ("T_AFTER(a, INTERVAL('2024-01-01'))", "character 33", "expected ','"),
        ("T_AFTER(a, INTERVAL('2024-01-02', '2024-01-01'))", "character 12", "ends before it starts"),
        ("T_AFTER(a, INTERVAL('2024-01-02', '2024-02-01T00:00:00Z'))", "character 12", "both timestamps"),
        ("S_WITHIN(g, BBOX(1,2,3))", "character 13", "3 numbers; 4 are needed"),
        ("S_WITHIN(g, BBOX(1,2,3,a))", "character 24", "only numbers"),
        ("S_WITHIN(g, POINT(1 x))", "character 21", "a number"),
        ("S_WITHIN(g, POINT(nan 1))", "character 19", "a number"),
        ("S_WITHIN(g, LINESTRING(1 1))", "character 13", "can't be read"),
        ("S_WITHIN(g, POLYGON((0 0,1 1,0 1)))", "character 13", "closed"),
        ("S_WITHIN(g, POLYGON((0 0,1 1,0 1,1 0,0 0)))", "character 13", "Self-intersection"),
    ],
)
def test_text_is_refused_with_the_place_and_the_reason(text: str, place: str, reason: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        parse_filter(text)
    assert f"filter, {place}: " in str(refused.value)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("value", "place", "reason"),
    [
        ('{"op": "=", "args": [1,', "line 1, column 24", "not JSON"),
        ('{"op": "=", "args": [NaN, 1]}', "line 1, column 22", "not JSON"),
        ({"op": "eq", "args": [1, 1]}, "$.op", "'eq' is not an operator"),
        ({"op": "isnull", "args": [1]}, "$.op", "did you mean 'isNull'?"),
        ({"op": "="}, "$", "array 'args'"),
        ({"op": "and", "args": [True]}, "$", "at least 2 operands"),
        ({"op": "not", "args": [{"op": "=", "args": [1, None]}]}, "$.args[0].args[1]", "null is not a value"),
        ({"op": "in", "args": [{"property": "a"}, 1]}, "$.args[1]", "needs an array"),
        ({"op": "=", "args": [{"prop": "a"}, 1]}, "$.args[0]", "did you mean 'property'?"),
        ({"op": "=", "args": [{"property": 1}, 1]}, "$.args[0].property", "a text is needed"),
        ({"op": "=", "args": [{"date": "2023-02-29"}, 1]}, "$.args[0]", "no day"),
        ({"op": "t_after", "args": [{"interval": [".."]}, 1]}, "$.args[0].interval", "2 ends"),
        ({"op": "s_within", "args": [{"bbox": [1, "2"]}, 1]}, "$.args[0].bbox", "array of numbers"),
        ({"op": "s_within", "args": [{"type": "Dot"}, 1]}, "$.args[0]", "'Dot' is not a geometry type"),
        ({"op": "s_within", "args": [{"type": ["Point"]}, 1]}, "$.args[0]", "not a geometry type"),
        (
            {"op": "s_within", "args": [{"type": "LineString", "coordinates": [[0, 0], [1, "1"]]}, 1]},
            "$.args[0].coordinates[1]",
            "2 or 3 numbers",
        ),
    ],
)
def test_json_is_refused_with_the_path_and_the_reason(value: object, place: str, reason: str) -> None:
    with pytest.raises(InvalidParameter) as refused:
        parse_filter(value if isinstance(value, str) else json.dumps(value), "cql2-json")
    assert f"filter, {place}: " in str(refused.value)
    assert reason in str(refused.value)


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidParameter, match="cql2-json, cql2-text"):
        parse_filter("a = 1", "cql")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 9_000,
        "NOT " * 2_000 + "a",
        "-" * 9_000 + "a = 1",
        "casei(" * 1_500,
        "a = " + "1+" * 4_000 + "1",
        "a IN (" + "1," * 4_000 + "1)",
        "S_WITHIN(g, LINESTRING(" + "0 0," * 2_400 + "1 1))",
        "a = " + "9" * 9_000,
        "'" * 9_999,
        "a = 'x' " * 3_000,
        "a = '\ud800'",
    ],
)
def test_a_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidParameter):
        parse_filter(text, limits=Limits(vertices=1_000))


def test_a_hundred_thousand_brackets_are_refused_by_their_depth_too() -> None:
    with pytest.raises(InvalidParameter, match="deeper than 50"):
        parse_filter("(" * 100_000, limits=Limits(characters=10**6))


@pytest.mark.parametrize("text", ["[" * 9_000, '{"op":"not","args":[' * 400 + "true" + "]}" * 400])
def test_deep_json_is_refused(text: str) -> None:
    with pytest.raises(InvalidParameter):
        parse_filter(text, "cql2-json")


def test_a_long_chain_of_or_is_not_deep() -> None:
    assert parse_filter(" OR ".join(f"a = {number}" for number in range(900))).properties == {"a"}


_WORDS = [*"ab(),=<>+-*^", "AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "1", "2.5", "'x'", '"q"']
_WORDS += ["DIV", "DATE(", "POINT(1", "BBOX(", "casei(", "'..'", "INTERVAL("]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join) | st.text(max_size=60))
def test_any_text_is_a_filter_or_refused(text: str) -> None:
    try:
        parse_filter(text)
    except InvalidParameter as refused:
        assert "filter" in str(refused)  # noqa: PT017


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.sampled_from(["a", "=", "..", "Point"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["op", "args", "property", "type", "coordinates", "bbox", "interval", "date"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150)
@given(_JSON)
def test_any_json_is_a_filter_or_refused(value: object) -> None:
    try:
        parse_filter(json.dumps(value), "cql2-json")
    except InvalidParameter as refused:
        assert "filter" in str(refused)  # noqa: PT017
