"""An indicator's map as a picture: what the page shows of it, as figures draw it, and the words around."""

from __future__ import annotations

from geoportal.errors import NotFound, alternatives
from geoportal.figures.ground import seats_in_order
from geoportal.figures.subject import Captions, Legend, StateEntry, Subject, Unit
from geoportal.site import LEVELS
from geoportal.snapshot.indicator import IndicatorTable, UnitValue
from geoportal.snapshot.outlines import read_outlines, read_seats
from geoportal.web.screens.atlas_choice import Choice
from geoportal.web.screens.atlas_pane import Pane
from geoportal.web.screens.catalogue import of_level
from geoportal.web.screens.visit import Visit

ABOVE = {"obec": "okres", "pou": "okres", "orp": "okres", "okres": "kraj"}  # the boundaries drawn one step stronger
NAMED = ("okres", "orp")  # the levels whose seats are named, the most important first


def subject(visit: Visit, choice: Choice) -> Subject:
    """The map. Raises ``NotFound`` where the snapshot has no outlines of the level."""
    folder, pane = visit.snapshot.folder, Pane(visit, choice, choice.table)
    outlines = read_outlines(folder, choice.level)
    if outlines is None:
        held = [level for level in LEVELS if read_outlines(folder, level)]
        raise NotFound(f"there are no outlines of level '{choice.level}'; {alternatives(choice.level, held)}")
    return Subject(
        units=_units(pane),
        outlines=outlines,
        above=read_outlines(folder, ABOVE.get(choice.level, "")),
        towns=seats_in_order(*(read_seats(folder, level) for level in NAMED)),
        colours=pane.colours(choice.period),
        largest=pane.largest(choice.period),
    )


def _units(pane: Pane) -> tuple[Unit, ...]:
    classes = pane.classes(pane.choice.period)

    def drawn(unit: UnitValue) -> Unit:
        mark = classes.index(unit.value) if unit.value is not None and classes.counts else None
        return Unit(unit.code, f"{pane.names[unit.code]}: {_told(pane, unit)}", unit.value, unit.status, mark)

    return tuple(drawn(unit) for unit in pane.values(pane.choice.period))


def _told(pane: Pane, unit: UnitValue) -> str:
    """The value in words, and what is to be known of it."""
    state = "" if unit.status == "ok" else pane.visit.say("status." + unit.status)
    if unit.value is None:
        return state
    return pane.amount(unit.value) + (f" ({state})" if state else "")


def legend(visit: Visit, choice: Choice) -> Legend:
    """The legend, in the words of the page's."""
    say, told = visit.say, Pane(visit, choice, choice.table).legend(choice.period)

    def counted(count: int) -> str:
        return say(f"atlas.units.{choice.level}", count=count)

    return Legend(
        title=say("atlas.legend", unit=visit.into(choice.table.unit)),
        classes=[(entry, counted(entry.count)) for entry in told.classes],
        circles=told.circles,
        below_zero=say("atlas.below_zero") if told.circles and told.below_zero else "",
        states=[StateEntry(status, say("status." + status), counted(count)) for status, count in told.states],
    )


def captions(visit: Visit, choice: Choice, address: str) -> Captions:
    """The words around the map; ``address`` is the page that shows the same."""
    say, table = visit.say, choice.table
    lead = Pane(visit, choice, table).finding(choice.period)
    notes = [say("picture.source", sources="; ".join(_origins(visit, table)), licences=licence_names(table))]
    units = of_level(visit, choice.level)
    if units is not None:
        schematic = f"{say('frame.schematic')} {say('frame.schematic_why')} " if units.schematic else ""
        notes.append(schematic + say("picture.boundaries", source=units.attribution, date=say.date(units.date)))
    notes.append(f"{visit.site.publisher.name} · {address}")
    described = f"{visit.into(table.description)} {lead}"
    return Captions(headline(visit, choice), lead, described, notes, visit.language)


def headline(visit: Visit, choice: Choice) -> str:
    """Indicator, level and period in one line."""
    by = visit.say("picture.by." + choice.level)
    return visit.say("picture.title", title=visit.into(choice.table.title), by=by, period=choice.period)


def _origins(visit: Visit, table: IndicatorTable) -> list[str]:
    """Each source's attribution with the date of what it shows."""
    held = visit.snapshot.manifest["sources"]
    cards = [held[name] for name in table.entry["sources"]]
    return list(dict.fromkeys(f"{card['attribution']}, {visit.say.date(card['date'])}" for card in cards))


def licence_names(table: IndicatorTable) -> str:
    """The licences of an indicator's sources, each once."""
    return ", ".join(dict.fromkeys(licence["name"] for licence in table.licences))
