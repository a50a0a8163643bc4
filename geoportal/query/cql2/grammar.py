"""CQL2 text to a tree: precedence climbing over the tokens, with the position of each part kept for errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from geoportal.query.cql2 import literals
from geoportal.query.cql2.limits import Limits, refusal
from geoportal.query.cql2.operators import ARRAYS, COMPARISONS, check_count, known_function
from geoportal.query.cql2.tokens import Token, tokens
from geoportal.query.cql2.tree import Array, Call, Literal, Node, Property, joined

OR, AND, NOT, COMPARISON, SUM, PRODUCT, POWER = range(1, 8)
_LEVELS = {
    "OR": OR,
    "AND": AND,
    **dict.fromkeys([*COMPARISONS, "LIKE", "BETWEEN", "IN", "IS", "NOT"], COMPARISON),
    "+": SUM,
    "-": SUM,
    **dict.fromkeys(["*", "/", "%", "DIV"], PRODUCT),
    "^": POWER,
}
_CHAINLESS = (COMPARISON, POWER)  # the grammar has no 'a < b < c', and 2^3^2 would mean different things to people
_WKT = {name.upper() for name in literals.GEOMETRIES}


def parse_text(text: str, limits: Limits) -> Node:
    """The tree of a filter in CQL2 text. Raises ``InvalidParameter`` with the position of what is wrong."""
    parser = _Parser(text, limits)
    tree = parser.expression(OR)
    if parser.now.kind != "end":
        parser.fail("an operator such as AND, or the end of the filter")
    return tree


class _Parser:
    def __init__(self, text: str, limits: Limits) -> None:
        self.text, self.limits = text, limits
        self.tokens = tokens(text)
        self.index = self.nesting = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.index]

    @property
    def following(self) -> Token:
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def fail(self, expected: str) -> NoReturn:
        hint = " (a name of that word must stand in double quotes)" if self.now.kind == "keyword" else ""
        raise refusal(self.now.at, f"expected {expected}, but there is {self.now}{hint}")

    def take(self) -> Token:
        token = self.now
        self.index += 1
        return token

    def is_next(self, *values: str) -> bool:
        return self.now.kind in ("sign", "keyword") and self.now.value in values

    def accept(self, value: str) -> bool:
        found = self.is_next(value)
        self.index += found
        return found

    def expect(self, value: str, after: str) -> Token:
        if not self.is_next(value):
            self.fail(f"'{value}' {after}")
        return self.take()

    def deeper(self, read: Callable[[], Node]) -> Node:
        """What ``read`` returns, one level further down. Raises ``InvalidParameter`` when that is too deep."""
        self.nesting += 1
        if self.nesting > self.limits.depth:
            raise refusal(self.now.at, f"the filter is nested deeper than {self.limits.depth} levels")
        node = read()
        self.nesting -= 1
        return node

    def expression(self, least: int) -> Node:
        left = self.prefixed(least)
        while (level := self.level()) >= least:
            left = self.extended(left, level)
            if level in _CHAINLESS and self.level() == level:
                self.fail("AND, OR or the end here (such operators can't be chained; write parentheses)")
        return left

    def level(self) -> int:
        return _LEVELS.get(self.now.value, 0) if self.now.kind in ("sign", "keyword") else 0

    def prefixed(self, least: int) -> Node:
        at = self.now.at
        if self.is_next("NOT"):
            if least > NOT:
                self.fail("a value")
            self.take()
            return Call("not", (self.deeper(lambda: self.expression(NOT)),), at)
        if not self.accept("-"):
            return self.primary()
        operand = self.deeper(lambda: self.prefixed(POWER))
        if isinstance(operand, Literal) and type(operand.value) in (int, float):
            return literals.number(-operand.value, at)  # type: ignore[operator]
        return Call("*", (Literal(-1, at), operand), at)

    def extended(self, left: Node, level: int) -> Node:
        token = self.take()
        if level in (OR, AND):
            args = [left, self.deeper(lambda: self.expression(level + 1))]
            return joined(token.value.lower(), args, token.at)
        if level == COMPARISON and token.kind == "keyword":
            return self.predicate(left, token)
        return Call(token.value.lower(), (left, self.deeper(lambda: self.expression(level + 1))), token.at)

    def predicate(self, left: Node, token: Token) -> Node:
        """LIKE, BETWEEN, IN and IS NULL behind ``left``, and their forms with NOT."""
        if token.value == "IS":
            negated = self.accept("NOT")
            self.expect("NULL", "after IS")
            node: Node = Call("isnull", (left,), token.at)
            return Call("not", (node,), token.at) if negated else node
        if token.value == "NOT":
            if not self.is_next("LIKE", "BETWEEN", "IN"):
                self.fail("LIKE, BETWEEN or IN after NOT")
            return Call("not", (self.predicate(left, self.take()),), token.at)
        if token.value == "LIKE":
            return Call("like", (left, self.expression(SUM)), token.at)
        if token.value == "BETWEEN":
            low = self.expression(SUM)
            self.expect("AND", "between the two bounds of BETWEEN")
            return Call("between", (left, low, self.expression(SUM)), token.at)
        at = self.expect("(", "after IN").at
        return Call("in", (left, Array(self.arguments("IN", at), at)), token.at)

    def arguments(self, of: str, at: str) -> tuple[Node, ...]:
        """Expressions up to the closing parenthesis, which is taken too."""
        found: list[Node] = []
        if self.accept(")"):
            return ()
        while True:
            is_array = of.lower() in ARRAYS and self.is_next("(")
            found.append(self.deeper(self.array if is_array else lambda: self.expression(OR)))
            if len(found) > self.limits.entries:
                raise refusal(at, f"the list has more than {self.limits.entries} entries")
            if not self.accept(","):
                self.expect(")", f"or ',' in the list of {of}")
                return tuple(found)

    def array(self) -> Node:
        at = self.take().at
        return Array(self.arguments("the array", at), at)

    def primary(self) -> Node:
        token = self.now
        if token.kind == "number":
            return literals.number(self.take().value, token.at)
        if token.kind == "text":
            return Literal(self.take().value, token.at)
        if token.kind == "quoted":
            return Property(self.take().value, token.at)
        if self.is_next("TRUE", "FALSE"):
            return Literal(self.take().value == "TRUE", token.at)
        if token.kind == "name":
            return self.named()
        if self.accept("("):
            return self.grouped(token)
        return self.fail("a property, a value, a function or '('")

    def grouped(self, opening: Token) -> Node:
        items = self.arguments("the parentheses", opening.at)
        return items[0] if len(items) == 1 else Array(items, opening.at)

    def named(self) -> Node:
        token, upper = self.take(), self.tokens[self.index - 1].value.upper()
        if upper in _WKT and (self.is_next("(") or self.now.value.upper() in ("Z", "EMPTY")):
            return self.geometry(token)
        if not self.accept("("):
            return Property(token.value, token.at)
        if upper in ("DATE", "TIMESTAMP"):
            text = self.quoted(f"{upper}")
            self.expect(")", f"after the text of {upper}")
            return (literals.day if upper == "DATE" else literals.timestamp)(text.value, text.at)
        if upper == "INTERVAL":
            return self.interval(token)
        args = self.arguments(token.value, token.at)
        if upper == "BBOX":
            return literals.box([_number(arg) for arg in args], token.at)
        op = known_function(token.value, token.at)
        check_count(op, len(args), token.at)
        return Call(op, args, token.at)

    def quoted(self, of: str) -> Token:
        if self.now.kind != "text":
            self.fail(f"a text in single quotes for {of}")
        return self.take()

    def interval(self, token: Token) -> Node:
        start = self.bound()
        self.expect(",", "between the ends of INTERVAL")
        end = self.bound()
        self.expect(")", "after the ends of INTERVAL")
        return literals.interval(start, end, token.at)

    def bound(self) -> Literal | Property | None:
        if self.now.kind in ("name", "quoted") and self.following.value in (",", ")"):
            return Property(self.take().value, self.tokens[self.index - 1].at)
        text = self.quoted("an end of INTERVAL (a date, a timestamp or '..'), or a property")
        return literals.instant(text.value, text.at)

    def geometry(self, first: Token) -> Node:
        """The WKT literal that ``first`` names: its text is cut out, once it has only numbers, tags and brackets."""
        nesting = vertices = 0
        while True:
            token = self.now
            if not (token.kind == "number" or self.is_next("(", ")", ",", "-", "+") or _is_tag(token)):
                self.fail("a number, ',' or ')' in the geometry")
            self.take()
            nesting += (token.value == "(") - (token.value == ")")
            vertices += token.value in (",", "(")
            if vertices > 2 * self.limits.vertices:
                raise literals.too_many_vertices(first.at, self.limits)
            if nesting == 0 and token.value.upper() != "Z":
                text = self.text[first.start : token.end]
                return literals.geometry_from_wkt(text, first.at)


def _is_tag(token: Token) -> bool:
    return token.kind == "name" and token.value.upper() in {*_WKT, "Z", "EMPTY"}


def _number(node: Node) -> float:
    if not isinstance(node, Literal) or type(node.value) not in (int, float):
        raise refusal(node.at, "a BBOX has only numbers")
    return float(node.value)  # type: ignore[arg-type]
