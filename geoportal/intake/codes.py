"""Codes are text: what numbers and decimal points have done to them is undone."""

from __future__ import annotations

import numpy as np
import pandas as pd

_DECIMALS = r"(?P<code>\d+)\.0+"


def as_text(column: pd.Series) -> pd.Series:
    """``column`` as text without blanks around it; whole numbers without a decimal point, None for what is absent."""
    if pd.api.types.is_bool_dtype(column):
        texts = column.astype(object).map({True: "true", False: "false"})
    elif pd.api.types.is_float_dtype(column):
        whole = column.notna() & (column % 1 == 0)
        texts = column.astype(object).astype(str)
        texts = texts.where(~whole, column.where(whole, 0).astype("int64").astype(str))
    else:
        texts = column.astype(object).astype(str).str.strip()
    texts = texts.astype(object)
    return texts.where(column.notna() & (texts != ""), None)


def as_codes(column: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """``(codes, repaired)``: ``563889.0`` becomes ``563889``, leading zeros stay; an empty cell is None."""
    texts = as_text(column)
    repaired = texts.str.fullmatch(_DECIMALS, na=False).to_numpy(dtype=bool)
    if not repaired.any():
        return texts, repaired
    return texts.str.replace(rf"^{_DECIMALS}$", r"\g<code>", regex=True).astype(object).where(
        texts.notna(), None
    ), repaired
