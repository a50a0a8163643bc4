"""``/obec/{kod}`` and its like: a territorial unit in words, figures and a map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import shapely

from geoportal.errors import NotFound, alternatives
from geoportal.maps.shell import Shell, layers_map
from geoportal.profiles.figures import Series, series_of
from geoportal.profiles.locator import locator
from geoportal.profiles.similar import alike
from geoportal.profiles.unit import BELOW, Unit, Units, units_of
from geoportal.search.folding import words
from geoportal.site import LEVELS, Level
from geoportal.web.screens.canvas import canvas
from geoportal.web.screens.catalogue import of_level, outlines, overlay
from geoportal.web.screens.finder.services import service_collections
from geoportal.web.screens.profile.markup import place_markup
from geoportal.web.screens.profile.rows import compared_levels, theme_rows
from geoportal.web.screens.profile.services import nearby_services
from geoportal.web.screens.profile.words import caution, findings, lead
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

MARGIN = 0.08  # of the unit's box, so that what lies around it can be seen
GROUND: dict[Level, tuple[Level, ...]] = {"kraj": ("okres", "kraj"), "okres": ("obec", "okres")}
STANDS_OUT_PX = 3.0


@dataclass(frozen=True)
class UnitLink:
    """A unit that the page leads to."""

    name: str
    address: str


def find_unit(units: Units, level: Level, code: str) -> Unit:
    """The unit that an address means; its code may be of another system or level, which its ``path`` then tells.

    Raises ``NotFound`` with the units that may have been meant.
    """
    found = units.find(level, code) or units.elsewhere(level, code)
    if found:
        return found
    shown, held = code[:60], units.by_level.get(level, {})
    named = [unit for unit in held.values() if words(unit.name) == words(code)]
    if named:
        guess = " or ".join(f"'{unit.code}' ({unit.name})" for unit in named)
        raise NotFound(f"there is no {level} with the code '{shown}'; did you mean {guess}?")
    raise NotFound(f"there is no {level} with the code '{shown}'; {alternatives(shown, held)}")


def unit_title(visit: Visit, unit: Unit) -> str:
    """What a unit is called, with its kind unless it is an obec or the kraj; of two of a name with the okres."""
    name = unit_names(visit.snapshot, unit.level)[unit.code]
    return name if unit.level in ("obec", "kraj") else visit.say("profile.named." + unit.level, name=name)


def profile_screen(visit: Visit, unit: Unit, now: dt.datetime, base_url: str) -> tuple[dict[str, Any], Shell]:
    """What the page of ``unit`` shows, and its map. ``now`` decides only which of two sources names a service."""
    units, title = units_of(visit.snapshot), unit_title(visit, unit)
    held = series_of(visit.snapshot, unit)
    themes, notes = theme_rows(visit, unit, held)
    content = {
        "unit": unit,
        "title": title,
        "kind": visit.say("level_one." + unit.level),
        "parents": [(one.name, one.address) for one in _links(visit, reversed(units.parents(unit)))],
        "facts": _facts(visit, unit),
        "lead": lead(visit, unit, title, held),
        "findings": findings(visit, unit, held),
        "caution": caution(visit, held),
        "columns": [visit.say("profile.column." + level) for level in compared_levels(unit)],
        "themes": themes,
        "notes": notes,
        "services": nearby_services(visit, unit, now),
        "locator": locator(visit.snapshot, unit, _place(visit, unit)),
        "neighbours": _links(visit, units.neighbours(unit)),
        "below": _links(visit, units.below(unit)),
        "below_level": BELOW.get(unit.level, ""),
        **_similar(visit, unit),
        "boundary": _boundary(visit, unit),
        "downloads": _downloads(visit, unit),
        "structured": place_markup(visit, unit, title, base_url),
        "picture": _picture(visit, unit, held, base_url),
        "address": base_url + visit.path,
    }
    return content, _map(visit, unit, title)


def _links(visit: Visit, found: Iterable[Unit]) -> list[UnitLink]:
    return [UnitLink(unit_title(visit, one), visit.link(one.path)) for one in found]


def _place(visit: Visit, unit: Unit) -> int:
    """The position of the unit in the order of codes."""
    return [code for code, _ in visit.snapshot.units[unit.level]].index(unit.code)


def _facts(visit: Visit, unit: Unit) -> list[tuple[str, str]]:
    """The code of the unit."""
    return [(visit.say("profile.code." + unit.level), unit.code)]


def _similar(visit: Visit, unit: Unit) -> dict[str, Any]:
    found = alike(visit.snapshot, unit, visit.site.profiles.similar)
    known = units_of(visit.snapshot).by_level[unit.level]
    titles = []
    for measure in found.by:
        title = visit.into(visit.snapshot.indicators[measure.indicator].title)
        title = title[:1].lower() + title[1:]
        titles.append(visit.say("profile.logarithm", title=title) if measure.logarithm else title)
    return {"similar": _links(visit, (known[code] for code, _ in found.units)), "similar_by": ", ".join(titles)}


def _boundary(visit: Visit, unit: Unit) -> dict[str, Any]:
    """Whom the boundary on the map is from."""
    layer = visit.snapshot.collections[unit.layer]
    return {"said": layer.attribution, "date": visit.say.date(layer.date), "hub": layer.hub}


def _downloads(visit: Visit, unit: Unit) -> list[tuple[str, str, str]]:
    """Words, address and the name of the file."""
    name = f"{unit.level}-{unit.code}"
    item = visit.address(f"/collections/{unit.layer}/items/{unit.code}", {"f": "json"})
    return [
        (visit.say("profile.figures_as", form="CSV"), visit.address(f"{unit.path}.csv"), f"{name}.csv"),
        (visit.say("profile.figures_as", form="XLSX"), visit.address(f"{unit.path}.xlsx"), f"{name}.xlsx"),
        (visit.say("profile.boundary_as"), item, f"{name}.geojson"),
    ]


def _picture(visit: Visit, unit: Unit, held: Iterable[Series], base_url: str) -> str:
    """A picture for those who share the page: the map of the first indicator of the lead; empty without one."""
    known = {one.table.id for one in held if one.table.measure == "relative"}
    name = next((one for one in visit.site.profiles.lead if one in known), None)
    if name is None:
        return ""
    level = unit.level if unit.level != "kraj" else LEVELS[0]
    return f"{base_url}/indicators/{name}/map.png?level={level}&size=share&lang={visit.language}"


def _map(visit: Visit, unit: Unit, title: str) -> Shell:
    shape = units_of(visit.snapshot).shape(unit)
    west, south, east, north = shapely.bounds(shape).tolist()
    margin = MARGIN * max(east - west, north - south)
    box = (round(west - margin, 4), round(south - margin, 4), round(east + margin, 4), round(north + margin, 4))
    layer = of_level(visit, unit.level)
    assert layer is not None
    own = replace(
        overlay(visit, layer, on=True),
        url=visit.address(f"/collections/{layer.id}/items/{unit.code}", {"f": "json"}),
        colour="layer", width=STANDS_OUT_PX, subject=True, named=False,
    )  # fmt: skip
    services = (overlay(visit, one, on=True) for one in service_collections(visit.snapshot))
    ground = outlines(visit, GROUND.get(unit.level, ("obec", "okres")))
    where = replace(canvas(visit, visit.say("profile.map", name=title)), bounds=box)
    return layers_map(where, (*ground, own, *services))
