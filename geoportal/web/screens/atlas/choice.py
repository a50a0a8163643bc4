"""What the atlas is to show: read from the address, with what can't be shown replaced and said."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoportal.atlas.classes import Scheme
from geoportal.atlas.palette import MOST, PALETTES
from geoportal.errors import InvalidParameter, NotFound, alternatives
from geoportal.site import LEVELS
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.web.params import choice as one_of
from geoportal.web.params import whole
from geoportal.web.screens.visit import Visit

PARAMETERS = (
    "ukazatel", "uroven", "obdobi", "razeni", "metoda", "tridy", "hranice", "paleta", "pevne",
    "druhy", "druhe_obdobi", "zobrazeni", "vrstvy", "vyber",
)  # fmt: skip
ORDERS = ("-hodnota", "hodnota", "nazev", "-druha", "druha")  # druha: the value of the second indicator
SCHEMES = {
    "kvantily": "quantiles",
    "prirozene": "natural",
    "stejne": "equal",
    "odchylka": "deviation",
    "vlastni": "own",
}
# Two indicators: in one colour each pair, as circles above, side by side; and how pictures call that.
VIEWS = {"dvojrozmerna": "bivariate", "kruhy": "circles", "vedle": "side"}
USUAL = Scheme()
MOST_CHOSEN = 8  # units
MOST_LETTERS = 200  # of own breaks


@dataclass(frozen=True)
class Side:
    """One indicator in one period."""

    table: IndicatorTable
    period: str


@dataclass(frozen=True)
class Choice:
    """What the page shows; ``notices`` say where it differs from what was asked for.

    ``method``: the scheme as the address names it. ``fixed``: the classes are those of all periods together. ``view``
    says how ``second`` is shown, where there is one. ``overlays``: pairs of layer and opacity in percent. ``chosen``:
    codes of units.
    """

    table: IndicatorTable
    level: str
    period: str
    order: str
    method: str = "kvantily"
    scheme: Scheme = USUAL
    palette: str | None = None
    fixed: bool = False
    second: Side | None = None
    view: str | None = None
    overlays: tuple[tuple[str, int], ...] = ()
    chosen: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[Side, ...]:
        """The one or two indicators, each in its period."""
        return (Side(self.table, self.period), *((self.second,) if self.second else ()))

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of what is shown, each once."""
        return tuple(dict.fromkeys(name for side in self.sides for name in side.table.sources(side.period)))

    @property
    def shared(self) -> bool:
        """Whether all periods have the same classes: as asked, or because two of them are compared."""
        return self.fixed or (self.second is not None and self.second.table.id == self.table.id)

    @property
    def written_overlays(self) -> str:
        """The layers above the map as addresses have them."""
        return ",".join(name if percent == 100 else f"{name}:{percent}" for name, percent in self.overlays)


def choose(visit: Visit) -> Choice:
    """The indicator, level and period to show: as asked, otherwise the site's, the finest, the latest.

    A level or period that other indicators have and this one lacks is replaced, and a notice says so, because the form
    can't know which go together without scripts.
    """
    tables, notices = visit.snapshot.indicators, []
    if not tables:
        raise NotFound("this snapshot has no indicators; see /o-datech for what is absent and why")
    table = _table(visit, visit.args.get("ukazatel") or opening(visit))
    level = one_of("uroven", LEVELS)(visit.args.get("uroven", table.levels[0]))
    if level not in table.levels:
        level = table.levels[0]
        notices.append(visit.say("atlas.other_level", level=visit.say("level." + level)))
    period = _period(visit, "obdobi", table, level, table.periods(level)[-1], notices)
    second = _second(visit, table, level, period, notices)
    return Choice(
        table=table,
        level=level,
        period=period,
        order=one_of("razeni", ORDERS)(visit.args.get("razeni", ORDERS[0])),
        method=_method(visit),
        scheme=_scheme(visit),
        palette=one_of("paleta", PALETTES)(visit.args["paleta"]) if "paleta" in visit.args else None,
        fixed=one_of("pevne", ("0", "1"))(visit.args.get("pevne", "0")) == "1",
        second=second,
        view=_view(visit, table, second, notices),
        overlays=read_overlays("vrstvy", visit.args.get("vrstvy", ""), visit.snapshot.collections),
        chosen=_chosen(visit, level),
        notices=tuple(notices),
    )


def opening(visit: Visit) -> str:
    """The indicator that the atlas opens with: the site's, or the first relative one in the order of the themes."""
    tables = visit.snapshot.indicators
    themes = [theme.id for theme in visit.site.themes]
    ordered = sorted(tables, key=lambda one: (tables[one].measure != "relative", themes.index(tables[one].theme), one))
    return next(name for name in (*visit.site.atlas.default, *ordered) if name in tables)


