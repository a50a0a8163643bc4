"""The account of a join for programs: what was recognised, what was joined, what was not and what it may be."""

from __future__ import annotations

from typing import Any

from geoportal.join import limits
from geoportal.join.gazetteer import Unit
from geoportal.join.join import Joined
from geoportal.join.match import Open

_WORDS = {"\t": "tab", ";": "semicolon", "|": "pipe", ",": "comma"}


def report(joined: Joined) -> dict[str, Any]:
    """Plain values; lists hold at most ``limits.LISTED`` entries, the counts are of all."""
    matched = joined.matched
    return {
        "recognised": _recognised(joined),
        "counts": {
            "rows": len(joined.table.lines),
            "rows_left_out": matched.left_out,
            "rows_matched": sum(map(len, matched.rows.values())),
            "units_matched": len(matched.rows),
            "units_without_row": len(matched.without_row),
            "unknown": len(matched.unknown),
            "ambiguous": len(matched.ambiguous),
            "other_level": len(matched.other_level),
            "rows_without_unit": len(matched.empty),
            "repeated": len(joined.repeats),
            "conflicts": len(joined.conflicts),
            "wrong_values": len(joined.wrong),
        },
        "matched_by": dict(matched.by),
        "unknown": _opens(matched.unknown),
        "ambiguous": _opens(matched.ambiguous),
        "other_level": _opens(matched.other_level),
        "rows_without_unit": list(matched.empty[: limits.LISTED]),
        "repeated": [
            {**_unit(one.unit), "rows": list(one.rows[: limits.LISTED]), "same": one.same}
            for one in joined.repeats[: limits.LISTED]
        ],
        "wrong_values": [{"row": row, "text": text} for row, text in joined.wrong[: limits.LISTED]],
        "units_without_row": [_unit(unit) for unit in matched.without_row[: limits.LISTED]],
    }


def _recognised(joined: Joined) -> dict[str, Any]:
    seen, header, sent = joined.seen, joined.table.header, joined.sent
    return {
        "encoding": sent.encoding,
        "delimiter": _WORDS.get(sent.delimiter or ""),
        "sheet": sent.sheet,
        "header": joined.table.headed,
        "columns": list(header),
        "level": seen.level,
        "unit": header[seen.unit],
        "unit_is": "code" if seen.by_code else "name",
        "within": None if seen.within is None else header[seen.within],
        "value": joined.title or None,
        "values": [header[at] for at in seen.values],
        "decimal": joined.reading.mark,
        "parts": [{"column": header[one.column], "part": one.part, "parts": list(one.parts)} for one in seen.parters],
    }


def _opens(found: tuple[Open, ...]) -> list[dict[str, Any]]:
    return [
        {
            "text": one.text,
            "rows": list(one.rows[: limits.LISTED]),
            "candidates": [_unit(unit) for unit in one.candidates],
        }
        for one in found[: limits.LISTED]
    ]


def _unit(unit: Unit) -> dict[str, str]:
    return {"code": unit.code, "name": unit.name} | ({"district": unit.district} if unit.district else {})
