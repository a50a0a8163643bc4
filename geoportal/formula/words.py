"""A formula in the order in which it is read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from geoportal.formula.tree import Name, Number, Operation, Tree

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}


def spoken(tree: Tree) -> Iterator[Name | str]:
    """The names of ``tree``, and between them numbers, signs and the parentheses that are needed."""
    match tree:
        case Name():
            yield tree
        case Number(text):
            yield text
        case Operation(sign, left, right):
            yield from _side(left, _strength(left) < _STRENGTH[sign])
            yield sign
            yield from _side(right, _strength(right) <= _STRENGTH[sign])


def _strength(tree: Tree) -> int:
    return _STRENGTH[tree.sign] if isinstance(tree, Operation) else 3


def _side(tree: Tree, parted: bool) -> Iterator[Name | str]:
    yield from (("(", *spoken(tree), ")") if parted else spoken(tree))
