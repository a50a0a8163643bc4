"""The names of CQL2 and how many operands each takes (OGC 21-065r2, clauses 6 and 7), and the functions beside them."""

from __future__ import annotations

from dataclasses import dataclass

from geoportal.errors import alternatives
from geoportal.query.cql2.limits import refusal
from geoportal.query.table import Kind

LOGIC = {"and", "or", "not"}
COMPARISONS = {"=", "<>", "<", ">", "<=", ">="}
ARITHMETIC = {"+", "-", "*", "/", "%", "div", "^"}
TEXT = {"casei", "accenti"}
SPATIAL = {"s_contains", "s_crosses", "s_disjoint", "s_equals", "s_intersects", "s_overlaps", "s_touches", "s_within"}
INSTANTS_TOO = {"t_after", "t_before", "t_disjoint", "t_equals", "t_intersects"}
INTERVALS_ONLY = {
    "t_contains",
    "t_during",
    "t_finishedby",
    "t_finishes",
    "t_meets",
    "t_metby",
    "t_overlappedby",
    "t_overlaps",
    "t_startedby",
    "t_starts",
}
TEMPORAL = INSTANTS_TOO | INTERVALS_ONLY
ARRAYS = {"a_equals", "a_contains", "a_containedby", "a_overlaps"}
_CAMEL = ("isNull", "t_finishedBy", "t_metBy", "t_overlappedBy", "t_startedBy", "a_containedBy")
JSON_NAMES = {name.lower(): name for name in _CAMEL}


@dataclass(frozen=True)
class Function:
    """A function beyond the standard's own; ``description`` is for people, in Czech."""

    name: str
    description: str
    takes: tuple[Kind, ...]
    returns: Kind


FUNCTIONS = {
    function.name: function
    for function in (
        Function("abs", "Absolutní hodnota čísla", ("number",), "number"),
        Function("ceil", "Nejbližší celé číslo, které není menší", ("number",), "number"),
        Function("floor", "Nejbližší celé číslo, které není větší", ("number",), "number"),
        Function("length", "Počet znaků textu", ("text",), "integer"),
        Function("lower", "Text malými písmeny", ("text",), "text"),
        Function("upper", "Text velkými písmeny", ("text",), "text"),
    )
}

CALLABLE = TEXT | SPATIAL | TEMPORAL | ARRAYS | set(FUNCTIONS)
_COUNTS = {
    "not": 1,
    "between": 3,
    "isnull": 1,
    "like": 2,
    "in": 2,
    **dict.fromkeys(COMPARISONS | ARITHMETIC | SPATIAL | TEMPORAL | ARRAYS, 2),
    **dict.fromkeys(TEXT, 1),
    **{function.name: len(function.takes) for function in FUNCTIONS.values()},
}
ALL = LOGIC | set(_COUNTS)


def known_function(name: str, at: str) -> str:
    """The operator that ``name`` calls in CQL2 text, in any case of letters; refused when there is none."""
    op = name.lower()
    if op not in CALLABLE:
        raise refusal(at, f"'{name}' is not a function; {alternatives(op, CALLABLE, most=40)}")
    return op


def check_count(op: str, count: int, at: str) -> None:
    """Refuses an operator or function with the wrong number of operands."""
    if op in ("and", "or"):
        if count < 2:
            raise refusal(at, f"'{op}' takes at least 2 operands, not {count}")
    elif count != _COUNTS[op]:
        needed = _COUNTS[op]
        raise refusal(at, f"'{JSON_NAMES.get(op, op)}' takes {needed} operand{'s' * (needed > 1)}, not {count}")
