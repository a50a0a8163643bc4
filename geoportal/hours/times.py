"""Times of a day as people write them in Czech: ``8:00 - 12:00, 13:00 - 17:00``, ``od 17 do 21 hod.``, ``nonstop``."""

from __future__ import annotations

import re
import unicodedata

from geoportal.errors import HoursRefused
from geoportal.hours.clock import DAY_MINUTES
from geoportal.hours.rules import ALWAYS, Minutes

Hours = tuple[Minutes, ...]

CLOSED = frozenset({"neordinuje se", "neordinuje", "neordinujeme", "zavřeno", "uzavřeno", "zrušeno", "mimo provoz"})
NONSTOP = frozenset({"nonstop", "non stop", "non-stop", "nepřetržitě", "nepřetržitý provoz", "24 hodin", "24/7"})
NOT_KNOWN = frozenset({"", "neuvedeno", "není známo", "neznámo", "nezjištěno"})

TIME = r"(\d{1,2})(?:[:.](\d\d))?(?: ?(?:h|hod|hodin)\.?)?"
SPAN = re.compile(rf"(?:od )?{TIME} ?(?:-|do|až) ?{TIME}")
SEPARATOR = re.compile(r" ?[,;/] ?| a ")
DASH = re.compile("[‐‑‒–—―−]")
LAST_MINUTE = DAY_MINUTES - 1


def read_times(text: str | None) -> Hours | None:
    """The spans of a day, none if it is closed, or None where nothing is said.

    In minutes from midnight; what goes on past midnight ends after 1440. 23:59 is meant as the end of the day. Raises
    ``HoursRefused`` for what can't be read for certain.
    """
    plain = _plain(text or "")
    if plain in NOT_KNOWN:
        return None
    if plain in CLOSED:
        return ()
    if plain in NONSTOP:
        return (ALWAYS,)
    return ordered_spans([_span(part, str(text)) for part in SEPARATOR.split(plain)], str(text))


def read_span(start: str, end: str) -> Minutes:
    """The span between two clock times such as ``17:00``. Raises ``HoursRefused``."""
    return _span(f"{_plain(start)}-{_plain(end)}", f"{start}-{end}")


def ordered_spans(spans: list[Minutes], shown: str) -> Hours:
    """``spans`` in their order; those that overlap, also around midnight, are refused."""
    ordered = sorted(spans)
    following = [*(start for start, _ in ordered[1:]), ordered[0][0] + DAY_MINUTES]
    if any(end > start for (_, end), start in zip(ordered, following, strict=True)):
        raise HoursRefused(f"hours {shown!r}: spans overlap; each must end before the next begins")
    return tuple(ordered)


def _plain(text: str) -> str:
    """``text`` in lower case with plain spaces and hyphens, without a full stop at its end."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return " ".join(DASH.sub("-", composed).split()).removesuffix(".")


def _span(part: str, shown: str) -> Minutes:
    found = SPAN.fullmatch(part.strip())
    if found is None:
        raise HoursRefused(f"hours {shown!r}: {part!r} is neither a span such as '17:00 - 21:00' nor a word we know")
    hours = [int(found[1]), int(found[3])]
    minutes = [int(found[2] or 0), int(found[4] or 0)]
    start, end = (hour * 60 + minute for hour, minute in zip(hours, minutes, strict=True))
    if max(minutes) > 59 or start > LAST_MINUTE or end > DAY_MINUTES:
        raise HoursRefused(f"hours {shown!r}: {part!r} is not a time of day; hours are 0 to 24, minutes 0 to 59")
    if start == end == 0:
        raise HoursRefused(f"hours {shown!r}: from midnight to midnight may mean always or never; write it in a word")
    if end == LAST_MINUTE:
        return start, DAY_MINUTES
    return start, end if end > start else end + DAY_MINUTES
