"""``/analyzy/oblast``: what lies in an area that was drawn or around a place, as findings, a map and a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import shapely

from geoportal.analyses.areas import AreaFigure, Content, content_of
from geoportal.analyses.drawn import Area
from geoportal.atlas.numbers import needed_decimals
from geoportal.errors import AnalysisRefused
from geoportal.maps.shell import Shell, layers_map
from geoportal.web.screens.analysis.answer import ROOT, Field, Files, Result, Screen, cited_sources
from geoportal.web.screens.analysis.areas_asked import DRAWN, OBEC, PLACE, RADIUS, USUAL_KM, Asked, asked_of_page
from geoportal.web.screens.analysis.areas_map import area_figure
from geoportal.web.screens.analysis.areas_table import areas_table
from geoportal.web.screens.canvas import canvas
from geoportal.web.screens.catalogue import outlines
from geoportal.web.screens.finder.place import place_kinds
from geoportal.web.screens.visit import Visit

PATH = f"{ROOT}/oblast"
ENDPOINT = "/analyses/area"
PARAMETERS = ("oblast", "misto", "bod", "obec", "polomer", "razeni")
EXAMPLES = 4  # seats of districts
DECIMALS = 6  # of a degree, in the area that an answer repeats
TEXTS = ("corner", "corners", "removed", "cleared", "area", "too_few")


def areas_screen(visit: Visit) -> tuple[Screen, dict[str, Any], Shell]:
    """The page, what its own template shows besides, and the map to draw on. ``refused``: what was asked is no area.

    Raises ``InvalidParameter``.
    """
    refused = ""
    try:
        asked = asked_of_page(visit)
    except AnalysisRefused as error:
        asked, refused = Asked(), visit.say("analysis.refused." + error.key, **error.values)
    result = areas_result(visit, asked, asked.area, content_of(visit.snapshot, asked.area)) if asked.area else None
    shell = layers_map(canvas(visit, visit.say("analysis.area.map")), outlines(visit))
    more = {**_drawing(visit, asked, result), "refused": bool(refused)}
    return _screen(visit, asked, result, refused), more, shell


def _screen(visit: Visit, asked: Asked, result: Result | None, refused: str) -> Screen:
    say, sought = visit.say, asked.sought
    written = visit.args.get(RADIUS, "") if refused else ""
    radius = Field(RADIUS, say("analysis.area.radius"), written or km_words(visit, asked.radius_km or USUAL_KM))
    unknown = sought.typed if sought.place is None and not asked.area else ""
    prompt = refused or (say("finder.unknown_place", typed=unknown) if unknown else "")
    both = {DRAWN, PLACE} <= visit.args.keys()
    notices = (say("analysis.area.both", typed=visit.args[PLACE]),) if both else ()
    return Screen((radius,), result, prompt, notices)


def _drawing(visit: Visit, asked: Asked, result: Result | None) -> dict[str, Any]:
    """What the question's own controls show."""
    sought = asked.sought
    return {
        "drawn": visit.args.get(DRAWN, ""),
        "typed": sought.place.typed if sought.place else sought.typed or visit.args.get(PLACE, ""),
        "point": sought.place.point if sought.place else "",
        "others": sought.others,
        "hint": sought.hint,
        "place_kinds": place_kinds(visit),
        "examples_of": visit.say("analysis.area.examples", radius=visit.say.number(USUAL_KM)),
        "examples": [] if result else list(_examples(visit)),
        "texts": {name: visit.say.entries["analysis.area.draw." + name] for name in TEXTS},
        "shape": _geojson(asked.area.degrees) if asked.area else "",
    }


