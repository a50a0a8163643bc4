"""``/analyzy/zmena``: how an indicator changed between two periods, as a finding, a map and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geoportal.analyses.change import Change, changes
from geoportal.errors import AnalysisRefused
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.web.screens.analysis.answer import Field, Files, Result, Screen, sources_of
from geoportal.web.screens.analysis.asked import (
    CZECH,
    Asked,
    asked_of_page,
    indicator_field,
    level_field,
    period_field,
)
from geoportal.web.screens.analysis.change_asked import (
    SHOWN,
    Question,
    change_unit,
    periods_of,
    question,
    shown_unit,
    usable,
)
from geoportal.web.screens.analysis.change_map import change_figure
from geoportal.web.screens.analysis.change_table import change_table, changed_columns
from geoportal.web.screens.analysis.subject import counted
from geoportal.web.screens.analysis.table import number
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

ENDPOINT = "/analyses/change"
PARAMETERS = ("ukazatel", "uroven", "od", "do", "mapa", "razeni")


def change_screen(visit: Visit) -> Screen:
    """The page. Raises ``InvalidParameter``."""
    asked = asked_of_page(visit)
    table = asked.indicator(usable, periods_of)
    try:
        answered = change_result(visit, question(asked))
    except AnalysisRefused as error:
        prompt = visit.say("analysis.refused." + error.key, **error.values)
        offered = table if usable(table) else Asked(visit, {}).indicator(usable, periods_of)
        return Screen(_fields(visit, offered, None), prompt=prompt)
    return Screen(_fields(visit, table, answered), answered, notices=tuple(dict.fromkeys(asked.notices)))


def _fields(visit: Visit, table: IndicatorTable, answered: Result | None) -> tuple[Field, ...]:
    given = answered.asked if answered else visit.args
    level = given.get(CZECH["level"], "")
    level = level if level in table.levels else table.levels[0]
    periods = table.periods(level)
    shown = [(one, visit.say("analysis.change.show." + one)) for one in SHOWN]
    return (
        indicator_field(visit, table.id, usable),
        level_field(visit, table, level),
        period_field("from", visit.say("analysis.from"), periods, given.get("od", periods[0])),
        period_field("to", visit.say("analysis.to"), periods, given.get("do", periods[-1])),
        Field(CZECH["show"], visit.say("analysis.on_map"), given.get("mapa", ""), [("", shown)]),
    )


def change_result(visit: Visit, asked: Question) -> Result:
    """The answer in the words of ``visit``."""
    table, say = asked.table, visit.say
    held = changes(table.values(asked.level, asked.start), table.values(asked.level, asked.end))
    title = say(
        "analysis.change.title",
        title=visit.into(table.title),
        start=asked.start,
        end=asked.end,
        by=say("picture.by." + asked.level),
    )
    drawn = change_figure(visit, asked, held, title)
    return Result(
        title=title,
        findings=_findings(visit, asked, held),
        cautions=_cautions(visit, asked, held),
        notes=tuple(_notes(visit, asked)),
        table=change_table(visit, asked, held, drawn),
        sources=sources_of(visit, table, asked.level),
        cited=tuple(table.entry["sources"]),
        files=Files(ENDPOINT, _query(asked), f"zmena-{table.id}-{asked.level}-{asked.start}-{asked.end}"),
        asked={CZECH[key]: value for key, value in _query(asked).items()},
        figure=drawn,
        about=((say("analysis.how"), say("analysis.method.zmena")),),
        told={
            "indicator": table.id,
            "level": asked.level,
            "from": asked.start,
            "to": asked.end,
            "unit": visit.into(table.unit),
        },
    )


def _query(asked: Question) -> dict[str, str]:
    return {
        "indicator": asked.table.id, "level": asked.level, "from": asked.start, "to": asked.end, "show": asked.shown,
    }  # fmt: skip


def _findings(visit: Visit, asked: Question, held: Sequence[Change]) -> tuple[str, ...]:
    """How many grew and fell, where the most, and the region as a whole."""
    say, column = visit.say, changed_columns(visit, asked)[asked.shown]
    names, unit = unit_names(visit.snapshot, asked.level), shown_unit(visit, asked)
    known = [(value, one) for one in held if (value := asked.measured(one)) is not None]
    if not known:
        return (say("analysis.change.nothing"),)
    ups, downs = sum(value > 0 for value, _ in known), sum(value < 0 for value, _ in known)
    numbers = {"ups": ups, "downs": downs, "same": len(known) - ups - downs}
    how_many = counted(visit, asked.level)
    counts = say("analysis.change.counts", **{key: how_many(count) for key, count in numbers.items()})
    if len(known) == 1:
        value, _ = known[0]
        return (say("analysis.change.single", value=f"{number(visit, value, column)}\u00a0{unit}"),)
    ends = []
    for key, (value, one) in (("up", max(known, key=_first)), ("down", min(known, key=_first))):
        if value > 0 if key == "up" else value < 0:
            told = f"{names[one.code]} ({number(visit, value, column)}\u00a0{unit})"
            ends.append(say("analysis.change." + key, unit=told))
    return tuple(filter(None, (" ".join(ends) or counts, counts if ends else "", _whole(visit, asked))))


def _first(pair: tuple[float, Change]) -> float:
    return pair[0]


def _whole(visit: Visit, asked: Question) -> str:
    """The change of the region as a whole; empty where it has no values."""
    table, say = asked.table, visit.say
    if asked.level == "kraj" or "kraj" not in table.levels:
        return ""
    if not {asked.start, asked.end} <= set(table.periods("kraj")):
        return ""
    one, *_ = changes(table.values("kraj", asked.start), table.values("kraj", asked.end))
    if one.absolute is None or one.before.value is None or one.after.value is None:
        return ""
    columns = changed_columns(visit, asked)
    changed = f"{number(visit, one.absolute, columns[SHOWN[0]])}\u00a0{change_unit(visit, table)}"
    if one.relative is not None and change_unit(visit, table) == visit.into(table.unit):
        changed += f", {number(visit, one.relative, columns[SHOWN[1]])}\u00a0%"
    if one.status != "ok":
        changed += f", {say('status.' + one.status)}"
    return say(
        "analysis.change.whole",
        name=one.after.name,
        before=say.number(one.before.value, table.decimals),
        after=f"{say.number(one.after.value, table.decimals)}\u00a0{visit.into(table.unit)}",
        change=changed,
    )


def _cautions(visit: Visit, asked: Question, held: Sequence[Change]) -> tuple[str, ...]:
    """Why the two periods may not be alike, and for how many units the change is not known."""
    return tuple(_doubts(visit, asked, held))


def _doubts(visit: Visit, asked: Question, held: Sequence[Change]) -> Iterator[str]:
    say, table = visit.say, asked.table
    if table.comparability:
        yield say("analysis.change.comparability", why=visit.into(table.comparability))
    for status in ("missing", "confidential", "incomplete"):
        count = sum(one.status == status for one in held)
        if count:
            yield say("analysis.change." + status, units=counted(visit, asked.level)(count))


def _notes(visit: Visit, asked: Question) -> Iterator[str]:
    say = visit.say
    if change_unit(visit, asked.table) != visit.into(asked.table.unit):
        yield say("analysis.change.points_how")
    if not asked.ratio:
        yield say("analysis.change.no_ratio_how")
    elif asked.level == "obec":
        yield say("analysis.change.small")
