"""The atlas as a picture: what the page shows of one or two indicators, as figures draw it, and the words around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geoportal.atlas.palette import BIVARIATE, CIRCLE, CIRCLE_OVER
from geoportal.errors import NotFound, alternatives
from geoportal.figures.figure import Panel
from geoportal.figures.ground import seats_in_order
from geoportal.figures.subject import Circles, Legend, Square, StateEntry, Subject, Unit
from geoportal.site import LEVELS
from geoportal.snapshot.indicator import UnitValue
from geoportal.snapshot.outlines import read_outlines, read_seats
from geoportal.web.screens.atlas.choice import Choice
from geoportal.web.screens.atlas.pair import square, thirds
from geoportal.web.screens.atlas.pane import Pane
from geoportal.web.screens.picture.layers import layer_names, layers
from geoportal.web.screens.visit import Visit

ABOVE = {"obec": "okres", "pou": "okres", "orp": "okres", "okres": "kraj"}  # the boundaries drawn one step stronger
NAMED = ("okres", "orp")  # the levels whose seats are named, the most important first


def panels(visit: Visit, choice: Choice) -> tuple[Panel, ...]:
    """The map, or two of them side by side. Raises ``NotFound`` where the snapshot has no outlines of the level."""
    first = Pane(visit, choice, choice.table)
    second = Pane(visit, choice, choice.second.table) if choice.second else None
    if second is None or choice.second is None:
        made = [_panel(first, choice.period)]
    elif choice.view == "dvojrozmerna":
        made = [_bivariate(first, second, choice.second.period)]
    elif choice.view == "kruhy":
        made = [_under_circles(first, second, choice.second.period)]
    else:
        made = [_panel(first, choice.period, named=True), _panel(second, choice.second.period, named=True)]
    return _covered(visit, choice, made)


def _panel(pane: Pane, period: str, named: bool = False) -> Panel:
    units = [_unit(pane, period, unit) for unit in pane.values(period)]
    shown = _subject(pane, units, pane.colours(period), pane.largest(period))
    return Panel(shown, (_legend(pane, period),), pane.title(period) if named else "")


def _under_circles(first: Pane, second: Pane, period: str) -> Panel:
    base = _panel(first, first.choice.period)
    values = [unit.value for unit in second.values(period)]
    told = [_told(second, unit) for unit in second.values(period)]
    units = [replace(unit, told=f"{unit.told}; {more}") for unit, more in zip(base.subject.units, told, strict=True)]
    over = Circles(values, second.largest(period), CIRCLE_OVER)
    legends = [
        replace(_legend(pane, at), title=f"{pane.title(at)} ({pane.visit.into(pane.table.unit)})", circle=colour)
        for pane, at, colour in ((first, first.choice.period, CIRCLE), (second, period, CIRCLE_OVER))
    ]
    return Panel(replace(base.subject, units=units, over=over), legends)


def _bivariate(first: Pane, second: Pane, period: str) -> Panel:
    """Each unit in the colour of its pair of thirds; one that lacks either value is marked by the state of that one."""
    pairs = list(zip(first.values(first.choice.period), second.values(period), strict=True))
    columns, rows = (thirds([unit.value for unit in side]) for side in zip(*pairs, strict=True))
    units = []
    for (one, other), column, row in zip(pairs, columns, rows, strict=True):
        whole = one.value is not None and other.value is not None
        worse = one if one.value is None or (whole and one.status != "ok") else other
        told = f"{first.names[one.code]}: {_told(first, one)}; {_told(second, other)}"
        mark = int(row) * len(BIVARIATE) + int(column) if whole else None
        units.append(Unit(one.code, told, one.value if whole else None, worse.status, mark, first.names[one.code]))
    visit = first.visit
    across, upwards = (f"{visit.into(pane.table.title)}" for pane in (first, second))
    counted = Counter(unit.status for unit in units if unit.status != "ok")
    legend = Legend(
        title=visit.say("atlas.legend_two"),
        classes=[],
        circles=[],
        below_zero="",
        states=_states(first, sorted(counted.items())),
        square=Square(BIVARIATE, square(columns, rows), across, upwards),
    )
    colours = [colour for row in BIVARIATE for colour in row]
    return Panel(_subject(first, units, colours, 1.0), (legend,))


def _covered(visit: Visit, choice: Choice, made: Sequence[Panel]) -> tuple[Panel, ...]:
    """The panels with the layers and the chosen units; what the layers are is said once."""
    above = layers(visit, choice)
    places = {code: place for place, (code, _) in enumerate(visit.snapshot.units[choice.level])}
    chosen = [places[code] for code in choice.chosen]
    told = [[(unit.name, unit.told.partition(": ")[2]) for unit in _at(panel.subject.units, chosen)] for panel in made]
    finished = []
    for number, panel in enumerate(made):
        last = replace(
            panel.legends[-1],
            layers=layer_names(visit, choice) if not number else (),
            chosen=told[number],
            chosen_title=visit.say("atlas.chosen"),
        )
        subject = replace(panel.subject, layers=above, chosen=chosen)
        finished.append(replace(panel, subject=subject, legends=(*panel.legends[:-1], last)))
    return tuple(finished)


def _at(units: Sequence[Unit], places: Iterable[int]) -> list[Unit]:
    return [units[place] for place in places]


def _subject(pane: Pane, units: Sequence[Unit], colours: Sequence[str], largest: float) -> Subject:
    folder, level = pane.visit.snapshot.folder, pane.choice.level
    outlines = read_outlines(folder, level)
    if outlines is None:
        held = [one for one in LEVELS if read_outlines(folder, one)]
        raise NotFound(f"there are no outlines of level '{level}'; {alternatives(level, held)}")
    return Subject(
        units=tuple(units),
        outlines=outlines,
        above=read_outlines(folder, ABOVE.get(level, "")),
        towns=seats_in_order(*(read_seats(folder, one) for one in NAMED)),
        colours=tuple(colours),
        largest=largest,
    )


def _unit(pane: Pane, period: str, unit: UnitValue) -> Unit:
    classes, name = pane.classes(period), pane.names[unit.code]
    mark = classes.index(unit.value) if unit.value is not None and classes.counts else None
    return Unit(unit.code, f"{name}: {_told(pane, unit)}", unit.value, unit.status, mark, name)


def _told(pane: Pane, unit: UnitValue) -> str:
    """The value in words, and what is to be known of it."""
    state = "" if unit.status == "ok" else pane.visit.say("status." + unit.status)
    if unit.value is None:
        return state
    return pane.amount(unit.value) + (f" ({state})" if state else "")


def _legend(pane: Pane, period: str) -> Legend:
    """The legend, in the words of the page's."""
    say, told = pane.visit.say, pane.legend(period)
    return Legend(
        title=say("atlas.legend", unit=pane.visit.into(pane.table.unit)),
        classes=[(entry, _counted(pane, entry.count)) for entry in told.classes],
        circles=told.circles,
        below_zero=say("atlas.below_zero") if told.circles and told.below_zero else "",
        states=_states(pane, told.states),
    )


def _states(pane: Pane, counts: Iterable[tuple[str, int]]) -> list[StateEntry]:
    say = pane.visit.say
    return [StateEntry(status, say("status." + status), _counted(pane, count)) for status, count in counts]


def _counted(pane: Pane, count: int) -> str:
    return pane.visit.say(f"atlas.units.{pane.choice.level}", count=count)
