"""The words around a picture: what it shows in one line, the finding, sources, licences and where it comes from."""

from __future__ import annotations

from geoportal.figures.subject import Captions
from geoportal.snapshot.indicator import IndicatorTable
from geoportal.web.screens.atlas.choice import Choice
from geoportal.web.screens.atlas.pair import finding, heading, square, thirds
from geoportal.web.screens.atlas.pane import Pane
from geoportal.web.screens.catalogue import of_level
from geoportal.web.screens.visit import Visit


def captions(visit: Visit, choice: Choice, address: str) -> Captions:
    """The words around the map; ``address`` is the page that shows the same."""
    say, shown = visit.say, tables(choice)
    lead = _lead(visit, choice)
    notes = [say("picture.source", sources="; ".join(_origins(visit, choice)), licences=_licences(visit, choice))]
    units = of_level(visit, choice.level)
    if units is not None:
        schematic = f"{say('frame.schematic')} {say('frame.schematic_why')} " if units.schematic else ""
        notes.append(schematic + say("picture.boundaries", source=units.attribution, date=say.date(units.date)))
    notes.append(f"{visit.site.publisher.name} · {address}")
    described = " ".join((*(visit.into(table.description) for table in shown), lead))
    return Captions(headline(visit, choice), lead, described, notes, visit.language)


def tables(choice: Choice) -> tuple[IndicatorTable, ...]:
    """The indicators that are shown, each once."""
    return tuple({side.table.id: side.table for side in choice.sides}.values())


def _lead(visit: Visit, choice: Choice) -> str:
    pane = Pane(visit, choice, choice.table)
    if choice.second is None:
        return pane.finding(choice.period)
    held = [side.table.values(choice.level, side.period) for side in choice.sides]
    placed = [thirds([unit.value for unit in values]) for values in held]
    return finding(pane, choice.period, square(*placed))


def headline(visit: Visit, choice: Choice) -> str:
    """Indicator, level and period in one line; of two indicators both."""
    by, period, second = visit.say("picture.by." + choice.level), choice.period, choice.second
    if second and second.table.id != choice.table.id:
        return visit.say("picture.title_two", title=heading(visit, choice), by=by)
    if second:
        period = visit.say("atlas_script.both_periods", first=period, second=second.period)
    return visit.say("picture.title", title=visit.into(choice.table.title), by=by, period=period)


def _origins(visit: Visit, choice: Choice) -> list[str]:
    """Each source's attribution with the date of what it shows, and whose the layers above are."""
    held = visit.snapshot.manifest["sources"]
    cards = [held[name] for name in choice.sources]
    told = [f"{card['attribution']}, {visit.say.date(card['date'])}" for card in cards]
    above = (visit.snapshot.collections[name] for name, _ in choice.overlays)
    told += [f"{visit.into(one.title)}: {one.attribution}, {visit.say.date(one.date)}" for one in above]
    return list(dict.fromkeys(told))


def _licences(visit: Visit, choice: Choice) -> str:
    above = (visit.snapshot.collections[name].licence["name"] for name, _ in choice.overlays)
    return ", ".join(dict.fromkeys((*licence_names(tables(choice)), *above)))


def licence_names(shown: tuple[IndicatorTable, ...]) -> list[str]:
    """The licences of the indicators' sources, each once."""
    return list(dict.fromkeys(licence["name"] for table in shown for licence in table.licences))
