"""``/mapa/indikatory``: one or two indicators over the units of a level, as a finding, a legend, a table and a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geoportal.atlas.legend import LARGEST_RADIUS_PX
from geoportal.atlas.palette import BIVARIATE, CIRCLE, CIRCLE_BELOW_ZERO, CIRCLE_OVER, MOST, PALETTES, spread
from geoportal.errors import NotFound
from geoportal.maps.contents import Thematic
from geoportal.maps.shell import Shell, thematic_map
from geoportal.query.collation import collation
from geoportal.site import LEVELS
from geoportal.web.screens.atlas.choice import PARAMETERS, SCHEMES, VIEWS, Choice, choose, opening
from geoportal.web.screens.atlas.pair import heading, pairs_state
from geoportal.web.screens.atlas.pane import Pane
from geoportal.web.screens.atlas.rows import rows
from geoportal.web.screens.atlas.state import pane_state, units_state
from geoportal.web.screens.canvas import canvas
from geoportal.web.screens.catalogue import of_level, overlay
from geoportal.web.screens.visit import Visit

__all__ = ["PARAMETERS", "atlas_screen", "atlas_state", "opening"]

WORDS = (
    "rank", "rank_shared", "above", "value", "second", "second_is", "play", "pause", "changed", "several", "choose",
    "remove", "time", "scatter", "first_map", "second_map", "both", "both_periods", "unit", "all",
)  # fmt: skip
OUTLINES = {"obec": "okres", "pou": "okres", "orp": "okres", "okres": "kraj"}


def atlas_screen(visit: Visit) -> tuple[dict[str, Any], Shell]:
    """What the page shows, and its map. Raises ``NotFound`` for an unknown indicator."""
    choice = choose(visit)
    panes = _panes(visit, choice)
    first = panes[0]
    common = _common(visit, choice, panes)
    content = {
        **common,
        "themes": _options(visit),
        "heading": heading(visit, choice),
        "finding": common["pairs"][first.periods.index(choice.period)]["finding"]
        if common["pairs"]
        else first.finding(choice.period),
        "shared": True,
        "pages": "/kraj" if choice.level == "kraj" else f"/{choice.level}/",
        "rows": rows(visit, choice, first.values(choice.period), first.classes(choice.period)),
        "colours": first.colours(choice.period),
        "schemes": list(SCHEMES),
        "counts": range(2, MOST + 1),
        "palettes": {name: spread(palette.ramp, 5) for name, palette in PALETTES.items()},
        "views": VIEWS,
        "layers": _layers(visit),
        "overlays": dict(choice.overlays),
        "words": {word: visit.say.entries["atlas_script." + word] for word in WORDS},
    }
    name = visit.say(
        "atlas.map",
        title=visit.into(choice.table.title),
        period=choice.period,
        level=visit.say("level." + choice.level),
    )
    overlays = tuple(
        overlay(visit, collection, collection.id in content["overlays"])
        for collection in visit.snapshot.collections.values()
        if collection.level is None
    )
    return content, thematic_map(canvas(visit, name), _thematic(visit), overlays)


def atlas_state(visit: Visit) -> tuple[dict[str, Any], dict[str, Any]]:
    """All that a redraw needs, and what its parts in HTML are made of, which the caller renders by period."""
    choice = choose(visit)
    panes = _panes(visit, choice)
    sides = [choice.period, *([choice.second.period] if choice.second else [])]
    state = {
        "level": choice.level,
        "levels": [(level, visit.say("level." + level)) for level in choice.table.levels],
        "level_one": visit.say("level_one." + choice.level),
        "view": choice.view,
        "notices": choice.notices,
        "units": units_state(visit, choice.level),
        "geometry": _geometry(visit, choice),
        "country": visit.into(visit.site.region.country),
        "panes": [pane_state(visit, pane, period) for pane, period in zip(panes, sides, strict=True)],
    }
    common = _common(visit, choice, panes)
    return {**state, "pairs": common["pairs"]}, common


def _panes(visit: Visit, choice: Choice) -> list[Pane]:
    tables = [choice.table, *([choice.second.table] if choice.second else [])]
    return [Pane(visit, choice, table) for table in tables]


def _common(visit: Visit, choice: Choice, panes: list[Pane]) -> dict[str, Any]:
    """What the page and the parts that a redraw replaces are both made of."""
    return {
        "choice": choice,
        "table": choice.table,
        "panes": panes,
        "levels": choice.table.levels,
        "periods": panes[0].periods,
        "bivariate": BIVARIATE,
        "circle": CIRCLE_OVER if choice.view == "kruhy" else CIRCLE,
        "circle_below_zero": CIRCLE_BELOW_ZERO,
        "parted": panes[0].classes(choice.period).diverging,
        "pairs": pairs_state(panes[0], panes[1], choice.second.period, "druhe_obdobi" in visit.args)
        if choice.second
        else [],
    }


def _options(visit: Visit) -> list[tuple[str, list[tuple[str, str]]]]:
    """Themes with their indicators as pairs of id and title, for the list to choose from."""
    tables = visit.snapshot.indicators.values()
    grouped = [
        (
            visit.into(theme.title),
            sorted(
                ((t.id, visit.into(t.title)) for t in tables if t.theme == theme.id),
                key=lambda option: collation(option[1]),
            ),
        )
        for theme in visit.site.themes
    ]
    return [(title, options) for title, options in grouped if options]


def _layers(visit: Visit) -> list[tuple[str, str]]:
    """The layers that may lie above the map, as pairs of id and title."""
    held = [(one.id, visit.into(one.title)) for one in visit.snapshot.collections.values() if one.level is None]
    return sorted(held, key=lambda one: collation(one[1]))


def _geometry(visit: Visit, choice: Choice) -> Mapping[str, str | None]:
    """Where the shapes and names of the level come from."""
    units = of_level(visit, choice.level)
    if units is None:
        raise NotFound(f"this snapshot has no layer of level '{choice.level}'")
    towns = of_level(visit, LEVELS[0]) or units
    above = of_level(visit, OUTLINES.get(choice.level, ""))
    return {
        "units": visit.address(f"/layers/{units.id}.geojson"),
        "names": visit.address(f"/layers/{towns.id}.geojson"),
        "label": towns.label,
        "outline": visit.address(f"/layers/{above.id}.geojson") if above else None,
        "attribution": units.attribution,
    }


def _thematic(visit: Visit) -> Thematic:
    return Thematic(
        state_url=visit.address("/mapa/indikatory.json"),
        page_url=visit.address(visit.path),
        unit_urls=(*((level, visit.address(f"/{level}/")) for level in OUTLINES), ("kraj", visit.address("/kraj"))),
        radius=LARGEST_RADIUS_PX,
        circle=CIRCLE,
        circle_over=CIRCLE_OVER,
        circle_below_zero=CIRCLE_BELOW_ZERO,
        bivariate=BIVARIATE,
    )
