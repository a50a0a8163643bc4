from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.formula import Name, Number, Operation, names, parse, size, substituted
from geoportal.formula.evaluate import evaluate
from geoportal.formula.parse import LONGEST

SIGNS = "+ - * / and parentheses"


def test_products_bind_more_closely_than_sums_and_equals_from_the_left() -> None:
    one, two, three = Name("a"), Name("b"), Name("c")
    assert parse("a - b - c") == Operation("-", Operation("-", one, two), three)
    assert parse("a + b * c") == Operation("+", one, Operation("*", two, three))
    assert parse("a / b / c") == Operation("/", Operation("/", one, two), three)
    assert parse("a / (b / c)") == Operation("/", one, Operation("/", two, three))


def test_an_underscore_stands_for_the_hyphen_of_an_id() -> None:
    tree = parse("nezamestnani / obyvatel_15_64 * 100")
    assert names(tree) == ("nezamestnani", "obyvatel-15-64")
    assert tree == Operation("*", Operation("/", Name("nezamestnani"), Name("obyvatel-15-64")), Number("100"))


def test_a_name_that_is_used_twice_is_one_part() -> None:
    assert names(parse("a / (a + b)")) == ("a", "b")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", f"character 1: the end stands where a number, an indicator or '(' is expected; a formula has numbers "
             f"such as 0.5, indicators, {SIGNS}"),
        ("a /", "character 4: the end stands where a number, an indicator or '('"),
        ("(a", "character 3: the end stands where an operator or ')'"),
        ("a)", "character 2: ')' stands where an operator or the end"),
        ("a b", "character 3: 'b' stands where an operator or the end"),
        ("2a", "character 2: 'a' stands where an operator"),
        ("a ** b", "character 4: '*' stands where a number"),
        ("-a", "character 1: '-' stands where a number"),
        ("a ^ 2", "character 3: '^' is not allowed"),
        ("a × 2", "character 3: '×' is not allowed"),
        ("a * 0,5", "character 6: ',' is not allowed"),
        ("a * 1e3", "character 6: 'e3' stands where"),
        ("__import__", "character 1: '_' is not allowed"),
        ("obyvatel() ", "character 9: '(' stands where"),
        ("obyvatel-15-64", "character 1: 'obyvatel-15-64' is not clear; write obyvatel_15_64 for the indicator"),
        ("a.b", "character 2: '.' is not allowed"),
        ("a['b']", "character 2: '[' is not allowed"),
        ("1 + 2", "'1 + 2' names no indicator"),
        ("a" * (LONGEST + 1), f"has {LONGEST + 1} characters; {LONGEST} are allowed"),
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused_with_its_place_and_what_is_allowed(text: str, said: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011
        parse(text)
    assert str(raised.value).startswith(said)


@given(st.text(alphabet="ab12.+-*/() _^,\n", max_size=60))
def test_any_text_is_a_formula_or_a_sentence(text: str) -> None:
    try:
        tree = parse(text)
    except ValueError as error:
        assert len(str(error)) > 10  # noqa: PT017
    else:
        assert names(tree)


expressions = st.recursive(
    st.sampled_from(["a", "b", "c", "2", "0.5", "100"]),
    lambda inner: st.builds(lambda x, s, y: f"({x} {s} {y})", inner, st.sampled_from("+-*/"), inner),
    max_leaves=8,
)


@given(expressions, *[st.floats(-1e6, 1e6).map(lambda value: round(value, 3))] * 3)
def test_a_formula_gives_what_python_gives(text: str, a: float, b: float, c: float) -> None:
    if not set("abc") & set(text):
        return
    values = {"a": a, "b": b, "c": c}
    try:
        expected = eval(compile(ast.parse(text, mode="eval"), "", "eval"), {}, values)
    except ZeroDivisionError:
        expected = None
    found = float(evaluate(parse(text), values))
    assert found == expected if expected is not None else found != found


def test_long_and_deep_formulas_are_read_without_running_out_of_stack() -> None:
    most = LONGEST // 2
    assert evaluate(parse("+".join(["a"] * most)), {"a": 1}) == most
    assert evaluate(parse("(" * (most - 1) + "a" + ")" * (most - 1)), {"a": 7}) == 7


def test_a_tree_is_put_in_place_of_a_name() -> None:
    tree = substituted(parse("100 - podil"), {"podil": parse("100 * a / b")})
    assert tree == parse("100 - 100 * a / b")
    assert names(tree) == ("a", "b")
    assert size(parse("100 - podil"), {"podil": 3}) == 4
