"""The table of what lies in an area: indicators by theme, then points counted one by one."""

from __future__ import annotations

from collections.abc import Iterator

from geoportal.analyses.areas import AreaFigure, Content
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.web.screens.analysis.table import Cell, Column, Row, Table
from geoportal.web.screens.visit import Visit

REGION = "kraj"
SHARE_DECIMALS = 1


def areas_table(visit: Visit, content: Content) -> Table:
    """The rows in the order of themes: sums before what is computed of them."""
    themes = [theme.id for theme in visit.site.themes]
    sums = ("counted", "weighted", "seats")
    figures = sorted(content.figures, key=lambda one: (themes.index(one.table.theme), one.method not in sums))
    rows = [*(_of_layer(visit, *one) for one in content.counts), *(_of_figure(visit, one) for one in figures)]
    return Table(visit.say("analysis.area.caption"), tuple(_columns(visit)), tuple(rows))


def _columns(visit: Visit) -> Iterator[Column]:
    shown = {"name", "theme", "value", "whole", "share", "period", "method"}
    numbers = {"value": 2, "whole": 2, "share": SHARE_DECIMALS, "estimated": 2, "unknown": 0}
    names = {
        "id": "ukazatel", "name": "nazev", "value": "hodnota", "unit": "jednotka", "whole": "kraj",
        "share": "podil_kraje", "period": "obdobi", "theme": "tema", "method": "zpusob", "status": "stav",
        "estimated": "z_toho_odhad", "unknown": "obce_bez_udaje",
    }  # fmt: skip
    for key, name in names.items():
        title, meaning = visit.say("analysis.area.column." + key), visit.say("analysis.area.meaning." + key)
        yield Column(key, name, title, meaning, numbers.get(key), on_page=key in shown)


def _of_figure(visit: Visit, one: AreaFigure) -> Row:
    table, say = one.table, visit.say
    whole = _whole(table, one.period)
    unit = visit.into(table.unit)
    shown = [
        ("value", _amount(visit, one.value, table, unit) if one.value is not None else say("status." + one.status)),
        ("whole", _amount(visit, whole, table, unit) if whole is not None else ""),
        ("method", say("analysis.area.method." + one.method)),
    ]
    if one.status == "incomplete":
        shown[0] = ("value", f"{shown[0][1]} ({say('status.incomplete')})")
    cells: tuple[Cell, ...] = (
        table.id, visit.into(table.title), one.value, unit, whole, _share(one, whole), one.period,
        _theme(visit, table.theme), one.method, one.status, one.estimated, one.unknown,
    )  # fmt: skip
    return Row(cells, href=visit.link("/mapa/indikatory", ukazatel=table.id), shown=tuple(shown))


def _share(one: AreaFigure, whole: float | None) -> float | None:
    """Percent of the region's value, of a sum that no obec takes anything from."""
    if one.table.aggregate != "sum" or one.value is None or not whole or one.negative:
        return None
    return 100 * one.value / whole


def _amount(visit: Visit, value: float, table: IndicatorTable, unit: str) -> str:
    return f"{visit.say.number(value, table.decimals)}\u00a0{unit}"


def _whole(table: IndicatorTable, period: str) -> float | None:
    """The value of the whole region."""
    if REGION not in table.levels or period not in table.periods(REGION):
        return None
    held = table.values(REGION, period)
    return held[0].value if len(held) == 1 else None


def _of_layer(visit: Visit, layer: Collection, count: int) -> Row:
    unit = visit.say("analysis.area.places")
    share = 100 * count / layer.count if layer.count else None
    cells: tuple[Cell, ...] = (
        layer.id, visit.into(layer.title), count, unit, layer.count, share, layer.date, _theme(visit, layer.theme),
        "counted", "ok", 0, 0,
    )  # fmt: skip
    shown = (
        ("value", visit.say.number(count)),
        ("whole", visit.say.number(layer.count)),
        ("period", visit.say.date(layer.date)),
        ("method", visit.say("analysis.area.method.counted")),
    )
    return Row(cells, href=visit.link(f"/collections/{layer.id}"), shown=shown, strong=bool(count))


def _theme(visit: Visit, theme_id: str) -> str:
    return visit.into(visit.site.theme(theme_id).title)
