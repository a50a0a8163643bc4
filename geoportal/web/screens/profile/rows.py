"""The figures of a unit as rows of its page: values in words, comparisons, small charts, sources by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoportal.profiles.charts import Spark, Strip, spark, strip
from geoportal.profiles.figures import COMPARED, Figure, Series
from geoportal.profiles.unit import Unit
from geoportal.site import Level
from geoportal.snapshot.indicator import IndicatorTable, UnitValue
from geoportal.web.screens.visit import Visit


@dataclass(frozen=True)
class Compared:
    """A value in words; ``said`` is its status where that is not ok, ``share`` the unit's part of it in percent."""

    value: str
    said: str = ""
    share: str = ""


@dataclass(frozen=True)
class Moment:
    """A period in the table behind a chart: the values of the unit and of the units above, in the page's order.

    ``country``: the value of the whole country; empty where it is not known.
    """

    period: str
    values: tuple[Compared | None, ...]
    country: str


@dataclass(frozen=True)
class FigureRow:
    """An indicator. ``above``: the okres and the kraj, None where they have no value. ``share``: percent of the kraj.

    ``country``: the value of the whole country, empty where it is not known. ``notes`` are the numbers of its sources,
    ``change`` the chart in a sentence.
    """

    id: str
    title: str
    address: str
    unit: str
    period: str
    own: Compared
    rank: str
    above: tuple[Compared | None, ...]
    country: str
    strip: Strip | None
    share: float | None
    spark: Spark | None
    change: str
    history: tuple[Moment, ...]
    caution: str
    notes: tuple[int, ...]


@dataclass(frozen=True)
class ThemeRows:
    """The indicators of a theme."""

    id: str
    title: str
    address: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class SourceNote:
    """A source that figures stand on, under its number; ``said`` is how it wants to be named."""

    number: int
    title: str
    said: str
    date: str
    licence: tuple[str, str | None]
    address: str | None


def compared_levels(unit: Unit) -> list[Level]:
    """The levels that the unit is compared with."""
    return [level for level in COMPARED if level in unit.parents]


def theme_rows(visit: Visit, unit: Unit, held: Sequence[Series]) -> tuple[list[ThemeRows], list[SourceNote]]:
    """The indicators by theme in the site's order, and the sources in the order in which they are met."""
    numbers: dict[str, int] = {}
    found = []
    for theme in visit.site.themes:
        own = sorted((one for one in held if one.table.theme == theme.id), key=lambda one: one.table.measure == "count")
        rows = tuple(_row(visit, unit, one, numbers) for one in own)
        if rows:
            found.append(ThemeRows(theme.id, visit.into(theme.title), visit.link(f"/temata/{theme.id}"), rows))
    return found, [_note(visit, number, name) for name, number in numbers.items()]


def _row(visit: Visit, unit: Unit, series: Series, numbers: dict[str, int]) -> FigureRow:
    table, latest, levels = series.table, series.latest, compared_levels(unit)
    drawn = spark(series)
    return FigureRow(
        id=table.id,
        title=visit.into(table.title),
        address=atlas_address(visit, unit, table, latest.period),
        unit=visit.into(table.unit),
        period=latest.period,
        own=_compared(visit, table, latest.unit),
        rank=rank_words(visit, latest),
        above=tuple(_above(visit, series, latest, level) for level in levels),
        country=_country(visit, table, latest.period),
        strip=strip(series),
        share=latest.share_of("kraj") if series.adds_up else None,
        spark=drawn,
        change=_change(visit, series) if drawn else "",
        history=tuple(_moment(visit, series, figure, levels) for figure in series.figures) if drawn else (),
        caution=visit.into(table.comparability) if table.comparability and drawn else "",
        notes=tuple(
            numbers.setdefault(name, len(numbers) + 1)
            for name in dict.fromkeys((*table.entry["sources"], *table.country_sources))
        ),
    )


def atlas_address(visit: Visit, unit: Unit, table: IndicatorTable, period: str) -> str:
    """The indicator on the map of all units of the level, with this one chosen."""
    return visit.link("/mapa/indikatory", ukazatel=table.id, uroven=unit.level, obdobi=period, vyber=unit.code)


def amount(visit: Visit, table: IndicatorTable, value: float) -> str:
    """A value with its unit."""
    return f"{visit.say.number(value, table.decimals)}\u00a0{visit.into(table.unit)}"


def rank_words(visit: Visit, figure: Figure) -> str:
    """``6. z 215``, or ``7.–215. z 215`` where equal values share these places; empty without a rank."""
    rank, value, held = figure.rank, figure.unit.value, figure.standing
    if rank is None or value is None:
        return ""
    count = len(held.known)
    last = count - held.rank_from_below(value) + 1
    return visit.say("profile.rank_shared" if last > rank else "profile.rank", rank=rank, last=last, count=count)


def _compared(visit: Visit, table: IndicatorTable, held: UnitValue) -> Compared:
    said = "" if held.status == "ok" else visit.say("status." + held.status)
    return Compared("" if held.value is None else visit.say.number(held.value, table.decimals), said)


def _above(visit: Visit, series: Series, figure: Figure, level: Level) -> Compared | None:
    if level not in figure.above:
        return None
    whole = _compared(visit, series.table, figure.above[level])
    share = figure.share_of(level) if series.adds_up else None
    return Compared(whole.value, whole.said, f"{visit.say.number(share, 1)}\u00a0%" if share is not None else "")


def _moment(visit: Visit, series: Series, figure: Figure, levels: Sequence[Level]) -> Moment:
    held = (figure.unit, *(figure.above.get(level) for level in levels))
    values = tuple(_compared(visit, series.table, one) if one else None for one in held)
    return Moment(figure.period, values, _country(visit, series.table, figure.period))


def _country(visit: Visit, table: IndicatorTable, period: str) -> str:
    value = table.country(period)
    return "" if value is None else visit.say.number(value, table.country_decimals(period))


def _change(visit: Visit, series: Series) -> str:
    """The first and the last value of a chart in words."""
    known = [figure for figure in series.figures if figure.unit.value is not None]
    first, last = (amount(visit, series.table, one.unit.value or 0.0) for one in (known[0], known[-1]))
    return visit.say("profile.change", since=known[0].period, first=first, until=known[-1].period, last=last)


def _note(visit: Visit, number: int, source_id: str) -> SourceNote:
    source: Mapping[str, Any] = visit.snapshot.manifest["sources"][source_id]
    title = source["title"]
    return SourceNote(
        number=number,
        title=title.get(visit.language) or title["cs"],
        said=source["attribution"],
        date=visit.say.date(source["date"]),
        licence=(source["licence"]["name"], source["licence"].get("url")),
        address=source.get("landing"),
    )
