"""``/analyzy/odlehle``: where values lie amid similar ones and where they stand out, in words, on a map, in a table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from geoportal.analyses.outliers import CONTROLS, FOUND, KINDS, PERMUTATIONS, Kind
from geoportal.errors import AnalysisRefused
from geoportal.search.entry import unit_path
from geoportal.web.screens.analysis.answer import Field, Files, Result, Screen, guessed_borders, sources_of
from geoportal.web.screens.analysis.asked import CZECH, asked_of_page, indicator_field, level_field, period_field
from geoportal.web.screens.analysis.outliers_asked import Found, Question, any_indicator, found_outliers, question
from geoportal.web.screens.analysis.outliers_map import COLOURS, outliers_figure
from geoportal.web.screens.analysis.subject import counted
from geoportal.web.screens.analysis.table import Column, Row, Table
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

ENDPOINT = "/analyses/outliers"
PARAMETERS = ("ukazatel", "uroven", "obdobi", "vyznamnost", "razeni")
FIRST: tuple[Kind, ...] = ("high-low", "low-high", *KINDS)
NAMED = 3  # units in a sentence
P_DECIMALS, I_DECIMALS = 3, 2


def outliers_screen(visit: Visit) -> Screen:
    """The page. Raises ``InvalidParameter``."""
    asked = asked_of_page(visit)
    held = question(asked)
    try:
        answered, prompt = outliers_result(visit, held), ""
    except AnalysisRefused as error:
        answered, prompt = None, visit.say("analysis.refused." + error.key, **error.values)
    return Screen(_fields(visit, held), answered, prompt, tuple(asked.notices))


def _fields(visit: Visit, held: Question) -> tuple[Field, ...]:
    controls = [(name, visit.say("analysis.outliers.control." + name)) for name in CONTROLS]
    return (
        indicator_field(visit, held.table.id, any_indicator),
        level_field(visit, held.table, held.level),
        period_field("period", visit.say("atlas.period"), held.table.periods(held.level), held.period),
        Field(CZECH["control"], visit.say("analysis.outliers.strict"), held.control, [("", controls)]),
    )


def outliers_result(visit: Visit, asked: Question) -> Result:
    """The answer in the words of ``visit``. Raises ``AnalysisRefused`` where nothing can be told from chance."""
    say, table = visit.say, asked.table
    found = found_outliers(visit, asked)
    by = say("picture.by." + asked.level)
    title = say("analysis.outliers.title", title=visit.into(table.title), period=asked.period, by=by)
    query = {"indicator": table.id, "level": asked.level, "period": asked.period, "control": asked.control}
    return Result(
        title=title,
        findings=tuple(_findings(visit, asked, found)),
        cautions=(*guessed_borders(visit), *_cautions(visit, asked)),
        notes=tuple(_notes(visit, asked)),
        table=_table(visit, asked, found),
        sources=sources_of(visit, table, asked.level),
        cited=tuple(table.entry["sources"]),
        files=Files(ENDPOINT, query, f"odlehle-{table.id}-{asked.level}-{asked.period}"),
        asked={CZECH[key]: value for key, value in query.items()},
        figure=outliers_figure(visit, asked, found, title),
        about=((say("analysis.how"), say("analysis.method.odlehle")),),
        told={
            **query,
            "unit": visit.into(table.unit),
            "permutations": PERMUTATIONS,
            "threshold": found.outliers.threshold,
            "tested": found.outliers.tested,
        },
    )


def _amount(visit: Visit, asked: Question, value: float) -> str:
    return f"{visit.say.number(value, asked.table.decimals)}\u00a0{visit.into(asked.table.unit)}"


def _findings(visit: Visit, asked: Question, found: Found) -> Iterator[str]:
    """The units that stand out, the areas of similar values, and how many would be found by chance."""
    say, how_many = visit.say, counted(visit, asked.level)
    single = " ".join(filter(None, (_named(visit, asked, found, kind) for kind in FOUND[2:])))
    high, low = (len(found.of(kind)) for kind in FOUND[:2])
    areas = say("analysis.outliers.areas", high=how_many(high), low=how_many(low))
    if single:
        yield from (single, areas)
    elif high or low:
        yield from (areas, say("analysis.outliers.none"))
    else:
        yield say("analysis.outliers.none")
    yield _chance(visit, asked, found)


def _named(visit: Visit, asked: Question, found: Found, kind: Kind) -> str:
    """The first units of a kind with their values, and how many more there are; empty without any."""
    names, held = unit_names(visit.snapshot, asked.level), found.of(kind)
    if not held:
        return ""
    told = ", ".join(f"{names[one.code]} ({_amount(visit, asked, one.value or 0.0)})" for one in held[:NAMED])
    more = visit.say("atlas.more", count=len(held) - NAMED) if len(held) > NAMED else ""
    return visit.say("analysis.outliers.found." + kind, units=told + more)


def _chance(visit: Visit, asked: Question, found: Found) -> str:
    """How many passed the test, and how many would without anything to be found."""
    say, held = visit.say, found.outliers
    passed, tested = sum(kind in FOUND for kind in held.kinds), counted(visit, asked.level)(held.tested)
    if asked.control == "fdr":
        return say("analysis.outliers.discovery", tested=tested, passed=say.number(passed))
    expected = held.tested * held.threshold
    return say(
        "analysis.outliers.chance",
        tested=tested,
        passed=say.number(passed),
        expected=say.number(expected, 0 if expected >= 1 else 1),
        percent=say.number(held.threshold * 100),
    )


def _cautions(visit: Visit, asked: Question) -> Iterator[str]:
    if asked.table.measure == "count":
        yield visit.say("analysis.outliers.count")


def _notes(visit: Visit, asked: Question) -> Iterator[str]:
    yield visit.say("analysis.outliers.explained")
    yield visit.say("analysis.outliers.caution")
    if asked.table.comparability:
        yield visit.into(asked.table.comparability)


def _columns(visit: Visit, asked: Question) -> tuple[Column, ...]:
    say, table, unit = visit.say, asked.table, visit.into(asked.table.unit)
    around, meaning = say("analysis.outliers.around"), say("analysis.meaning.around", unit=unit)
    return (
        Column("code", "kod", say("analysis.code"), say("analysis.meaning.code"), on_page=False),
        Column("name", "nazev", say("level_one." + asked.level), say("analysis.meaning.name")),
        Column("kind", "zarazeni", say("analysis.outliers.kind"), say("analysis.meaning.kind")),
        Column("value", "hodnota", say("atlas.value", unit=unit),
               say("analysis.meaning.value", period=asked.period, unit=unit), table.decimals),
        Column("around", "prumer_sousedu", around, meaning, table.decimals),
        Column("statistic", "moran_i", "I", say("analysis.meaning.statistic"), I_DECIMALS, on_page=False),
        Column("p", "p", "p", say("analysis.meaning.p"), P_DECIMALS),
        Column("status", "stav", say("analysis.status"), say("analysis.meaning.status_one"), on_page=False),
    )  # fmt: skip


def _table(visit: Visit, asked: Question, found: Found) -> Table:
    """What stands out first, then what forms areas; of a kind the least likely to be chance first."""
    say, names, held = visit.say, unit_names(visit.snapshot, asked.level), found.outliers
    order = sorted(range(len(found.values)), key=lambda at: (FIRST.index(held.kinds[at]), held.p[at]))
    rows = []
    for at in order:
        one, kind = found.values[at], held.kinds[at]
        numbers = (_number(array[at]) for array in (held.around, held.statistic, held.p))
        said = [("kind", say("analysis.outliers.kinds." + kind))]
        if one.value is None:
            said.append(("value", say("status." + one.status)))
        cells = (one.code, names[one.code], kind, one.value, *numbers, one.status)
        page = visit.link(unit_path(asked.level, one.code))
        rows.append(Row(cells, one.code, COLOURS.get(kind, ""), page, tuple(said)))
    caption = say("analysis.outliers.caption", title=visit.into(asked.table.title), period=asked.period)
    return Table(caption, _columns(visit, asked), tuple(rows))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
