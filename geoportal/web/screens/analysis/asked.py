"""What an analysis is asked: indicator, level and periods, read alike from a page's address and from a program's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from geoportal.errors import AnalysisRefused, InvalidParameter, alternatives
from geoportal.query.collation import collation
from geoportal.site import LEVELS
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.web.params import choice
from geoportal.web.screens.analysis.answer import Field
from geoportal.web.screens.atlas.choice import opening
from geoportal.web.screens.visit import Visit

CZECH = {
    "indicator": "ukazatel", "level": "uroven", "period": "obdobi", "from": "od", "to": "do", "code": "kod",
    "show": "mapa", "control": "vyznamnost",
}  # fmt: skip
Usable = Callable[[IndicatorTable], bool]


@dataclass
class Asked:
    """Parameters by their English names, with what was replaced in them.

    A page's form can't know without scripts which choices go together, so there one that the indicator lacks is
    replaced and ``notices`` say so; a program (``strict``) is refused. ``names`` are what the address calls them.
    """

    visit: Visit
    given: Mapping[str, str]
    strict: bool = False
    notices: list[str] = field(default_factory=list)

    def name(self, key: str) -> str:
        """What the address calls the parameter."""
        return key if self.strict else CZECH[key]

    def one_of(self, key: str, allowed: Iterable[str], usual: str) -> str:
        """A choice of words. Raises ``InvalidParameter``."""
        return choice(self.name(key), allowed)(self.given.get(key) or usual)

    def indicator(self, usable: Usable, merit: Callable[[IndicatorTable], int] | None = None) -> IndicatorTable:
        """The indicator asked for; otherwise the ``usable`` one with the greatest ``merit``.

        Of equal ones it is that with which the atlas opens, then the first in the order of the themes. Raises
        ``InvalidParameter``, and ``AnalysisRefused`` where none is usable.
        """
        tables = self.visit.snapshot.indicators
        wanted = self.given.get("indicator") or self._usual(usable, merit)
        if wanted not in tables:
            raise InvalidParameter(
                f"{self.name('indicator')}={wanted[:60]!r} is not an indicator; {alternatives(wanted[:60], tables)}"
            )
        return tables[wanted]

    def _usual(self, usable: Usable, merit: Callable[[IndicatorTable], int] | None) -> str:
        held = ordered(self.visit, usable)
        if not held:
            raise AnalysisRefused("no_indicator")
        first = opening(self.visit)
        return min(held, key=lambda one: (-merit(one) if merit else 0, one.id != first)).id

    def level(self, table: IndicatorTable, levels: Sequence[str] = ()) -> str:
        """The level, of those of the indicator (and of ``levels``, where there are any)."""
        allowed = [level for level in table.levels if not levels or level in levels]
        if self.strict:
            return self.one_of("level", allowed, allowed[0])
        wanted = self.one_of("level", LEVELS, allowed[0])
        if wanted not in allowed:
            self.notices.append(self.visit.say("atlas.other_level", level=self.visit.say("level." + allowed[0])))
            return allowed[0]
        return wanted

    def period(self, key: str, table: IndicatorTable, level: str, usual: str) -> str:
        """A period of the indicator at ``level``."""
        held = table.periods(level)
        if self.strict:
            return self.one_of(key, held, usual)
        wanted = self.one_of(key, known_periods(self.visit), usual)
        if wanted not in held:
            self.notices.append(self.visit.say("atlas.other_period", asked=wanted, shown=usual))
            return usual
        return wanted


def asked_of_page(visit: Visit) -> Asked:
    """What the page's address asks."""
    english = {czech: key for key, czech in CZECH.items()}
    return Asked(visit, {english[name]: value for name, value in visit.args.items() if name in english})


def known_periods(visit: Visit) -> list[str]:
    """Every period that some indicator has."""
    tables = visit.snapshot.indicators.values()
    return sorted({period for one in tables for level in one.levels for period in one.periods(level)})


def carried(visit: Visit) -> dict[str, str | None]:
    """What the entrance hands on to the analyses. Raises ``InvalidParameter`` for what no indicator has."""
    allowed = {"ukazatel": list(visit.snapshot.indicators), "uroven": LEVELS, "obdobi": known_periods(visit)}
    given = {name: value for name in allowed if (value := visit.args.get(name))}
    return {name: choice(name, allowed[name])(value) for name, value in given.items()}


def ordered(visit: Visit, usable: Usable) -> list[IndicatorTable]:
    """The indicators that an analysis can use, by theme and title."""
    themes = [theme.id for theme in visit.site.themes]
    held = (one for one in visit.snapshot.indicators.values() if usable(one))
    return sorted(held, key=lambda one: (themes.index(one.theme), collation(visit.into(one.title))))


def indicator_field(visit: Visit, chosen: str, usable: Usable) -> Field:
    """The list of indicators, by theme."""
    tables = ordered(visit, usable)
    groups = [
        (visit.into(theme.title), [(one.id, visit.into(one.title)) for one in tables if one.theme == theme.id])
        for theme in visit.site.themes
    ]
    return Field(
        CZECH["indicator"], visit.say("atlas.indicator"), chosen, [group for group in groups if group[1]], long=True
    )


def level_field(visit: Visit, table: IndicatorTable, chosen: str, levels: Sequence[str] = ()) -> Field:
    """The list of levels."""
    options = [(level, visit.say("level." + level)) for level in table.levels if not levels or level in levels]
    return Field(CZECH["level"], visit.say("atlas.level"), chosen, [("", options)])


def period_field(key: str, label: str, periods: Sequence[str], chosen: str) -> Field:
    """The list of periods, from the newest."""
    return Field(CZECH[key], label, chosen, [("", [(period, period) for period in reversed(periods)])])
