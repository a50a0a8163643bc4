"""What a picture of an indicator is to show: the parameters of its address, and the page that shows the same."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlencode

from geoportal.atlas.classes import SCHEMES, Scheme
from geoportal.atlas.palette import MOST, PALETTES
from geoportal.errors import InvalidParameter
from geoportal.figures.look import SIZES
from geoportal.site import LEVELS
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.web import current
from geoportal.web.indicators.views import get_indicator
from geoportal.web.params import Parameter, choice, choice_parameter, whole_parameter
from geoportal.web.screens.atlas.choice import MOST_CHOSEN, VIEWS, Choice, Side, read_overlays, views
from geoportal.web.screens.atlas.choice import SCHEMES as NAMED_SCHEMES

OWN = "own"
PAGE = "/mapa/indikatory"
LANGUAGES = ("cs", "en")
NAMED_VIEWS = {name: view for view, name in VIEWS.items()}

WHICH = [
    choice_parameter("level", "Level of the territory; by default the finest.", LEVELS),
    Parameter("period", "One of the indicator's periods; by default the last."),
    Parameter("second", "A second indicator; the same one is to be had in another period."),
    Parameter("second_period", "A period of the second indicator; by default the first one's, or the last."),
    choice_parameter("lang", "Language of the words; by default the site's first.", LANGUAGES),
]


def _breaks(text: str) -> tuple[float, ...]:
    """Inner edges of classes, ascending."""
    parts = text.split(",")
    try:
        edges = tuple(sorted({float(part) for part in parts}))
    except ValueError:
        edges = (math.nan,)
    if len(parts) < MOST and all(map(math.isfinite, edges)):
        return edges
    raise InvalidParameter(f"breaks={text[:60]!r} is not a list of at most {MOST - 1} numbers, such as 2.5,5,10")


DRAWN = [
    *WHICH,
    choice_parameter("view", "Two indicators in one colour, as circles above, side by side.", NAMED_VIEWS),
    choice_parameter("scheme", "How values are put into classes; by default quantiles that part at zero.", SCHEMES),
    whole_parameter("classes", "How many classes; 5 by default.", 2, MOST),
    Parameter("breaks", "Inner edges of the classes, separated by commas; in place of scheme and classes.", _breaks),
    choice_parameter("palette", "Colours; by default those that the classes ask for.", PALETTES),
    choice_parameter("fixed", "1: the classes are those of all periods together.", ("0", "1")),
    Parameter("overlays", "Layers above the map, separated by commas, each as id or id:opacity in percent."),
    Parameter("chosen", f"Codes of at most {MOST_CHOSEN} units to be outlined and named, separated by commas."),
    choice_parameter("size", "The picture's size and shape.", SIZES),
]


def chosen_map(indicator_id: str, given: dict[str, Any]) -> Choice:
    """What the parameters ask for. Raises ``NotFound`` and ``InvalidParameter`` with what there is."""
    table = get_indicator(indicator_id)
    level = choice("level", table.levels)(given["level"] or table.levels[0])
    period = choice("period", table.periods(level))(given["period"] or table.periods(level)[-1])
    second = _second(table, level, period, given)
    return Choice(
        table=table,
        level=level,
        period=period,
        order="",
        scheme=_scheme(given.get("scheme"), given.get("classes"), given.get("breaks")),
        palette=given.get("palette"),
        fixed=given.get("fixed") == "1",
        second=second,
        view=_view(table, second, given.get("view")),
        overlays=read_overlays("overlays", given.get("overlays") or "", current.snapshot().collections),
        chosen=_chosen(level, given.get("chosen") or ""),
    )


def _second(table: IndicatorTable, level: str, period: str, given: dict[str, Any]) -> Side | None:
    name, at = given["second"], given["second_period"]
    if name is None and at is None:
        return None
    other = get_indicator(name) if name else table
    if level not in other.levels:
        raise InvalidParameter(
            f"second='{other.id}' has no values by '{level}'; level may be {', '.join(other.levels)}"
        )
    periods = other.periods(level)
    return Side(other, choice("second_period", periods)(at or (period if period in periods else periods[-1])))


def _view(table: IndicatorTable, second: Side | None, asked: str | None) -> str | None:
    if second is None:
        if asked:
            raise InvalidParameter(f"view='{asked}' is a way to show two indicators; name the other one as 'second'")
        return None
    possible = views(table, second.table)
    if asked is None:
        return possible[0]
    if NAMED_VIEWS[asked] not in possible:
        allowed = ", ".join(VIEWS[view] for view in possible)
        raise InvalidParameter(f"view='{asked}' can't show '{table.id}' with '{second.table.id}'; allowed: {allowed}")
    return NAMED_VIEWS[asked]


def _chosen(level: str, text: str) -> tuple[str, ...]:
    codes = list(dict.fromkeys(filter(None, text.split(","))))
    if len(codes) > MOST_CHOSEN:
        raise InvalidParameter(f"chosen: {len(codes)} units are too many; at most {MOST_CHOSEN}")
    known = [code for code, _ in current.snapshot().units[level]]
    return tuple(choice("chosen", known)(code) for code in codes)


def _scheme(name: str | None, count: int | None, breaks: tuple[float, ...] | None) -> Scheme:
    usual = Scheme()
    if breaks is None and name != OWN:
        return Scheme(name or usual.name, count or usual.count)
    if breaks is None or count or name not in (None, OWN):
        raise InvalidParameter("breaks and scheme=own say all of the classes together, without 'classes'")
    return Scheme(OWN, own=breaks)


def page_address(chosen: Choice, language: str) -> str:
    """The address of the page that shows the same."""
    scheme, usual = chosen.scheme, Scheme()
    query = {
        "ukazatel": chosen.table.id,
        "uroven": chosen.level,
        "obdobi": chosen.period,
        "metoda": next(name for name, one in NAMED_SCHEMES.items() if one == scheme.name) * (scheme.name != usual.name),
        "tridy": str(scheme.count) * (scheme.count != usual.count),
        "hranice": ";".join(f"{edge:g}" for edge in scheme.own),
        "paleta": chosen.palette,
        "pevne": "1" * chosen.fixed,
        **_beside(chosen),
        "vrstvy": chosen.written_overlays,
        "vyber": ",".join(chosen.chosen),
        "lang": language * (language != current.site().languages[0]),
    }
    given = {name: value for name, value in query.items() if value}
    return f"{current.base_url()}{PAGE}?{urlencode(given, safe=';:,')}"


def _beside(chosen: Choice) -> dict[str, str]:
    """What the page's address says of a second indicator."""
    if chosen.second is None:
        return {}
    other, period = chosen.second.table, chosen.second.period
    usual = views(chosen.table, other)[0]
    return {
        "druhy": other.id * (other.id != chosen.table.id or period == chosen.period),
        "druhe_obdobi": period * (period != chosen.period),
        "zobrazeni": (chosen.view or "") * (chosen.view != usual),
    }
