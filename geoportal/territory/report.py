"""The join report: what matched, what did not on either side, by name, with the nearest candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from typing import Any

SHOWN = 20  # how many unmatched are named; the count is always whole


@dataclass(frozen=True)
class JoinReport:
    """``unmatched_source``: codes that the territory lacks, with candidates; ``unmatched_units``: units not there."""

    matched: int
    unmatched_source_count: int = 0
    unmatched_units_count: int = 0
    unmatched_source: list[dict[str, Any]] = field(default_factory=list)
    unmatched_units: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report for the manifest."""
        return asdict(self)


def report_join(source: Mapping[str, str | None], units: Mapping[str, str]) -> JoinReport:
    """Compares the codes of a source (code -> its name there, if it has names) with the units (code -> name)."""
    strangers = sorted(code for code in source if code not in units)
    lonely = sorted(code for code in units if code not in source)
    return JoinReport(
        matched=len(source) - len(strangers),
        unmatched_source_count=len(strangers),
        unmatched_units_count=len(lonely),
        unmatched_source=[
            {"code": code, "name": source[code], "candidates": candidates(code, source[code], units)}
            for code in strangers[:SHOWN]
        ],
        unmatched_units=[{"code": code, "name": units[code]} for code in lonely[:SHOWN]],
    )


def candidates(code: str, name: str | None, units: Mapping[str, str]) -> list[str]:
    """Up to three units that ``code`` may have meant, as ``name (code)``: by name where there is one, else by code."""
    if name:
        near = get_close_matches(name, list(units.values()), n=3, cutoff=0.75)
        found = [unit for unit, unit_name in units.items() if unit_name in near]
    else:
        found = get_close_matches(code, list(units), n=3, cutoff=0.8)
    return [f"{units[unit]} ({unit})" for unit in found[:3]]
