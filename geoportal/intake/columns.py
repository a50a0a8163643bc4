"""From the columns of a source to the declared fields of a layer."""

from __future__ import annotations

import re
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geoportal.errors import alternatives
from geoportal.intake.case import MOST, Case
from geoportal.intake.codes import as_text
from geoportal.intake.fieldtypes import CONVERTERS, REPAIRS
from geoportal.intake.reading import Note, examples


def check_columns(case: Case) -> Case:
    """The case refused for each column that the card names and the file lacks; blocked if rows depend on it."""
    present = [str(name) for name in case.frame.columns if name != "geometry"]
    filters = [name for name in (*case.entry.keep, *case.entry.match) if name not in present]
    renamed = [name for name in case.entry.rename if name not in present]
    for name in dict.fromkeys([*filters, *renamed]):
        case = case.refusing(f"has no column '{name}'; {alternatives(name, present)}")
    absent = frozenset(case.entry.rename[name] for name in renamed)
    return replace(case, absent=absent, blocked=case.blocked or bool(filters))


def keep_rows(case: Case) -> Case:
    """The case with only the rows that ``keep`` and ``match`` let through; refused when none is left."""
    if not len(case.frame):
        return case.refusing("holds no rows", blocked=True)
    held = pd.Series(True, index=case.frame.index)
    for name, wanted in case.entry.keep.items():
        held &= as_text(case.frame[name]).isin([wanted] if isinstance(wanted, str) else wanted)
        if not held.any():
            return case.refusing(_none_left(case, name, f"equal to {wanted!r}"), blocked=True)
    for name, pattern in case.entry.match.items():
        found = as_text(case.frame[name]).dropna().map(lambda text, p=re.compile(pattern): bool(p.search(text)))
        held &= found.reindex(held.index, fill_value=False)
        if not held.any():
            return case.refusing(_none_left(case, name, f"that matches {pattern!r}"), blocked=True)
    return replace(case, frame=case.frame[held])


def make_fields(case: Case) -> Case:
    """The case with exactly the declared fields in their order and types, and the geometry."""
    raw, columns = case.frame, _columns_by_field(case)
    fields: dict[str, pd.Series] = {}
    for field in case.card.fields:
        if field in case.entry.values:
            fields[field] = pd.Series(case.entry.values[field], index=raw.index, dtype=object)
        elif field in columns:
            fields[field] = raw[columns[field]]
        else:
            fields[field] = pd.Series(None, index=raw.index, dtype=object)
    case = replace(case, frame=_framed(fields, raw))
    for field in case.card.fields:
        case = _converted(case, field, columns.get(field, field))
    filled = {*columns, *case.entry.values, *case.absent}
    empty = [field for field in case.card.fields if field not in filled]
    note = Note("no-column", len(empty), "pole, která zdroj nemá, zůstávají prázdná", tuple(empty))
    return case.remarking(note) if empty else case


def _columns_by_field(case: Case) -> dict[str, str]:
    """Field -> column: what ``rename`` says, otherwise the column of the same name."""
    renamed = {field: name for name, field in case.entry.rename.items() if name in case.frame.columns}
    same = {field: field for field in case.card.fields if field in case.frame.columns}
    return {**same, **renamed}


def _framed(columns: dict[str, pd.Series], raw: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(columns, index=raw.index)
    if "geometry" not in raw.columns:
        return frame
    return gpd.GeoDataFrame(frame, geometry=raw["geometry"].array, crs=getattr(raw, "crs", None))


def _converted(case: Case, field: str, column: str) -> Case:
    kind = case.card.fields[field].type
    values, wrong, repaired = CONVERTERS[kind](case.frame[field], case.source.read)
    if wrong.any():
        offenders = case.frame.loc[wrong, field]
        more = f" ({len(offenders)} rows in all)" if len(offenders) > 1 else ""
        case = case.refusing(
            f"{case.row(offenders.index[0])}: column '{column}' has {offenders.iloc[0]!r}, not a {kind}{more}"
        )
    case = case.noting(f"{kind}-repaired", repaired, f"pole '{field}': {REPAIRS.get(kind, '')}")
    return replace(case, frame=case.frame.assign(**{field: values}))


def _none_left(case: Case, name: str, condition: str) -> str:
    there = examples(as_text(case.frame[name]).dropna().drop_duplicates(), 2 * MOST)
    return f"no row is left: column '{name}' has no value {condition}; it has: {', '.join(there) or 'nothing'}"