def areas_result(visit: Visit, asked: Asked, area: Area, content: Content) -> Result:
    """The answer in the words of ``visit``."""
    say, title, cited = visit.say, _title(visit, asked), _cited(content)
    return Result(
        title=title,
        findings=tuple(_findings(visit, content)),
        cautions=tuple(_cautions(visit, area, content)),
        notes=(say("analysis.area.even" if not visit.snapshot.schematic else "analysis.area.seats"),),
        table=areas_table(visit, content),
        sources=cited_sources(visit, cited),
        files=Files(ENDPOINT, asked.program, "oblast"),
        asked=asked.page,
        cited=cited,
        figure=area_figure(visit, area, content, title),
        about=((say("analysis.how"), say("analysis.method.oblast")),),
        told={
            "area": orjson.Fragment(_geojson(area.degrees)),
            "km2": content.km2,
            "municipalities": {"whole": content.whole, "partly": content.partly},
            "remarks": [*area.remarks, *(["outside"] if content.empty else ["beyond"] if content.beyond else [])],
            "snapshot": visit.snapshot.id,
        },
    )


def _title(visit: Visit, asked: Asked) -> str:
    if asked.radius_km is None:
        return visit.say("analysis.area.title_drawn")
    radius = km_words(visit, asked.radius_km)
    if asked.around:
        return visit.say("analysis.area.title_around", radius=radius, name=asked.around)
    return visit.say("analysis.area.title_point", radius=radius)


def km_words(visit: Visit, km: float) -> str:
    """A radius without its unit."""
    return visit.say.number(km, needed_decimals((km,)))


def _findings(visit: Visit, content: Content) -> Iterator[str]:
    say = visit.say
    if content.empty:
        yield say("analysis.area.nothing", region=visit.into(visit.site.region.name))
        return
    people = next((one for one in content.figures if one.table.id == visit.site.search.population), None)
    if people is not None and people.value is not None:
        yield _people(visit, people, content)
    whole, partly = say("analysis.area.whole", count=content.whole), say("analysis.area.partly", count=content.partly)
    if content.km2 is None:
        yield say("analysis.area.covers_seats", whole=whole)
    else:
        obce = [said for said, count in ((whole, content.whole), (partly, content.partly)) if count]
        yield say(
            "analysis.area.covers", km2=say.number(content.km2, 1), obce=f" {say('analysis.area.and')} ".join(obce)
        )
    counts = ", ".join(f"{visit.into(layer.title)} {say.number(count)}" for layer, count in content.counts if count)
    if counts:
        yield say("analysis.area.points", counts=counts)


def _people(visit: Visit, people: AreaFigure, content: Content) -> str:
    assert people.value is not None
    told = {"count": visit.say.number(people.value), "period": people.period}
    if not content.partly or not people.value:
        return visit.say("analysis.area.people", **told)
    estimated = visit.say.number(100 * people.estimated / people.value, 1)
    return visit.say("analysis.area.people_about", estimated=estimated, **told)


def _cautions(visit: Visit, area: Area, content: Content) -> Iterator[str]:
    if "mended" in area.remarks:
        yield visit.say("analysis.area.mended")
    if content.beyond and not content.empty:
        yield visit.say("analysis.area.beyond", region=visit.into(visit.site.region.name))
    if visit.snapshot.schematic:
        yield visit.say("analysis.area.schematic")


def _cited(content: Content) -> tuple[str, ...]:
    names = [name for one in content.figures for name in one.table.entry["sources"]]
    return tuple(dict.fromkeys([*names, *(layer.entry["source"] for layer, _ in content.counts)]))


def _examples(visit: Visit) -> Iterator[tuple[str, str]]:
    """Names of the seats of districts, and addresses of what lies around them."""
    districts = dict(visit.snapshot.units.get("okres", [])).values()
    seats = [(code, name) for code, name in visit.snapshot.units["obec"] if name in districts]
    for code, name in seats[:EXAMPLES]:
        yield name, visit.link(PATH, **{OBEC: code, RADIUS: f"{USUAL_KM:g}"})


def _geojson(shape: shapely.Geometry) -> str:
    return str(shapely.to_geojson(shapely.set_precision(shape, 10**-DECIMALS, mode="pointwise")))
