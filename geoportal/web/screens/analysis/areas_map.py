"""The map of an area: its line over the obce, coloured by whether they lie in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import shapely

from geoportal.analyses.areas import Content
from geoportal.analyses.drawn import Area
from geoportal.analyses.shares import obce_of
from geoportal.atlas.legend import ClassEntry
from geoportal.atlas.palette import sequential
from geoportal.crs import north_up
from geoportal.figures.look import PAPER
from geoportal.figures.subject import Legend, Subject, Unit
from geoportal.snapshot.outlines import Outlines
from geoportal.web.screens.analysis.answer import Figure
from geoportal.web.screens.analysis.subject import counted, level_subject
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

CLASSES = ("outside", "partly", "whole")


def area_figure(visit: Visit, area: Area, content: Content, label: str) -> Figure:
    """The map with its legend. Raises ``NotFound`` where the snapshot has no outlines of obce."""
    names, say = unit_names(visit.snapshot, "obec"), visit.say
    units = []
    for (code, _), share in zip(visit.snapshot.units["obec"], content.shares.tolist(), strict=True):
        mark = 0 if share <= 0 else 2 if share >= 1 else 1
        told = f"{names[code]}: {say.number(100 * share, 0)}\u00a0%"
        units.append(Unit(code, told, share, "ok", mark))
    held, how_many, colours = Counter(unit.mark for unit in units), counted(visit, "obec"), (PAPER, *sequential(2))
    shown = CLASSES if content.partly else (CLASSES[0], CLASSES[2])
    legend = Legend(
        title=say("analysis.area.legend"),
        classes=[
            (ClassEntry(colours[at], say("analysis.area.class." + name), held[at]), how_many(held[at]))
            for at, name in enumerate(CLASSES) if name in shown
        ],
        circles=(),
        below_zero="",
        states=(),
    )  # fmt: skip
    subject = level_subject(visit, "obec", units, colours)
    return Figure(_with_line(visit, subject, area), legend, label)


def _with_line(visit: Visit, subject: Subject, area: Area) -> Subject:
    """``subject`` with the line of the area in place of boundaries, as far as the map shows it."""
    west, south, east, north = shapely.total_bounds(obce_of(visit.snapshot).shapes).tolist()
    turned = shapely.transform(area.metres, north_up((west + east) / 2, (south + north) / 2))
    shape = shapely.intersection(turned, shapely.box(*subject.outlines.bounds))
    rings = shapely.get_rings(shapely.get_parts(shape))
    if not len(rings):
        return subject
    points, ring = shapely.get_coordinates(rings, return_index=True)
    ends = np.concatenate(([0], np.cumsum(np.bincount(ring, minlength=len(rings)))))
    line = Outlines(points, ends, np.zeros(len(rings), dtype=np.int32), points[:1])
    return replace(subject, above=line)
