"""What a picture shows: units with their values, the lines and towns around them, and the words beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.atlas.legend import CircleEntry, ClassEntry
from geoportal.snapshot.indicator import Status
from geoportal.snapshot.outlines import Outlines, Seat


@dataclass(frozen=True)
class Unit:
    """One territorial unit. ``mark`` is its class, None where it has none; ``told`` is its name and value in words."""

    code: str
    told: str
    value: float | None
    status: Status
    mark: int | None


@dataclass(frozen=True)
class Subject:
    """The map. ``units`` are in the order of ``outlines``; ``above`` are the boundaries one level coarser.

    Without ``colours`` values are circles, whose areas are proportional to them; ``largest`` is the magnitude of the
    largest circle. ``towns``: the most important first.
    """

    units: Sequence[Unit]
    outlines: Outlines
    above: Outlines | None
    towns: Sequence[Seat]
    colours: Sequence[str]
    largest: float


@dataclass(frozen=True)
class StateEntry:
    """A kind of units that the classes don't hold, or that are marked besides."""

    status: str
    label: str
    count: str


@dataclass(frozen=True)
class Legend:
    """Classes with the number of units of each in words, or circles; ``below_zero`` names hollow circles, if any."""

    title: str
    classes: Sequence[tuple[ClassEntry, str]]
    circles: Sequence[CircleEntry]
    below_zero: str
    states: Sequence[StateEntry]


@dataclass(frozen=True)
class Captions:
    """The words around the map; ``description`` is for readers who do not see it, ``notes`` stand at the foot."""

    title: str
    lead: str
    description: str
    notes: Sequence[str]
    language: str