def _table(visit: Visit, wanted: str) -> IndicatorTable:
    tables = visit.snapshot.indicators
    if wanted not in tables:
        raise NotFound(f"there is no indicator '{wanted[:60]}'; {alternatives(wanted[:60], tables)}")
    return tables[wanted]


def _period(visit: Visit, name: str, table: IndicatorTable, level: str, usual: str, notices: list[str]) -> str:
    tables = visit.snapshot.indicators.values()
    everywhere = {period for one in tables for held in one.levels for period in one.periods(held)}
    period = one_of(name, sorted(everywhere))(visit.args.get(name, usual))
    if period in table.periods(level):
        return period
    latest = table.periods(level)[-1]
    notices.append(visit.say("atlas.other_period", asked=period, shown=latest))
    return latest


def _second(visit: Visit, table: IndicatorTable, level: str, period: str, notices: list[str]) -> Side | None:
    """The second indicator, in the same period where it has it; or the first one in another period."""
    if not visit.args.keys() & {"druhy", "druhe_obdobi"}:
        return None
    other = _table(visit, visit.args.get("druhy", table.id))
    if level not in other.levels:
        notices.append(visit.say("atlas.second_level", title=visit.into(other.title)))
        return None
    periods = other.periods(level)
    usual = period if period in periods else periods[-1]
    return Side(other, _period(visit, "druhe_obdobi", other, level, usual, notices))


def _view(visit: Visit, table: IndicatorTable, second: Side | None, notices: list[str]) -> str | None:
    """How two indicators are shown: as asked where their kinds allow it, otherwise side by side."""
    asked = one_of("zobrazeni", VIEWS)(visit.args["zobrazeni"]) if "zobrazeni" in visit.args else None
    if second is None:
        return None
    possible = views(table, second.table)
    if asked is None:
        return possible[0]
    if asked not in possible:
        notices.append(visit.say("atlas.other_view." + asked))
        return "vedle"
    return asked


def views(first: IndicatorTable, second: IndicatorTable) -> list[str]:
    """The ways in which two indicators may be shown, the usual one first; two periods of one stand side by side."""
    kinds = (first.measure, second.measure)
    possible = (kinds == ("relative", "relative"), kinds == ("relative", "count"), True)
    allowed = [view for view, may in zip(VIEWS, possible, strict=True) if may]
    return allowed if first.id != second.id else allowed[::-1]


def _scheme(visit: Visit) -> Scheme:
    own = _breaks(visit.args["hranice"]) if "hranice" in visit.args else ()
    name = SCHEMES[one_of("metoda", SCHEMES)(_method(visit))]
    count = whole("tridy", 2, MOST)(visit.args.get("tridy", "5"))
    if name != "own":
        return Scheme(name, count)
    return Scheme(name, count, own) if own else Scheme(count=count)  # without breaks the form is still being filled in


def _method(visit: Visit) -> str:
    return visit.args.get("metoda", "vlastni" if "hranice" in visit.args else "kvantily")


def _breaks(text: str) -> tuple[float, ...]:
    """Numbers separated by semicolons or spaces, with a decimal comma or point, in ascending order."""
    parts = [part for part in re.split(r"[;\s]+", text[:MOST_LETTERS].replace("−", "-")) if part]
    numbers = []
    for part in parts:
        try:
            numbers.append(float(part.replace(",", ".")))
        except ValueError:
            numbers.append(math.nan)
        if not math.isfinite(numbers[-1]):
            raise InvalidParameter(f"hranice: '{part[:40]}' is not a number; write them as '5; 10,5; 20'")
    if len(parts) >= MOST or len(text) > MOST_LETTERS:
        raise InvalidParameter(f"hranice: at most {MOST - 1} breaks in {MOST_LETTERS} characters are allowed")
    return tuple(sorted(set(numbers)))


def read_overlays(parameter: str, text: str, layers: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Layers above the map, each written as ``id`` or ``id:percent``. Raises ``InvalidParameter``."""
    known, found = list(layers), {}
    for part in filter(None, text.split(",")):
        name, _, percent = part.partition(":")
        if name not in known:
            raise InvalidParameter(f"{parameter}: '{name[:60]}' is not a layer; {alternatives(name[:60], known)}")
        found[name] = whole(parameter, 10, 100)(percent or "100")
    return tuple(found.items())


def _chosen(visit: Visit, level: str) -> tuple[str, ...]:
    """The chosen units of this level; those of another level are forgotten."""
    known: Sequence[list[str]] = visit.snapshot.units[level]
    asked = visit.args.get("vyber", "").split(",")
    codes = {code for code, _ in known}
    return tuple(code for code in dict.fromkeys(asked) if code in codes)[:MOST_CHOSEN]
