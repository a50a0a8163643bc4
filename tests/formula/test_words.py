from __future__ import annotations

import pytest
from hypothesis import given

from geoportal.formula import Name, parse, spoken
from tests.formula.test_parse import expressions


def said(text: str) -> str:
    return " ".join(piece.id if isinstance(piece, Name) else piece for piece in spoken(parse(text)))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("100 * a / b", "100 * a / b"),
        ("100 * (a / b)", "100 * ( a / b )"),
        ("(a * b) / c", "a * b / c"),
        ("a - (b - c)", "a - ( b - c )"),
        ("(a - b) - c", "a - b - c"),
        ("(a + b) / (a - c)", "( a + b ) / ( a - c )"),
        ("a + (b * c)", "a + b * c"),
        ("a_b / c", "a-b / c"),
    ],
)
def test_a_formula_is_read_with_the_parentheses_that_it_needs(text: str, read: str) -> None:
    assert said(text) == read


@given(expressions.filter(lambda text: set("abc") & set(text)))
def test_what_is_read_means_the_same(text: str) -> None:
    assert parse(said(text)) == parse(text)
