"""``/mapa/indikatory``: one indicator over the units of a level, as a finding, a legend, a table and a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from geoportal.atlas.classes import Classes, classify_from_zero
from geoportal.atlas.legend import LARGEST_RADIUS_PX, CircleEntry, ClassEntry, circle_entries, class_entries, largest
from geoportal.atlas.palette import CIRCLE, CIRCLE_BELOW_ZERO, class_colours
from geoportal.errors import NotFound, alternatives
from geoportal.maps.contents import Thematic
from geoportal.maps.shell import Shell, thematic_map
from geoportal.site import LEVELS
from geoportal.snapshot.indicator import IndicatorTable, UnitValue
from geoportal.web.params import choice as one_of
from geoportal.web.screens.canvas import canvas
from geoportal.web.screens.catalogue import of_level
from geoportal.web.screens.units import collation, unit_names
from geoportal.web.screens.visit import Visit

PARAMETERS = ("ukazatel", "uroven", "obdobi", "razeni")
ORDERS = ("-hodnota", "hodnota", "nazev")
OUTLINES = {"obec": "okres", "pou": "okres", "orp": "okres", "okres": "kraj"}


@dataclass(frozen=True)
class Choice:
    """What the page shows; ``notices`` say where it differs from what was asked for."""

    table: IndicatorTable
    level: str
    period: str
    order: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One unit of the table; ``mark`` is the index of its class, or None."""

    code: str
    name: str
    rank: str
    value: str
    status: str
    mark: int | None


@dataclass(frozen=True)
class AtlasLegend:
    """Either classes or circles; how many units have no value is in ``states``, pairs of status and count."""

    classes: Sequence[ClassEntry]
    circles: Sequence[CircleEntry]
    below_zero: bool
    states: tuple[tuple[str, int], ...]


def atlas_screen(visit: Visit) -> tuple[dict[str, Any], Shell]:
    """What the page shows, and its map. Raises ``NotFound`` for an unknown indicator."""
    choice = choose(visit)
    table = choice.table
    values = table.values(choice.level, choice.period)
    numbers = [value.value for value in values if value.value is not None]
    classes = classify_from_zero(numbers) if table.measure == "relative" else Classes((), ())
    content = {
        "choice": choice,
        "table": table,
        "themes": _options(visit),
        "levels": levels(table),
        "periods": table.periods(choice.level),
        "finding": finding(visit, choice, values),
        "legend": _legend(visit, choice, values, numbers, classes),
        "rows": rows(visit, choice, values, classes),
        "colours": class_colours(classes),
        "diverging": classes.diverging,
        "circle": CIRCLE,
        "circle_below_zero": CIRCLE_BELOW_ZERO,
    }
    return content, thematic_map(canvas(visit, _map_name(visit, choice)), _thematic(visit, choice, numbers, classes))


def choose(visit: Visit) -> Choice:
    """The indicator, level and period to show: as asked, otherwise the site's, the finest, the latest.

    A level or period that other indicators have and this one lacks is replaced, and a notice says so, because the form
    can't know which go together without scripts.
    """
    say, tables = visit.say, visit.snapshot.indicators
    if not tables:
        raise NotFound("this snapshot has no indicators; see /o-datech for what is absent and why")
    wanted = visit.args.get("ukazatel") or opening(visit)
    if wanted not in tables:
        raise NotFound(f"there is no indicator '{wanted}'; {alternatives(wanted, tables)}")
    table, notices = tables[wanted], []
    offered = levels(table)
    level = one_of("uroven", LEVELS)(visit.args.get("uroven", offered[0]))
    if level not in offered:
        level = offered[0]
        notices.append(say("atlas.other_level", level=say("level." + level)))
    everywhere = {period for one in tables.values() for lv in one.levels for period in one.periods(lv)}
    latest = table.periods(level)[-1]
    period = one_of("obdobi", sorted(everywhere))(visit.args.get("obdobi", latest))
    if period not in table.periods(level):
        notices.append(say("atlas.other_period", asked=period, shown=latest))
        period = latest
    order = one_of("razeni", ORDERS)(visit.args.get("razeni", ORDERS[0]))
    return Choice(table, level, period, order, tuple(notices))


def opening(visit: Visit) -> str:
    """The indicator that the atlas opens with: the site's, or the first relative one in the order of the themes."""
    tables = visit.snapshot.indicators
    themes = [theme.id for theme in visit.site.themes]
    ordered = sorted(tables, key=lambda one: (tables[one].measure != "relative", themes.index(tables[one].theme), one))
    return next(name for name in (*visit.site.atlas.default, *ordered) if name in tables)


def levels(table: IndicatorTable) -> list[str]:
    """The levels that have values, from the finest."""
    return [level for level in LEVELS if level in table.levels]


def _options(visit: Visit) -> list[tuple[str, list[tuple[str, str]]]]:
    """Themes with their indicators as pairs of id and title, for the list to choose from."""
    tables = visit.snapshot.indicators.values()
    grouped = [
        (
            visit.into(theme.title),
            sorted(
                ((t.id, visit.into(t.title)) for t in tables if t.theme == theme.id),
                key=lambda option: collation(option[1]),
            ),
        )
        for theme in visit.site.themes
    ]
    return [(title, options) for title, options in grouped if options]


