"""Four unit squares of 10 km as a map: a low value, a high one, one that is missing and one that is confidential."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from geoportal.atlas.legend import CircleEntry, ClassEntry
from geoportal.figures.subject import Captions, Layer, Legend, Look, Square, StateEntry, Subject, Unit
from geoportal.snapshot.outlines import Outlines, Seat

SIDE = 10_000
COLOURS = ("#ffffcc", "#253494")


def outlines() -> Outlines:
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    places = [(0, 0), (1, 0), (0, 1), (1, 1)]
    points = np.concatenate([(corners + place) * SIDE for place in places]).astype(np.int32)
    middles = ((np.array(places) + 0.5) * SIDE).astype(np.int32)
    return Outlines(points, np.arange(0, 21, 5), np.arange(4), middles)


def frame() -> Outlines:
    corners = np.array([[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]) * SIDE
    return Outlines(corners.astype(np.int32), np.array([0, 5]), np.array([0]), np.array([[SIDE, SIDE]]))


def filled() -> Subject:
    units = (
        Unit("A", "Alfa: 1 %", 1.0, "ok", 0),
        Unit("B", "Beta: 9 %", 9.0, "incomplete", 1),
        Unit("C", "Gama: bez údaje", None, "missing", None),
        Unit("D", "Delta: důvěrný údaj", None, "confidential", None),
    )
    return Subject(units, outlines(), frame(), (Seat("Alfa", 5_000, 5_000),), COLOURS, 9.0)


def counted() -> Subject:
    units = (
        Unit("A", "Alfa: 100", 100.0, "ok", None),
        Unit("B", "Beta: −25", -25.0, "ok", None),
        Unit("C", "Gama: 0", 0.0, "ok", None),
        Unit("D", "Delta: bez údaje", None, "missing", None),
    )
    return Subject(units, outlines(), frame(), (Seat("Alfa", 5_000, 5_000),), (), 100.0)


def legend() -> Legend:
    classes = [ClassEntry("#ffffcc", "0 až 5", 1), ClassEntry("#253494", "5 až 9", 1)]
    states = [
        StateEntry("confidential", "důvěrný údaj", "1 obec"),
        StateEntry("incomplete", "neúplný údaj", "1 obec"),
        StateEntry("missing", "bez údaje", "1 obec"),
    ]
    return Legend("Legenda (%)", [(entry, "1 obec") for entry in classes], [], "", states)


def circles() -> Legend:
    return Legend("Legenda (osob)", [], [CircleEntry(28.0, "100"), CircleEntry(14.0, "25")], "záporná hodnota", [])


def captions(title: str = "Žluťoučký kůň podle obcí, 2024") -> Captions:
    notes = ["Zdroj dat: Český statistický úřad & spol., 2024. Licence: CC BY 4.0.", "https://mapy.example.cz/?a=1&b=2"]
    return Captions(title, "Nejvíc: Beta (9 %). Nejméně: Alfa (1 %).", "Podíl koní < 3 roky.", notes, "cs")


def covered() -> Subject:
    """The squares under a line, an area with a hole and a point, with one unit chosen."""
    line = np.array([[0, 0], [2, 2]]) * SIDE
    ring = np.array([[0.2, 0.2], [1.8, 0.2], [1.8, 1.8], [0.2, 1.8], [0.2, 0.2]]) * SIDE
    hole = np.array([[0.5, 0.5], [0.5, 1.5], [1.5, 1.5], [0.5, 0.5]]) * SIDE
    layers = (
        Layer("plochy", Look("polygon", "#3c7a45", 1.0, "", True, 0.5), (ring, hole, hole + 10), (0, 0, 1)),
        Layer("cary", Look("line", "#8a5a2b", 2.0, "", False, 0.4), (line,), (0,)),
        Layer("body", Look("point", "#b3261e", 1.0, "Z", False, 1.0), (np.array([[SIDE, SIDE]]),), (0,)),
    )
    units = tuple(replace(unit, name=unit.told.partition(":")[0]) for unit in filled().units)
    return replace(filled(), units=units, layers=layers, chosen=(1,))


def square() -> Legend:
    held = Square((("#f0f0f0", "#2f74b8"), ("#f0a000", "#3a2f28")), ((1, 2), (3, 4)), "podíl koní", "podíl krav")
    return Legend("Legenda: dva ukazatele", [], [], "", [], square=held)
