"""Columns in the types that a layer's card declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from geoportal.cards.layer import FieldType
from geoportal.cards.source import ReadOptions
from geoportal.intake.codes import as_codes, as_text
from geoportal.intake.numbers import as_numbers

_WORDS = {"true": True, "1": True, "ano": True, "yes": True, "false": False, "0": False, "ne": False, "no": False}
_CZECH_DATE = r"(?P<d>\d{1,2})\.\s*(?P<m>\d{1,2})\.\s*(?P<y>\d{4})"
_ISO_DATE = r"(?P<date>\d{4}-\d{2}-\d{2})(?:[T ].*)?"
_URL = r"https?://[^\s/]\S*"


class Converted(NamedTuple):
    """Values in the declared type, the rows that could not become it, and those that were repaired."""

    values: pd.Series
    wrong: np.ndarray
    repaired: np.ndarray


Converter = Callable[[pd.Series, ReadOptions], Converted]


def _converted(values: pd.Series, wrong: np.ndarray | None = None, repaired: np.ndarray | None = None) -> Converted:
    none = np.zeros(len(values), dtype=bool)
    return Converted(values, none if wrong is None else wrong, none if repaired is None else repaired)


def _text(column: pd.Series, options: ReadOptions) -> Converted:
    return _converted(as_text(column))


def _code(column: pd.Series, options: ReadOptions) -> Converted:
    codes, repaired = as_codes(column)
    return _converted(codes, repaired=repaired)


def _number(column: pd.Series, options: ReadOptions) -> Converted:
    values, wrong = as_numbers(column, options)
    return _converted(pd.Series(values, index=column.index).astype("Float64"), wrong)


def _integer(column: pd.Series, options: ReadOptions) -> Converted:
    values, wrong = as_numbers(column, options)
    wrong = wrong | (np.isfinite(values) & (values % 1 != 0))
    whole = pd.Series(np.where(wrong, np.nan, values), index=column.index)
    return _converted(whole.astype("Float64").astype("Int64"), wrong)


def _boolean(column: pd.Series, options: ReadOptions) -> Converted:
    texts = as_text(column)
    values = texts.str.lower().map(_WORDS)
    return _converted(values.astype("boolean"), (texts.notna() & values.isna()).to_numpy())


def _date(column: pd.Series, options: ReadOptions) -> Converted:
    texts = as_text(column).astype("str")
    iso = texts.str.extract(f"^{_ISO_DATE}$")["date"]
    czech = texts.str.extract(f"^{_CZECH_DATE}$")
    czech_iso = czech["y"] + "-" + czech["m"].str.zfill(2) + "-" + czech["d"].str.zfill(2)
    dates = iso.fillna(czech_iso)
    real = dates.notna() & _exists(dates)
    values = dates.astype(object).where(real, None)
    return _converted(values, (texts.notna() & ~real).to_numpy(), (czech_iso.notna() & real).to_numpy())


def _datetime(column: pd.Series, options: ReadOptions) -> Converted:
    """Instants as ISO 8601 text in UTC; one without a zone is taken for UTC."""
    texts = as_text(column)
    instants = pd.to_datetime(texts, utc=True, errors="coerce", format="ISO8601")
    values = instants.dt.strftime("%Y-%m-%dT%H:%M:%SZ").astype(object).where(instants.notna(), None)
    return _converted(values, (texts.notna() & instants.isna()).to_numpy(dtype=bool))


def _exists(dates: pd.Series) -> pd.Series:
    """Which ISO texts are days of the calendar; years beyond what nanoseconds can hold (9999) are."""
    days = dates.map(lambda day: _is_day(day) if isinstance(day, str) else False)
    return days.astype(bool)


def _is_day(day: str) -> bool:
    try:
        np.datetime64(day, "D")
    except ValueError:
        return False
    return True


def _url(column: pd.Series, options: ReadOptions) -> Converted:
    texts = as_text(column)
    bare = texts.str.match(r"www\.[^\s/]", na=False).to_numpy(dtype=bool)
    whole = texts.where(~bare, "http://" + texts.astype("str").astype(object)).astype(object).where(texts.notna(), None)
    # Anything else, such as javascript:, must not become a link.
    good = whole.str.fullmatch(_URL, na=False).to_numpy(dtype=bool)
    return _converted(whole.where(good, None), repaired=bare | (texts.notna().to_numpy() & ~good))


CONVERTERS: Mapping[FieldType, Converter] = MappingProxyType(
    {
        "text": _text,
        "code": _code,
        "integer": _integer,
        "number": _number,
        "boolean": _boolean,
        "date": _date,
        "datetime": _datetime,
        "url": _url,
        "phone": _text,
    }
)
REPAIRS: Mapping[FieldType, str] = MappingProxyType(
    {
        "code": "kód zapsaný jako desetinné číslo, opraven na text",
        "date": "datum převedeno do tvaru RRRR-MM-DD",
        "url": "adresa bez schématu doplněna o http://, jiná než webová vynechána",
    }
)
