"""What travels with every file of a layer: title, attribution, licence, date, and whether boundaries are drawn."""

from __future__ import annotations

from collections.abc import Mapping

from geoportal.schema import Text

SCHEMATIC = "Schematické hranice nakreslené kolem sídel obcí, nikoli skutečné."
_WORDS = {
    "title": "Název",
    "attribution": "Zdroj",
    "licence": "Podmínky užití",
    "date": "Stav k",
    "schematic": "Upozornění",
}


def describe_layer(title: Text, attribution: str, licence: str, date: str, schematic: bool) -> dict[str, object]:
    """The members in the order in which files show them; ``licence`` is its address, or its name where it has none."""
    about: dict[str, object] = {"title": title.cs, "attribution": attribution, "licence": licence, "date": date}
    return about | ({"schematic": SCHEMATIC} if schematic else {})


def in_words(about: Mapping[str, object]) -> list[tuple[str, str]]:
    """Pairs of a Czech word and what it says, for files that people open."""
    return [(word, str(about[key])) for key, word in _WORDS.items() if key in about]
