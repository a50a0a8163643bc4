"""What a picture shows: units with their values, the lines and towns around them, and the words beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geoportal.atlas.legend import CircleEntry, ClassEntry
from geoportal.atlas.palette import CIRCLE
from geoportal.snapshot.indicator import Status
from geoportal.snapshot.outlines import Outlines, Seat


@dataclass(frozen=True)
class Unit:
    """One territorial unit. ``mark`` is its class, None where it has none; ``told`` is its name and value in words.

    ``name`` is wanted where the unit is among the chosen ones.
    """

    code: str
    told: str
    value: float | None
    status: Status
    mark: int | None
    name: str = ""


@dataclass(frozen=True)
class Circles:
    """Circles above filled areas: a value for each unit or None, and the magnitude of the largest circle."""

    values: Sequence[float | None]
    largest: float
    colour: str


@dataclass(frozen=True)
class Look:
    """How a layer above the map is drawn: points with a letter, lines ``width`` px wide, areas filled or only lined."""

    geometry: str
    colour: str
    width: float
    letter: str
    filled: bool
    opacity: float


@dataclass(frozen=True)
class Layer:
    """A layer above the map. ``parts``: single points, lines or closed rings (n x 2 each), in metres of the outlines.

    ``features`` says which feature each part belongs to, ascending.
    """

    id: str
    look: Look
    parts: Sequence[np.ndarray]
    features: Sequence[int]


@dataclass(frozen=True)
class Subject:
    """The map. ``units`` are in the order of ``outlines``; ``above`` are the boundaries one level coarser.

    Without ``colours`` values are circles, whose areas are proportional to them; ``largest`` is the magnitude of the
    largest circle. ``towns``: the most important first. ``over``: circles of a second indicator. ``layers`` lie above,
    the lowest first. ``chosen``: positions of units that are outlined and named.
    """

    units: Sequence[Unit]
    outlines: Outlines
    above: Outlines | None
    towns: Sequence[Seat]
    colours: Sequence[str]
    largest: float
    over: Circles | None = None
    layers: Sequence[Layer] = ()
    chosen: Sequence[int] = ()


@dataclass(frozen=True)
class StateEntry:
    """A kind of units that the classes don't hold, or that are marked besides."""

    status: str
    label: str
    count: str


@dataclass(frozen=True)
class Square:
    """Two indicators at once: colours and counts of units, rows from the lowest; what grows rightwards and upwards."""

    colours: Sequence[Sequence[str]]
    counts: Sequence[Sequence[int]]
    across: str
    upwards: str


@dataclass(frozen=True)
class Legend:
    """Classes with the number of units of each in words, or circles, or a square of two indicators.

    ``below_zero`` names hollow circles, if any; ``layers`` are what lies above with its name, ``chosen`` pairs of a
    unit's name and its value in words under the heading ``chosen_title``.
    """

    title: str
    classes: Sequence[tuple[ClassEntry, str]]
    circles: Sequence[CircleEntry]
    below_zero: str
    states: Sequence[StateEntry]
    circle: str = CIRCLE
    square: Square | None = None
    layers: Sequence[tuple[Look, str]] = ()
    chosen: Sequence[tuple[str, str]] = ()
    chosen_title: str = ""


@dataclass(frozen=True)
class Captions:
    """The words around the map; ``description`` is for readers who do not see it, ``notes`` stand at the foot."""

    title: str
    lead: str
    description: str
    notes: Sequence[str]
    language: str
