"""``/pripojit``: the form for a user's own table, and the table on a map with the account of its join."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geoportal.atlas.classes import Classes, Scheme, classes_of
from geoportal.atlas.legend import LARGEST_RADIUS_PX, circle_entries, class_entries, largest
from geoportal.atlas.numbers import needed_decimals
from geoportal.atlas.palette import CIRCLE, CIRCLE_BELOW_ZERO, class_colours
from geoportal.errors import TableRefused
from geoportal.join import limits
from geoportal.join.choices import Choices
from geoportal.join.join import Joined
from geoportal.join.output import link_fragment, tab_separated
from geoportal.join.units import layer_of
from geoportal.join.values import is_relative
from geoportal.maps.shell import Shell, layers_map
from geoportal.query.collation import collation
from geoportal.site import LEVELS
from geoportal.snapshot.indicator import UnitValue
from geoportal.web.screens.canvas import canvas
from geoportal.web.screens.joined import account
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit
from geoportal.web.texts import Phrases

_OUTLINES = {"obec": "okres", "pou": "okres", "orp": "okres", "okres": "kraj"}
_MOST_DECIMALS = 4


@dataclass(frozen=True)
class Drawing:
    """How values are drawn: ``measure`` None for what they look like; ``order`` of the table."""

    measure: str | None = None
    scheme: str = "quantiles"
    count: int = 5
    order: str = "-value"

    MEASURES = ("relative", "count")
    SCHEMES = ("quantiles", "natural", "equal")
    COUNTS = (2, 3, 4, 5)
    COUNT = 5
    ORDERS = ("-value", "value", "name")


@dataclass(frozen=True)
class Row:
    """One unit of the table; ``mark`` is the index of its class, or None."""

    code: str
    name: str
    rank: str
    value: str
    status: str
    mark: int | None


def refusal(say: Phrases, error: TableRefused) -> str:
    """Why a table is refused, as a sentence."""
    values = {name: say.number(value) if isinstance(value, int) else value for name, value in error.values.items()}
    return say("join.refused." + error.key, **values)


def form_screen(visit: Visit, refused: TableRefused | None = None, text: str = "") -> dict[str, Any]:
    """What the form shows: what was wrong, if anything, and what was pasted."""
    return {
        "joined": None,
        "mistake": refusal(visit.say, refused) if refused else "",
        "text": text,
        "most_rows": visit.say.number(limits.ROWS),
        "most_columns": visit.say.number(limits.COLUMNS),
        "most_bytes": limits.BYTES // (1024 * 1024),
    }


def joined_screen(visit: Visit, joined: Joined, choices: Choices, drawing: Drawing) -> tuple[dict[str, Any], Shell]:
    """What the page of a joined table shows, and its map."""
    numbers = [value.value for value in joined.values if value.value is not None]
    relative = is_relative(joined.title, joined.reading)
    measure = drawing.measure or ("relative" if relative else "count")
    classes = classes_of(numbers, Scheme(drawing.scheme, drawing.count)) if measure == "relative" else Classes((), ())
    decimals = needed_decimals(tuple(numbers), _MOST_DECIMALS)
    header = joined.table.header
    drawn = {"measure": measure, "scheme": drawing.scheme, "classes": str(drawing.count)}
    content = {
        "joined": joined,
        "title": joined.title or visit.say("join.no_value"),
        "unit": "%" if joined.reading.percent else "",
        "finding": _finding(visit, joined, decimals),
        "account": account(visit, joined, choices),
        "levels_named": [(level, visit.say("level." + level)) for level in LEVELS if level in visit.snapshot.units],
        "chosen_decimal": choices.decimal or "",
        "columns": [(f"#{at}", name) for at, name in enumerate(header, 1)],
        "values": [(f"#{at + 1}", header[at]) for at in _offered(joined)],
        "drawing": drawing,
        "measure": measure,
        "classes": class_entries(classes, decimals, visit.language),
        "circles": circle_entries(numbers, visit.language) if measure == "count" and numbers else [],
        "below_zero": any(number < 0 for number in numbers),
        "circle": CIRCLE,
        "circle_below_zero": CIRCLE_BELOW_ZERO,
        "states": sorted(Counter(value.status for value in joined.values if value.value is None).items()),
        "rows": _rows(visit, joined, drawing.order, classes, decimals),
        "colours": class_colours(classes),
        "table": tab_separated(joined),
        "fragment": link_fragment(joined, drawn),
        "longest_link": visit.say.number(limits.LINK),
        "map": _map(visit, joined, measure, classes, decimals),
        "attribution": _attribution(visit, joined.seen.level),
    }
    return content, layers_map(canvas(visit, visit.say("join.map")), ())


def _offered(joined: Joined) -> Sequence[int]:
    """The columns that may be shown; the one that is, even where it hardly has a number."""
    value = joined.seen.value
    return sorted({*joined.seen.values, *(() if value is None else (value,))})


def _finding(visit: Visit, joined: Joined, decimals: int) -> str:
    known = sorted((v for v in joined.values if v.value is not None), key=lambda v: (v.value, v.code))
    if len(known) < 2 or known[0].value == known[-1].value:
        return ""
    names = unit_names(visit.snapshot, joined.seen.level)

    def told(unit: UnitValue) -> str:
        return f"{names[unit.code]} ({visit.say.number(unit.value or 0.0, decimals)})"

    return visit.say("join.finding", highest=told(known[-1]), lowest=told(known[0]))


def _rows(visit: Visit, joined: Joined, order: str, classes: Classes, decimals: int) -> list[Row]:
    """The units in the order asked for; equal values share a rank, units without a value come last by name."""
    names = unit_names(visit.snapshot, joined.seen.level)
    known = sorted((value.value for value in joined.values if value.value is not None), reverse=True)
    ranks: dict[float, int] = {}
    for position, value in enumerate(known, 1):
        ranks.setdefault(value, position)
    shown = sorted(joined.values, key=lambda v: (v.value is None, collation(names[v.code])))
    if order != "name":
        sign = -1 if order == "-value" else 1
        shown.sort(key=lambda v: (v.value is None, sign * (v.value or 0.0)))
    conflicts = {one.unit.code for one in joined.conflicts}
    rows = []
    for unit in shown:
        if unit.value is None:
            status = visit.say("join.conflict" if unit.code in conflicts else "status." + unit.status)
            rows.append(Row(unit.code, names[unit.code], "", "", status, None))
        else:
            mark = classes.index(unit.value) if classes.counts else None
            rank, told = visit.say.number(ranks[unit.value]), visit.say.number(unit.value, decimals)
            rows.append(Row(unit.code, names[unit.code], rank, told, "", mark))
    return rows


def _map(visit: Visit, joined: Joined, measure: str, classes: Classes, decimals: int) -> dict[str, Any] | None:
    """What the page's script draws. None of it goes into the shell of the map, because shells are kept."""
    level = joined.seen.level
    units, above = layer_of(visit.snapshot, level), layer_of(visit.snapshot, _OUTLINES.get(level, ""))
    if units is None:
        return None
    towns = layer_of(visit.snapshot, LEVELS[0]) or units
    numbers = [value.value for value in joined.values if value.value is not None]
    return {
        "units_url": visit.address(f"/layers/{units.id}.geojson"),
        "outline_url": visit.address(f"/layers/{above.id}.geojson") if above else None,
        "names_url": visit.address(f"/layers/{towns.id}.geojson"),
        "names_label": towns.label,
        "attribution": units.attribution,
        "names": dict(unit_names(visit.snapshot, level)),
        "unit": "%" if joined.reading.percent else "",
        "decimals": decimals,
        "measure": measure,
        "uppers": classes.uppers,
        "colours": class_colours(classes),
        "circle": CIRCLE,
        "circle_below_zero": CIRCLE_BELOW_ZERO,
        "largest": largest(numbers),
        "radius": LARGEST_RADIUS_PX,
        "values": [[value.code, value.value, value.status] for value in joined.values],
    }


def _attribution(visit: Visit, level: str) -> str:
    layer = layer_of(visit.snapshot, level)
    return layer.attribution if layer else ""
