"""``/analyzy/sousede``: a unit among those it shares a border with, in words, on a small map and in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from geoportal.analyses.neighbours import Neighbourhood, neighbourhood
from geoportal.errors import AnalysisRefused, InvalidParameter, alternatives
from geoportal.profiles.unit import Unit, units_of
from geoportal.query.collation import collation
from geoportal.site import Level
from geoportal.snapshot.indicator import IndicatorTable, UnitValue
from geoportal.web.screens.analysis.answer import Field, Files, Result, Screen, guessed_borders, sources_of
from geoportal.web.screens.analysis.asked import (
    CZECH,
    Asked,
    asked_of_page,
    indicator_field,
    level_field,
    period_field,
)
from geoportal.web.screens.analysis.change_asked import change_unit
from geoportal.web.screens.analysis.neighbours_map import neighbours_figure
from geoportal.web.screens.analysis.subject import counted
from geoportal.web.screens.analysis.table import Column, Row, Table
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

ENDPOINT = "/analyses/neighbours"
PARAMETERS = ("ukazatel", "uroven", "kod", "obdobi", "razeni")
LEVELS_WITH_NEIGHBOURS = ("obec", "pou", "orp", "okres")


@dataclass(frozen=True)
class Question:
    """What is asked; without a ``unit`` the page asks for one."""

    table: IndicatorTable
    level: str
    period: str
    unit: Unit | None


def usable(table: IndicatorTable) -> bool:
    """Whether an indicator has values of units that can have neighbours."""
    return any(level in LEVELS_WITH_NEIGHBOURS for level in table.levels)


def question(asked: Asked) -> Question:
    """The question. Raises ``InvalidParameter``."""
    table = asked.indicator(usable)
    level = asked.level(table, LEVELS_WITH_NEIGHBOURS)
    period = asked.period("period", table, level, table.periods(level)[-1])
    return Question(table, level, period, _unit(asked, level))


def _unit(asked: Asked, level: str) -> Unit | None:
    """The unit asked for; None without one, and where a page's form still has one of another level."""
    code, levels = asked.given.get("code"), units_of(asked.visit.snapshot).by_level
    held = levels.get(cast(Level, level), {})
    if code is None and asked.strict:
        raise InvalidParameter(f"parameter '{asked.name('code')}' is required")
    if code is None or code in held:
        return held.get(code or "")
    if not asked.strict and any(code in others for others in levels.values()):
        return None
    shown = code[:60]
    raise InvalidParameter(f"{asked.name('code')}={shown!r} is not the code of a unit of level '{level}'; "
                           f"{alternatives(shown, held)}")  # fmt: skip


def neighbours_screen(visit: Visit) -> Screen:
    """The page. Raises ``InvalidParameter``."""
    asked = asked_of_page(visit)
    held = question(asked)
    answered, prompt = None, visit.say("analysis.neighbours.choose")
    if held.unit is not None:
        try:
            answered, prompt = neighbours_result(visit, held), ""
        except AnalysisRefused as error:
            prompt = visit.say("analysis.refused." + error.key, **error.values)
    return Screen(_fields(visit, held), answered, prompt, tuple(asked.notices))


def _fields(visit: Visit, held: Question) -> tuple[Field, ...]:
    names = unit_names(visit.snapshot, held.level)
    units = sorted(names.items(), key=lambda one: collation(one[1]))
    chosen = held.unit.code if held.unit else ""
    options = [*([] if chosen else [("", visit.say("analysis.neighbours.choose_one"))]), *units]
    return (
        level_field(visit, held.table, held.level, LEVELS_WITH_NEIGHBOURS),
        Field(CZECH["code"], visit.say("level_one." + held.level), chosen, [("", options)]),
        indicator_field(visit, held.table.id, usable),
        period_field("period", visit.say("atlas.period"), held.table.periods(held.level), held.period),
    )


