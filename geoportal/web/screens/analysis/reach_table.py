"""The table of who has an open service within reach, by unit."""

from __future__ import annotations

from geoportal.analyses.reach import Reach, UnitReach
from geoportal.search.entry import unit_path
from geoportal.web.screens.analysis.answer import Figure
from geoportal.web.screens.analysis.reach_asked import UNITS
from geoportal.web.screens.analysis.reach_map import YES_OR_NO, mark_of
from geoportal.web.screens.analysis.table import Column, Row, Table
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

SHARE_DECIMALS = 1
ORDER = "podil"


def reach_table(visit: Visit, found: Reach, figure: Figure) -> Table:
    """The units in the order of codes, those with the least share first on the page."""
    level, names = found.question.level, unit_names(visit.snapshot, found.question.level)
    marks = {unit.code: unit.mark for unit in figure.subject.units}
    rows = []
    for one in found.units:
        mark = marks[one.code]
        rows.append(
            Row(
                _cells(one, names[one.code]),
                code=one.code,
                swatch="" if mark is None else figure.subject.colours[mark],
                href=visit.link(unit_path(level, one.code)),
                shown=_shown(visit, one, level),
            )
        )
    return Table(visit.say("analysis.reach.caption"), columns(visit, found), tuple(rows), ORDER)


def columns(visit: Visit, found: Reach) -> tuple[Column, ...]:
    """The columns of page and files."""
    say, question = visit.say, found.question
    people, unit = visit.into(question.people.title), UNITS[question.way]
    yes = question.level == "obec"

    def meaning(key: str) -> str:
        return say("analysis.reach.meaning." + key, people=people, period=found.period, unit=unit)

    def title(key: str) -> str:
        return say("analysis.reach.column." + key, unit=unit)

    return (
        Column("code", "kod", say("analysis.code"), say("analysis.meaning.code"), on_page=False),
        Column("name", "nazev", say("level_one." + question.level), say("analysis.meaning.name")),
        Column("people", "lidi", people, meaning("people"), 0),
        Column("reached", "v_dosahu", title("reached"), meaning("reached"), 0, on_page=False),
        Column("share", "podil", title("yes" if yes else "share"), meaning("share"), SHARE_DECIMALS),
        Column("doubtful", "nejiste", title("doubtful"), meaning("doubtful"), 0, on_page=False),
        Column("doubtful_share", "podil_nejiste", title("doubtful_share"), meaning("doubtful_share"),
               SHARE_DECIMALS, on_page=not yes),
        Column("nearest", "nejblizsi", title("nearest"), meaning("nearest"), 1),
        Column("unknown", "obce_bez_udaje", title("unknown"), meaning("unknown"), 0, on_page=False),
    )  # fmt: skip


def _cells(one: UnitReach, name: str) -> tuple[str | float | None, ...]:
    known = one.people is not None
    return (
        one.code, name, _whole(one.people), _whole(one.reached) if known else None, one.share,
        _whole(one.doubtful) if known else None,
        one.doubtful_share, one.nearest, one.unknown,
    )  # fmt: skip


def _whole(count: float | None) -> float | None:
    """A whole number without a decimal point, so that files have it as people write it."""
    return int(count) if count is not None and count.is_integer() else count


def _shown(visit: Visit, one: UnitReach, level: str) -> tuple[tuple[str, str], ...]:
    """Words in place of numbers: of an obec whether it has a service within reach, and why a number is absent."""
    mark, said = mark_of(one, level), []
    if one.people is None:
        said.append(("people", visit.say("status.missing")))
    if mark is not None and level == "obec":
        said.append(("share", visit.say("analysis.reach.class." + YES_OR_NO[mark])))
    if one.nearest is None:
        said.append(("nearest", visit.say("analysis.reach.nowhere")))
    return tuple(said)
