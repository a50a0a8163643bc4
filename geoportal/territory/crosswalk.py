"""Which codes mean the same unit. ČSÚ and RÚIAN number all levels but the obec differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from geoportal.errors import Problems, alternatives


@dataclass(frozen=True)
class Crosswalk:
    """Official codes by level, code system and code; names by level and official code.

    A code system is named by the column it comes from (``kod_ruian``, ``kod_csu`` …); ``code`` is the official one.
    """

    codes: Mapping[tuple[str, str], Mapping[str, str]]
    names: Mapping[str, Mapping[str, str]]

    def official(self, level: str, system: str, code: str) -> str | None:
        """The official code of the unit that ``system`` calls ``code``, or None if the crosswalk lacks it."""
        return self.codes.get((level, system), {}).get(code)

    def systems(self, level: str) -> list[str]:
        """The code systems known for ``level``."""
        return sorted(system for known, system in self.codes if known == level)

    def translate(self, level: str, system: str, codes: pd.Series) -> tuple[pd.Series, list[str]]:
        """``codes`` as official codes (missing where unknown or absent), and the unknown ones."""
        if (level, system) not in self.codes:
            known = alternatives(system, self.systems(level))
            raise Problems([f"crosswalk: level '{level}' has no code system '{system}'; {known}"])
        table = self.codes[level, system]
        official = codes.map(table)
        unknown = sorted({code for code in codes.dropna() if code not in table})
        return official, unknown


def build_crosswalk(tables: Iterable[tuple[str, pd.DataFrame]]) -> Crosswalk:
    """A crosswalk from ``(source, table)`` pairs with columns level, code, name and one for each other code system.

    Where two sources give a unit's code differently both are named. Raises ``Problems``.
    """
    codes: dict[tuple[str, str], dict[str, str]] = {}
    names: dict[str, dict[str, str]] = {}
    problems: list[str] = []
    for source, table in tables:
        systems = [column for column in table.columns if column not in ("level", "name")]
        for row in table.to_dict("records"):
            level, code = row["level"], row["code"]
            names.setdefault(level, {}).setdefault(code, row["name"])
            for system in systems:
                other = row[system]
                if not other:
                    continue
                known = codes.setdefault((level, system), {}).setdefault(other, code)
                if known != code:
                    problems.append(
                        f"{source}: {level} {system} '{other}' means {code}, an earlier source says {known}"
                    )
    if problems:
        raise Problems(problems)
    return Crosswalk(codes, names)