def neighbours_result(visit: Visit, asked: Question) -> Result:
    """The answer in the words of ``visit``. Raises ``AnalysisRefused`` where there is no neighbour."""
    assert asked.unit
    say, table, unit = visit.say, asked.table, asked.unit
    found = neighbourhood(visit.snapshot, table, asked.period, unit)
    name = unit_names(visit.snapshot, asked.level)[unit.code]
    if not found.others:
        raise AnalysisRefused("no_neighbours", name=name)
    title = say("analysis.neighbours.title", title=visit.into(table.title), period=asked.period, name=name)
    query = {"indicator": table.id, "level": asked.level, "code": unit.code, "period": asked.period}
    return Result(
        title=title,
        findings=tuple(_findings(visit, asked, found, name)),
        cautions=guessed_borders(visit),
        notes=tuple(_notes(visit, asked, found)),
        table=_table(visit, asked, found),
        sources=sources_of(visit, table, asked.level),
        cited=tuple(table.entry["sources"]),
        files=Files(ENDPOINT, query, f"sousede-{table.id}-{unit.code}-{asked.period}"),
        asked={CZECH[key]: value for key, value in query.items()},
        figure=neighbours_figure(visit, table, asked.period, found, title),
        about=((say("analysis.how"), say("analysis.method.sousede")),),
        told={
            **query,
            "unit": visit.into(table.unit),
            "median": found.median,
            "together": found.together.value,
            "together_is": found.together.how,
            "rank": found.rank,
            "ranked": found.ranked,
        },
    )


def _amount(visit: Visit, table: IndicatorTable, value: float) -> str:
    return f"{visit.say.number(value, table.decimals)}\u00a0{visit.into(table.unit)}"


def _findings(visit: Visit, asked: Question, found: Neighbourhood, name: str) -> Iterator[str]:
    """The value and its place, then the neighbours as one."""
    say, table, own = visit.say, asked.table, found.own.value
    if own is None:
        yield say("analysis.neighbours.unknown", name=name, status=say("status." + found.own.status))
    else:
        value = _amount(visit, table, own)
        if found.ranked < 2:
            place = "alone"
        elif found.rank == 1:
            place = "highest"
        else:
            place = "lowest" if not any(_below(one, own) for one in found.others) else "middle"
        key = "analysis.neighbours." + place
        yield say(key, name=name, value=value, rank=say.number(found.rank or 0), of=say.number(found.ranked))
    if found.median is not None and found.together.value is not None:
        yield say(
            "analysis.neighbours.others." + found.together.how,
            median=_amount(visit, table, found.median),
            value=_amount(visit, table, found.together.value),
        )


def _below(one: UnitValue, value: float) -> bool:
    return one.value is not None and one.value < value


def _notes(visit: Visit, asked: Question, found: Neighbourhood) -> Iterator[str]:
    yield visit.say("analysis.neighbours.region")
    if found.together.unknown:
        yield visit.say("analysis.neighbours.left_out", units=counted(visit, "obec")(found.together.unknown))
    if asked.table.comparability:
        yield visit.into(asked.table.comparability)


def _columns(visit: Visit, asked: Question) -> tuple[Column, ...]:
    say, table, unit = visit.say, asked.table, visit.into(asked.table.unit)
    points = change_unit(visit, table)
    return (
        Column("code", "kod", say("analysis.code"), say("analysis.meaning.code"), on_page=False),
        Column("name", "nazev", say("level_one." + asked.level), say("analysis.meaning.name")),
        Column("value", "hodnota", say("atlas.value", unit=unit),
               say("analysis.meaning.value", period=asked.period, unit=unit), table.decimals),
        Column("difference", "rozdil", say("analysis.neighbours.difference", unit=points),
               say("analysis.meaning.difference", unit=points), table.decimals, signed=True),
        Column("status", "stav", say("analysis.status"), say("analysis.meaning.status_one"), on_page=False),
    )  # fmt: skip


def _table(visit: Visit, asked: Question, found: Neighbourhood) -> Table:
    """The unit among its neighbours, from the highest value; the difference is theirs from its own."""
    say, names, own = visit.say, unit_names(visit.snapshot, asked.level), found.own.value
    units = units_of(visit.snapshot)
    held = sorted((found.own, *found.others), key=lambda one: (one.value is None, -(one.value or 0.0)))
    rows = []
    for one in held:
        mine = one.code == found.own.code
        difference = None if mine or own is None or one.value is None else one.value - own
        said = [("value", say("status." + one.status))] if one.value is None else []
        place = units.find(found.unit.level, one.code)
        rows.append(
            Row(
                (one.code, names[one.code], one.value, difference, one.status),
                one.code,
                href=visit.link(place.path) if place else "",
                shown=tuple(said),
                strong=mine,
            )
        )
    caption = say("analysis.neighbours.caption", title=visit.into(asked.table.title), period=asked.period)
    return Table(caption, _columns(visit, asked), tuple(rows))
