"""A unit in words: how many live there, what is said first of every unit, and in what it stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.profiles.figures import COMPARED, STANDS_OUT, Figure, Series, standing_out
from geoportal.profiles.unit import Unit
from geoportal.web.screens.profile.rows import amount
from geoportal.web.screens.visit import Visit

FEW = 500  # inhabitants; where fewer live a single event moves a rate


@dataclass(frozen=True)
class Finding:
    """An indicator that the page tells first; ``said``: its period, its status, its rank, the value of the kraj."""

    indicator: str
    title: str
    value: str
    unit: str
    said: tuple[str, ...]


def lead(visit: Visit, unit: Unit, title: str, held: Sequence[Series]) -> str:
    """How many live in the unit, with its rank and share; empty where that is not known."""
    people = _known(held).get(visit.site.search.population or "")
    return f"{_people(visit, unit, title, people)}." if people else ""


def findings(visit: Visit, unit: Unit, held: Sequence[Series]) -> list[Finding]:
    """The indicators of the site's list, then those in which the unit stands out."""
    known, listed = _known(held), visit.site.profiles.lead
    themes = [theme.id for theme in visit.site.themes]
    others = standing_out([one for name, one in known.items() if name not in listed], themes)
    return [_told(visit, unit, one) for one in (*(known[name] for name in listed if name in known), *others)]


def caution(visit: Visit, held: Sequence[Series]) -> str:
    """A warning where few people live; empty elsewhere."""
    people = _known(held).get(visit.site.search.population or "")
    return visit.say("profile.few") if people and (people.latest.unit.value or 0.0) < FEW else ""


def _known(held: Sequence[Series]) -> dict[str, Series]:
    """The series whose last value is known, by indicator."""
    return {one.table.id: one for one in held if one.latest.unit.value is not None}


def _people(visit: Visit, unit: Unit, title: str, series: Series) -> str:
    figure, say = series.latest, visit.say
    value = amount(visit, series.table, figure.unit.value or 0.0)
    said = [say("profile.lives", name=title, value=value, period=figure.period)]
    if figure.rank is not None:
        ends = "profile.most", "profile.more", "profile.least", "profile.less"
        said.append(_place(visit, unit, figure, ends))
    if (share := figure.share_of("kraj")) is not None:
        said.append(say("profile.share", share=say.number(share, 1)))
    return ", ".join(said)


def _told(visit: Visit, unit: Unit, series: Series) -> Finding:
    """An indicator with its rank where the unit stands out, and the value of the kraj."""
    figure, table = series.latest, series.table
    said = [figure.period]
    if figure.unit.status != "ok":
        said.append(visit.say("status." + figure.unit.status))
    if series.distance >= STANDS_OUT:
        ends = "profile.highest_of_all", "profile.highest", "profile.lowest_of_all", "profile.lowest"
        said.append(_place(visit, unit, figure, ends))
    whole = figure.above.get(COMPARED[-1])
    if whole is not None and whole.value is not None and table.measure == "relative":
        said.append(visit.say("profile.whole", value=visit.say.number(whole.value, table.decimals)))
    value = visit.say.number(figure.unit.value or 0.0, table.decimals)
    return Finding(table.id, visit.into(table.title), value, visit.into(table.unit), tuple(said))


def _place(visit: Visit, unit: Unit, figure: Figure, ends: tuple[str, str, str, str]) -> str:
    """The rank in words, counted from the nearer end; ``ends``: the first and another from above and from below."""
    held, value = figure.standing, figure.unit.value
    assert value is not None  # its caller asked for the rank
    above, below = held.rank(value), held.rank_from_below(value)
    rank = min(above, below)
    first, other = ends[:2] if above <= below else ends[2:]
    among = visit.say("profile.among." + unit.level, count=visit.say.number(len(held.known)))
    return visit.say(first if rank == 1 else other, rank=rank, among=among)
