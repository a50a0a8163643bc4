"""Numbers out of text, as the source's card says they are written."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from geoportal.cards.source import ReadOptions

_BLANKS = " \u00a0\u202f"  # between groups of digits, in the Czech manner


def as_numbers(column: pd.Series, options: ReadOptions) -> tuple[np.ndarray, np.ndarray]:
    """``(values, wrong)``: floats, NaN where there is no value, and which cells hold something that is no number.

    ``thousands`` must stand between groups of three digits: "1,5" with a comma for thousands is no number.
    """
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values = column.to_numpy(dtype=float, na_value=np.nan)
        return values, np.isinf(values)
    texts = column.astype(object).where(column.notna(), "").astype(str).str.strip()
    plain = texts.str.fullmatch(_pattern(options))
    cleaned = texts.str.replace(_separators(options), "", regex=True)
    cleaned = cleaned.str.replace(options.decimal, ".", regex=False).str.replace("\N{MINUS SIGN}", "-", regex=False)
    values = pd.to_numeric(cleaned.where(plain, None), errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    return values, ((texts != "") & ~np.isfinite(values)).to_numpy(dtype=bool)


def _separators(options: ReadOptions) -> str:
    return f"[{_BLANKS}{re.escape(options.thousands or '')}]"


def _pattern(options: ReadOptions) -> str:
    whole = rf"(\d{{1,3}}({_separators(options)}\d{{3}})+|\d+)?"
    return rf"[+\-\N{{MINUS SIGN}}]?{whole}({re.escape(options.decimal)}\d*)?([eE][+\-]?\d+)?"
