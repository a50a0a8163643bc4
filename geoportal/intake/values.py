"""Values of an indicator from a table of text: one per code and period, each ok, missing or confidential."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geoportal.cards.indicator import IndicatorFrom
from geoportal.cards.source import SourceCard
from geoportal.errors import Problems, alternatives
from geoportal.intake.case import MOST, file_name
from geoportal.intake.codes import as_codes, as_text
from geoportal.intake.numbers import as_numbers
from geoportal.intake.reading import Note, Reading, examples


def check_values(reading: Reading, entry: IndicatorFrom, source: SourceCard) -> Reading:
    """``code``, ``period``, ``value`` (float, NaN where there is none) and ``status`` of the rows that are selected.

    ``status`` is ``confidential`` where the text is one of ``entry.confidential``, ``missing`` where the cell is empty
    otherwise, else ``ok``. Raises ``Problems`` for missing columns, for texts that are no numbers, for empty codes and
    for one code and period with different values.
    """
    shown = file_name(source)
    frame = _selected(reading.frame, entry, shown)
    codes, repaired = as_codes(frame[entry.code])
    periods = as_codes(frame[entry.period])[0] if entry.period else pd.Series(entry.period_value, index=frame.index)
    texts = as_text(frame[entry.value])
    confidential = texts.fillna("").isin([text.strip() for text in entry.confidential]).to_numpy(dtype=bool)
    values, wrong = as_numbers(frame[entry.value].where(~confidential, None), source.read)
    problems = [
        *_wrong_cells(codes, texts, wrong, entry, shown),
        *_empty_cells(codes, f"column '{entry.code}' has no code", shown),
        *_empty_cells(periods, f"column '{entry.period}' has no period", shown),
    ]
    status = np.select([confidential, texts.isna().to_numpy(dtype=bool)], ["confidential", "missing"], "ok")
    tidy = pd.DataFrame({"code": codes, "period": periods, "value": values, "status": status})
    tidy, notes, repeated = _once(tidy, shown)
    if problems or repeated:
        raise Problems([*problems, *repeated])
    if repaired.any():
        notes = (*notes, Note("code-repaired", int(repaired.sum()), f"{shown}: kódy zapsané jako desetinné číslo"))
    return reading.noting(*notes, frame=tidy.reset_index(drop=True))


def _selected(frame: pd.DataFrame, entry: IndicatorFrom, shown: str) -> pd.DataFrame:
    columns = [str(name) for name in frame.columns if name != "geometry"]
    needed = [name for name in (entry.code, entry.value, entry.period, *entry.select) if name]
    missing = [name for name in dict.fromkeys(needed) if name not in columns]
    if missing:
        raise Problems(f"{shown}: has no column '{name}'; {alternatives(name, columns)}" for name in missing)
    for name, wanted in entry.select.items():
        texts = as_text(frame[name]).fillna("")  # an empty cell is selected by ""
        held = texts.isin([wanted] if isinstance(wanted, str) else wanted)
        if not held.any():
            there = examples(texts[texts != ""].drop_duplicates(), 2 * MOST)
            told = f"no row is left: column '{name}' has no {wanted!r}; it has: {', '.join(there) or 'nothing'}"
            raise Problems([f"{shown}: {told}"])
        frame = frame[held]
    if not len(frame):
        raise Problems([f"{shown}: holds no rows"])
    return frame


def _wrong_cells(codes: pd.Series, texts: pd.Series, wrong: np.ndarray, entry: IndicatorFrom, shown: str) -> list[str]:
    return [
        f"{shown}: row {index + 1} ({codes[index]}): column '{entry.value}' has {texts[index]!r}, which is not a number"
        for index in texts.index[wrong][:MOST]
    ]


def _empty_cells(column: pd.Series, offence: str, shown: str) -> list[str]:
    empty = column.index[column.isna()]
    return [f"{shown}: row {empty[0] + 1}: {offence} ({len(empty)} rows in all)"] if len(empty) else []


def _once(tidy: pd.DataFrame, shown: str) -> tuple[pd.DataFrame, tuple[Note, ...], list[str]]:
    """Each code and period once; rows that say the same are noted, rows that differ are problems."""
    same = tidy.duplicated()
    notes: tuple[Note, ...] = ()
    if same.any():
        named = examples(tidy.loc[same, "code"])
        notes = (Note("duplicate", int(same.sum()), f"{shown}: stejný řádek dvakrát, ponechán jednou", named),)
    tidy = tidy[~same]
    differing = tidy[tidy.duplicated(["code", "period"]) & tidy["code"].notna()]
    problems = [
        f"{shown}: code {code}, period {period} has different values; is a 'select' missing?"
        for code, period in list(zip(differing["code"], differing["period"], strict=True))[:MOST]
    ]
    return tidy, notes, problems
