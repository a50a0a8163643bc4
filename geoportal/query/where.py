"""SQL ``where`` clauses, as Esri clients write them, in CQL2 text."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from geoportal.errors import InvalidParameter

_TEXT = r"'(?:[^']|'')*'"
_SPOKEN_OTHERWISE = re.compile(
    rf"""(?P<name>"[^"]*")
    | \b(?:date|timestamp)\s+(?P<time>{_TEXT})
    | \b(?P<fold>upper|lower)\s*\(\s*(?P<folded>{_TEXT})\s*\)
    | \b(?:n(?='))?(?P<text>{_TEXT})
    | (?P<plain>{_TEXT})""",
    re.IGNORECASE | re.VERBOSE,
)


def cql2_of(where: str) -> str:
    """``where`` in CQL2 text; what the two languages share is left as it is, for the parser of CQL2 to judge.

    Translated are times (``DATE '2024-01-31'``, ``TIMESTAMP '2024-01-31 12:00:00'``, both instants in UTC), national
    texts (``N'Jičín'``), and ``UPPER`` or ``LOWER`` of a text. Raises ``InvalidParameter`` for a malformed time.
    """
    return _SPOKEN_OTHERWISE.sub(_translated, where)


def _translated(match: re.Match[str]) -> str:
    if match["time"]:
        return f"TIMESTAMP('{_instant(match['time'][1:-1])}')"
    if match["folded"]:
        return match["folded"].upper() if match["fold"].lower() == "upper" else match["folded"].lower()
    return match["name"] or match["text"] or match["plain"]


def _instant(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidParameter(f"where: {text[:40]!r} is not a time such as 2024-01-31 12:00:00") from None
    zoned = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return zoned.strftime("%Y-%m-%dT%H:%M:%SZ")
