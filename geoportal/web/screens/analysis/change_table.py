"""The table of a change: the change first, as what was asked for, then the values that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geoportal.analyses.change import Change
from geoportal.search.entry import unit_path
from geoportal.web.screens.analysis.answer import Figure
from geoportal.web.screens.analysis.change_asked import RELATIVE_DECIMALS, SHOWN, Question, change_unit
from geoportal.web.screens.analysis.table import Column, Row, Table, number
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit


def _columns(visit: Visit, asked: Question) -> tuple[Column, ...]:
    say, changed = visit.say, changed_columns(visit, asked)
    return (
        Column("code", "kod", say("analysis.code"), say("analysis.meaning.code"), on_page=False),
        Column("name", "nazev", say("level_one." + asked.level), say("analysis.meaning.name")),
        changed[SHOWN[0]],
        changed[SHOWN[1]],
        _value(visit, asked, "before", asked.start),
        _value(visit, asked, "after", asked.end),
        Column("status", "stav", say("analysis.status"), say("analysis.meaning.status"), on_page=False),
    )


def changed_columns(visit: Visit, asked: Question) -> dict[str, Column]:
    """The columns of both measures of the change."""
    say, unit, decimals = visit.say, change_unit(visit, asked.table), asked.table.decimals
    absolute, relative = say("analysis.change.absolute", unit=unit), say("analysis.change.relative")
    meaning, percent = say("analysis.meaning.change", unit=unit), say("analysis.meaning.change_percent")
    return {
        SHOWN[0]: Column("change", "zmena", absolute, meaning, decimals, signed=True),
        SHOWN[1]: Column(
            "change_percent", "zmena_procent", relative, percent, RELATIVE_DECIMALS, signed=True, on_page=asked.ratio
        ),
    }


def _value(visit: Visit, asked: Question, key: str, period: str) -> Column:
    unit = visit.into(asked.table.unit)
    meaning = visit.say("analysis.meaning.value", period=period, unit=unit)
    return Column(key, f"hodnota_{period.replace('-', '_')}", period, meaning, asked.table.decimals)


def change_table(visit: Visit, asked: Question, held: Sequence[Change], drawn: Figure) -> Table:
    """The changes with the colours that ``drawn`` has for them."""
    names, colours = unit_names(visit.snapshot, asked.level), drawn.subject.colours
    marks = {unit.code: unit.mark for unit in drawn.subject.units}
    rows = []
    for one in held:
        mark = marks[one.code]
        cells = (
            one.code, names[one.code], one.absolute, one.relative, one.before.value, one.after.value, one.status,
        )  # fmt: skip
        swatch = colours[mark] if mark is not None and colours else ""
        page = visit.link(unit_path(asked.level, one.code))
        rows.append(Row(cells, one.code, swatch, page, tuple(_said(visit, asked, one))))
    order = "-zmena" if asked.shown == SHOWN[0] else "-zmena_procent"
    caption = visit.say(
        "analysis.change.caption", title=visit.into(asked.table.title), unit=visit.into(asked.table.unit)
    )
    return Table(caption, _columns(visit, asked), tuple(rows), order)


def _said(visit: Visit, asked: Question, one: Change) -> Iterator[tuple[str, str]]:
    """What the page says in place of a number, or beside it."""
    say = visit.say
    for key, unit in (("before", one.before), ("after", one.after)):
        if unit.value is None:
            yield key, say("status." + unit.status)
    if one.absolute is None:
        return
    if one.status == "incomplete":
        written = number(visit, one.absolute, changed_columns(visit, asked)[SHOWN[0]])
        yield "change", f"{written} ({say('status.incomplete')})"
    if one.relative is None:
        yield "change_percent", say("analysis.change.no_ratio")
