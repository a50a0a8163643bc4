"""A filter's text, in either form of CQL2, as a tree of checked size."""

from __future__ import annotations

from geoportal.errors import InvalidParameter, alternatives
from geoportal.query.cql2.grammar import parse_text
from geoportal.query.cql2.json_form import parse_json
from geoportal.query.cql2.limits import Limits, refusal
from geoportal.query.cql2.tree import Filter, depth

LANGUAGES = {"cql2-text": parse_text, "cql2-json": parse_json}


def parse_filter(text: str, lang: str = "cql2-text", limits: Limits | None = None) -> Filter:
    """The filter that ``text`` says in ``lang``: ``cql2-text`` or ``cql2-json``.

    Raises ``InvalidParameter`` with the position and the reason when it is malformed or larger than ``limits``.
    """
    limits = limits or Limits()
    if lang not in LANGUAGES:
        raise InvalidParameter(f"filter-lang='{lang}' is not a filter language; {alternatives(lang, LANGUAGES)}")
    if len(text) > limits.characters:
        raise InvalidParameter(f"filter has {len(text)} characters; at most {limits.characters} are allowed")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidParameter("filter is not valid Unicode: it has one half of a surrogate pair")
    tree = LANGUAGES[lang](text, limits)
    if depth(tree) > limits.depth:
        raise refusal(tree.at, f"the filter is nested deeper than {limits.depth} levels")
    return Filter(tree)
