"""Words of the pages in the languages of the site, with plurals, numbers and dates as each language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from markupsafe import Markup

from geoportal.atlas import numbers

FOLDER = Path(__file__).resolve().parent.parent / "texts"
CZECH, UNMARKED = Markup(' lang="cs"'), Markup("")
PLURALS = {"one", "few", "many", "other"}

Entry = str | Mapping[str, str]


@dataclass(frozen=True)
class Phrases:
    """The texts of one language: ``phrases("table.rank")``."""

    language: str
    entries: Mapping[str, Entry]

    def __call__(self, key: str, **values: Any) -> str:
        """The text called ``key`` with ``{name}`` filled in; ``count`` chooses the plural and is written as a number.

        Raises ``KeyError`` when there is no such text.
        """
        entry = self.entries[key]
        if isinstance(entry, str):
            return entry.format(**values)
        form = Locale.parse(self.language).plural_form(values["count"])
        return entry.get(form, entry["other"]).format(**{**values, "count": self.number(values["count"])})

    @property
    def czech(self) -> Markup:
        """The attribute of an element that holds Czech words, such as the name of a place; none in Czech pages."""
        return UNMARKED if self.language == "cs" else CZECH

    def number(self, value: float, decimals: int = 0) -> str:
        """``value`` as the language writes numbers."""
        return numbers.number(value, decimals, self.language)

    def date(self, iso: str) -> str:
        """An ISO date as the language writes dates."""
        return numbers.date(iso, self.language)


@cache
def phrases(language: str) -> Phrases:
    """The texts of ``language``, read once."""
    content = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return Phrases(language, dict(_flat(content)))


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Entry]]:
    entries: list[tuple[str, Entry]] = []
    for key, value in table.items():
        if isinstance(value, str) or set(value) <= PLURALS:
            entries.append((prefix + key, value))
        else:
            entries += _flat(value, f"{prefix}{key}.")
    return entries
