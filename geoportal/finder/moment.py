"""The moment that a question is about, read from what people and programs write."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from geoportal.errors import InvalidParameter
from geoportal.finder.answer import Remark
from geoportal.hours.clock import PRAGUE, as_prague
from geoportal.hours.holidays import YEARS

_FORM = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
_PLUS_LOST = re.compile(r"(?<=\d) (?=\d\d:?\d\d$)")  # in a query "+" means a blank
_PATIENCE = dt.timedelta(hours=1)
_FORESEEN = dt.timedelta(days=183)


@dataclass(frozen=True)
class Moment:
    """``at`` in Europe/Prague, and what has to be known about it."""

    at: dt.datetime
    remarks: tuple[Remark, ...] = ()


def read_moment(text: str | None, now: dt.datetime) -> Moment:
    """The moment that ``text`` (ISO 8601; Prague's clock where it has no zone; a date alone is its noon) means, or now.

    Raises ``InvalidParameter`` for anything else, and for years whose public holidays are not known.
    """
    if text is None:
        return Moment(as_prague(now))
    given = _parsed(text)
    at = as_prague(given)
    remarks = [] if given.tzinfo else _on_the_clock(given, at)
    if at < now - _PATIENCE:
        remarks.append(Remark("past"))
    elif at > now + _FORESEEN:
        remarks.append(Remark("far-future"))
    return Moment(at, tuple(remarks))


def _parsed(text: str) -> dt.datetime:
    whole = _PLUS_LOST.sub("+", text.strip()) if "T" in text.upper() else text.strip()
    try:
        if not _FORM.fullmatch(whole):
            raise ValueError
        given = dt.datetime.fromisoformat(whole.upper())
    except (ValueError, OverflowError):
        raise InvalidParameter(
            f"at={text[:40]!r} is not a moment in ISO 8601 such as 2026-12-24T18:30 (Prague's clock) or "
            "2026-12-24T17:30:00Z"
        ) from None
    if given.year not in YEARS[:-1]:
        known = f"{YEARS[0]} to {YEARS[-2]}"
        raise InvalidParameter(f"at={text[:40]!r} is out of the years {known}, for which public holidays are known")
    return given.replace(hour=12) if len(whole) == len("2026-12-24") else given


def _on_the_clock(given: dt.datetime, at: dt.datetime) -> list[Remark]:
    if at.replace(tzinfo=None, fold=0) != given:
        return [Remark("clock-gap")]
    early, late = given.replace(tzinfo=PRAGUE, fold=0), given.replace(tzinfo=PRAGUE, fold=1)
    return [Remark("clock-twice")] if early.utcoffset() != late.utcoffset() else []