def finding(visit: Visit, choice: Choice, values: Sequence[UnitValue]) -> str:
    """The sentence above the map: where most, where least, and the region as a whole."""
    say = visit.say
    known = sorted((v for v in values if v.value is not None), key=lambda v: (v.value, v.code))
    if not known:
        return say("atlas.no_values")
    names = unit_names(visit.snapshot, choice.level)

    def told(unit: UnitValue) -> str:
        return f"{names[unit.code]} ({_amount(visit, choice.table, unit.value or 0.0)})"

    if len(known) == 1:
        return told(known[0])
    ends = say("atlas.finding", highest=_tops(visit, known[::-1], told), lowest=_tops(visit, known, told))
    whole = _whole(choice)
    if whole is None:
        return ends
    return ends + " " + say("atlas.whole", name=whole.name, value=_amount(visit, choice.table, whole.value or 0.0))


def _tops(visit: Visit, ordered: Sequence[UnitValue], told: Callable[[UnitValue], str]) -> str:
    """The first unit in words, with how many others share its value."""
    same = sum(unit.value == ordered[0].value for unit in ordered)
    return told(ordered[0]) + (visit.say("atlas.more", count=same - 1) if same > 1 else "")


def _whole(choice: Choice) -> UnitValue | None:
    table = choice.table
    if choice.level == "kraj" or "kraj" not in table.levels or choice.period not in table.periods("kraj"):
        return None
    return next((unit for unit in table.values("kraj", choice.period) if unit.value is not None), None)


def _amount(visit: Visit, table: IndicatorTable, value: float) -> str:
    return f"{visit.say.number(value, table.decimals)}\u00a0{visit.into(table.unit)}"


def rows(visit: Visit, choice: Choice, values: Sequence[UnitValue], classes: Classes) -> list[Row]:
    """The table in the order asked for; equal values share a rank, units without a value come last by name."""
    names = unit_names(visit.snapshot, choice.level)
    known = sorted((v for v in values if v.value is not None), key=lambda v: -(v.value or 0.0))
    ranks: dict[float, int] = {}
    for position, unit in enumerate(known, start=1):
        ranks.setdefault(unit.value or 0.0, position)
    shown = sorted(values, key=lambda v: (v.value is None, collation(names[v.code])))
    if choice.order != "nazev":
        sign = -1 if choice.order.startswith("-") else 1
        shown.sort(key=lambda v: (v.value is None, sign * (v.value or 0.0)))
    return [_row(visit, choice, unit, names[unit.code], ranks, classes) for unit in shown]


def _row(visit: Visit, choice: Choice, unit: UnitValue, name: str, ranks: dict[float, int], classes: Classes) -> Row:
    status = "" if unit.status == "ok" else visit.say("status." + unit.status)
    if unit.value is None:
        return Row(unit.code, name, "", "", status, None)
    value = visit.say.number(unit.value, choice.table.decimals)
    mark = classes.index(unit.value) if classes.counts else None
    return Row(unit.code, name, visit.say.number(ranks[unit.value]), value, status, mark)


def _legend(
    visit: Visit, choice: Choice, values: Sequence[UnitValue], numbers: Sequence[float], classes: Classes
) -> AtlasLegend:
    counted = Counter(unit.status for unit in values if unit.status != "ok")
    circles = circle_entries(numbers, visit.language) if choice.table.measure == "count" and numbers else []
    entries = class_entries(classes, choice.table.decimals, visit.language)
    return AtlasLegend(entries, circles, any(number < 0 for number in numbers), tuple(sorted(counted.items())))


def _map_name(visit: Visit, choice: Choice) -> str:
    title, level = visit.into(choice.table.title), visit.say("level." + choice.level)
    return visit.say("atlas.map", title=title, period=choice.period, level=level)


def _thematic(visit: Visit, choice: Choice, numbers: Sequence[float], classes: Classes) -> Thematic:
    table = choice.table
    units = of_level(visit, choice.level)
    if units is None:
        raise NotFound(f"this snapshot has no layer of level '{choice.level}'")
    towns = of_level(visit, LEVELS[0]) or units
    above = of_level(visit, OUTLINES.get(choice.level, ""))
    return Thematic(
        units_url=visit.address(f"/layers/{units.id}.geojson"),
        values_url=visit.address(
            f"/indicators/{table.id}/values", {"level": choice.level, "period": choice.period, "f": "json"}
        ),
        label=units.label,
        unit=visit.into(table.unit),
        decimals=table.decimals,
        measure=table.measure,
        uppers=classes.uppers,
        colours=class_colours(classes),
        largest=largest(numbers),
        radius=LARGEST_RADIUS_PX,
        names_url=visit.address(f"/layers/{towns.id}.geojson"),
        names_label=towns.label,
        attribution="; ".join(dict.fromkeys((units.attribution, table.attribution))),
        outline_url=visit.address(f"/layers/{above.id}.geojson") if above else None,
    )
