"""Which codes mean the same territorial unit, out of a source that says so."""

from __future__ import annotations

import pandas as pd

from geoportal.cards.source import SourceCard
from geoportal.errors import Problems, alternatives
from geoportal.intake.case import MOST, file_name
from geoportal.intake.codes import as_codes, as_text
from geoportal.intake.reading import Reading
from geoportal.site import LEVELS


def check_crosswalk(reading: Reading, source: SourceCard) -> pd.DataFrame:
    """``level``, ``code``, ``name`` and the other codes under their own column names, one row per unit, all text.

    Raises ``Problems`` for missing columns, unknown levels, empty codes and units with different rows.
    """
    shown, card, frame = file_name(source), source.crosswalk, reading.frame
    if card is None:
        raise Problems([f"data/sources/{source.id}.toml: crosswalk: is missing; it is needed to translate codes"])
    columns = [name for name in (card.code, card.name, *card.others, card.level_column) if name]
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise Problems(f"{shown}: has no column '{name}'; {alternatives(name, frame.columns)}" for name in missing)
    levels = as_text(frame[card.level_column]) if card.level_column else pd.Series(card.level, index=frame.index)
    codes = as_codes(frame[card.code])[0]
    others = {name: as_codes(frame[name])[0] for name in card.others}
    table = pd.DataFrame({"level": levels, "code": codes, "name": as_text(frame[card.name]), **others}, dtype=object)
    problems = _problems(table, shown)
    if problems:
        raise Problems(problems)
    return table.drop_duplicates().reset_index(drop=True)


def _problems(table: pd.DataFrame, shown: str) -> list[str]:
    strangers = sorted(set(table["level"].dropna()) - set(LEVELS))
    empty = table.index[table["code"].isna() | table["level"].isna()]
    once = table.drop_duplicates()
    twice = once.loc[once.duplicated(["level", "code"]) & once["code"].notna(), "code"].drop_duplicates()
    problems = [f"{shown}: level '{level}' is not one; {alternatives(level, LEVELS)}" for level in strangers]
    if len(empty):
        problems.append(f"{shown}: row {empty[0] + 1} has no code or no level ({len(empty)} rows in all)")
    if len(twice):
        problems.append(f"{shown}: code repeats in rows that differ: {', '.join(twice[:MOST])}")
    return problems
