"""Every feature once, under its own code, and as many as there should be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from geoportal.intake.case import MOST, Case


def check_ids(case: Case) -> Case:
    """The case refused where a feature has no id; without ids there is nothing to check."""
    field = case.card.id_field
    if field is None or field in case.absent:
        return case
    empty = case.frame[field].isna()
    return case.refusing(f"'{field}' is empty in {case.rows(empty)}") if empty.any() else case


def drop_duplicates(case: Case) -> Case:
    """The case with rows that are equal in everything kept once; refused where one code has different rows."""
    field = case.card.id_field
    if field is None or field in case.absent:
        return case
    frame = case.frame
    repeated = frame[frame[field].notna() & frame[field].duplicated(keep=False)]
    content = repeated.drop(columns="geometry").astype(object)
    content["geometry"] = shapely.to_wkb(np.asarray(repeated["geometry"].to_numpy(), dtype=object), hex=True)
    same = content.astype("str").duplicated()
    dropped = pd.Series(False, index=frame.index)
    dropped[same.index[same]] = True
    case = case.noting("duplicate", dropped, "stejný řádek dvakrát, ponechán jednou", frame[~dropped])
    codes = case.frame.loc[case.frame[field].notna(), field]
    twice = codes[codes.duplicated()].drop_duplicates()
    if len(twice):
        named = ", ".join(map(str, twice[:MOST])) + (f" … ({len(twice)} in all)" if len(twice) > MOST else "")
        case = case.refusing(f"'{field}' repeats in rows that differ: {named}")
    return case


def check_count(case: Case) -> Case:
    """The case refused when it has no features, or fewer or more than its card expects.

    Of a layer that is cut to the region later only too few can be told here.
    """
    if not len(case.frame):
        return case.refusing(f"layer '{case.card.id}': has no features left")
    if case.card.expected_range is None:
        return case
    low, high = case.card.expected_range
    found = len(case.frame)
    if low <= found <= high or (case.card.region != "all" and found > high):
        return case
    expected = str(low) if low == high else f"from {low} to {high}"
    return case.refusing(f"layer '{case.card.id}': expected {expected}, found {found}")
